// These judge a hundred servers by hundreds of behaviours, which the race
// detector would make last minutes; make test runs them without.

//go:build !race

package suites_test

import (
	"fmt"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/hostile"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

func TestASingleBehaviourEndsSoonAndNamesTheCause(t *testing.T) {
	for _, server := range hostile.Servers() {
		if server.MetBy == "" {
			continue
		}
		t.Run(server.Name, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)

			run := judgeHostile(t, server, func(c suites.Choice) bool { return c.ID == server.MetBy && c.Binding == "api" })

			g.Expect(run.Results).To(HaveLen(1))
			result := run.Results[0]
			g.Expect(result).To(Satisfy(accuses), "%s: %s", result.Outcome, result.Message)
			g.Expect(result.Message).To(ContainSubstring(server.Cause))
			g.Expect(result.DurationMS).To(BeNumerically("<", soon.Milliseconds()))
		})
	}
}

// deep are the servers whose hostile answer to all requests is known already,
// and that are judged at large where they look fine: one for each way in which
// such an answer ends at the client.
var deep = map[string]bool{
	"never_answers@transfers": true, "body_endless@transfers": true, "reset_in_body@transfers": true,
	"come_back_soon@transfers":           true,
	"never_answers@download_session.get": true, "body_drips@download_session.get": true, "body_endless@download_session.get": true,
	"header_giant@download_session.get": true, "values_many@download_session.get": true, "reset@download_session.get": true,
	"http_2@download_session.get":             true,
	"switches_protocols@download_session.get": true, "redirects_nowhere@download_session.get": true,
	"gzip@download_session.get":     true,
	"html_500@download_session.get": true, "come_back_soon@download_session.get": true,
	"too_many_requests@download_session.get": true,
}

// atLarge are the servers that are judged by more than a behaviour.
func atLarge() (servers []hostile.Server) {
	everywhere := map[string]bool{}
	for _, server := range hostile.Servers() {
		everywhere[server.Name] = !server.LooksFine
	}
	for _, server := range hostile.Servers() {
		name, _, _ := strings.Cut(server.Name, "@")
		if !server.LooksFine || !everywhere[name] || deep[server.Name] {
			servers = append(servers, server)
		}
	}
	return servers
}

// All behaviours end, none by a fault of the suite, and what is held against
// the server names the cause. A server that looks fine is judged in the
// bindings that spell least alike.
func TestTheWholeSuiteEndsOnHostileServers(t *testing.T) {
	for _, server := range atLarge() {
		t.Run(server.Name, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			choose := func(c suites.Choice) bool {
				return !server.LooksFine || c.Binding == "api" || c.Route == "path" && c.Representation == "xml"
			}

			run := judgeHostile(t, server, choose)

			g.Expect(len(run.Results)).To(BeNumerically(">", 250))
			g.Expect(wrongly(server, run)).To(BeEmpty())
			if server.Dead {
				expectGivenUp(t, run)
			}
			if server.Cause == "" {
				g.Expect(run.Verdict).To(Equal(report.Conformant), run.Summary)
			} else {
				g.Expect(run.Verdict).To(BeElementOf(report.NotConformant, report.Unusable), run.Summary)
			}
		})
	}
}

// wrongly lists what the run says that it must not.
func wrongly(server hostile.Server, run *report.Run) (wrong []string) {
	for _, result := range run.Results {
		switch {
		case result.Outcome == report.Fault, result.Outcome == report.NotRun:
		case result.Outcome == report.Passed && !server.LooksFine:
		case accuses(result) && !names(server, result):
		default:
			continue
		}
		wrong = append(wrong, fmt.Sprintf("%s [%s] %s: %.400s", result.ID, result.VariantName(), result.Outcome, result.Message))
	}
	return wrong
}

// names says whether a result names the cause. What is around the sessions is
// read by another package, in other words. What follows from a fault that comes and
// goes is seen in the exchanges, or in the behaviour that it blocks.
func names(server hostile.Server, result report.Result) bool {
	told := strings.Contains(result.Message, server.Cause) || strings.Contains(result.Message, "content_version cannot be read")
	switch {
	case server.Cause == "":
		return false
	case server.MetBy == "":
		seen := func(e report.Exchange) bool { return fmt.Sprint(e.Status) == server.Cause }
		return told || result.BlockedBy != "" || slices.ContainsFunc(result.Exchanges, seen)
	}
	return told
}

// expectGivenUp wants few behaviours to have been tried, and all others to be
// blocked for the same cause.
func expectGivenUp(t *testing.T, run *report.Run) {
	t.Helper()
	g := NewWithT(t)
	untried := fmt.Sprintf("not tried: the target gave no usable answer in %d behaviours in a row, last to ", 2*hostileParallel)
	tried := 0
	for _, result := range run.Results {
		if accuses(result) && !strings.HasPrefix(result.Message, untried) {
			tried++
		}
	}
	g.Expect(tried).To(BeNumerically("<=", 3*hostileParallel), "twice the pool, and what was under way")
	g.Expect(run.Counts.Blocked).To(BeNumerically(">", 1000))
}

// mostMemory is what a run may need, in bytes, beside what the process had;
// here with the server in the same process.
const mostMemory = 200 << 20

func TestHostileServersCostLittleMemory(t *testing.T) {
	heavy := map[string]bool{
		"body_endless": true, "headers_many@download_session.get": true, "values_many": true, "gzip_bomb": true,
		"header_giant": true, "nesting": true,
		"body_endless@download_session.get": true, "id_very_long@download_session.create": true,
		"padded_headers": true, "padded_bodies": true,
	}
	for _, server := range hostile.Servers() {
		if !heavy[server.Name] {
			continue
		}
		delete(heavy, server.Name)
		t.Run(server.Name, func(t *testing.T) {
			debug.FreeOSMemory()
			most := watchMemory()
			judgeHostile(t, server, nil)
			NewWithT(t).Expect(most()).To(BeNumerically("<", mostMemory))
		})
	}
	NewWithT(t).Expect(heavy).To(BeEmpty(), "there are no such servers")
}

// watchMemory returns what tells by how much the process has grown at most; it
// ends the goroutine that looks.
func watchMemory() (most func() uint64) {
	begin, peak := memory(), memory()
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		// The runtime gives memory back over seconds, so that no peak is missed.
		look := time.NewTicker(5 * time.Millisecond)
		defer look.Stop()
		for {
			select {
			case <-look.C:
				peak = max(peak, memory())
			case <-done:
				return
			}
		}
	}()
	return func() uint64 {
		close(done)
		<-ended
		return max(peak, memory()) - begin
	}
}

// memory is what the runtime has from the system and has not given back.
func memory() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() - samples[1].Value.Uint64()
}
