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

	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// deep are the servers whose hostile answer to all requests is known already,
// and that are judged at large where they look fine: one for each way in which
// such an answer ends at the client.
var deep = map[string]bool{
	"never_answers@transfers": true, "body_endless@transfers": true, "reset_in_body@transfers": true, "come_back_soon@transfers": true,
	"never_answers@download_session.get": true, "body_drips@download_session.get": true, "body_endless@download_session.get": true,
	"header_giant@download_session.get": true, "values_many@download_session.get": true, "reset@download_session.get": true, "http_2@download_session.get": true,
	"switches_protocols@download_session.get": true, "redirects_nowhere@download_session.get": true, "gzip@download_session.get": true,
	"html_500@download_session.get": true, "come_back_soon@download_session.get": true, "too_many_requests@download_session.get": true,
}

// atLarge are the servers that are judged by more than a behaviour.
func atLarge() (servers []mutants.HostileServer) {
	everywhere := map[string]bool{}
	for _, hostile := range mutants.Hostile() {
		everywhere[hostile.Name] = !hostile.LooksFine
	}
	for _, hostile := range mutants.Hostile() {
		name, _, _ := strings.Cut(hostile.Name, "@")
		if !hostile.LooksFine || !everywhere[name] || deep[hostile.Name] {
			servers = append(servers, hostile)
		}
	}
	return servers
}

// All behaviours end, none by a fault of the suite, and what is held against
// the server names the cause. A server that looks fine is judged in the
// bindings that spell least alike.
func TestTheWholeSuiteEndsOnHostileServers(t *testing.T) {
	for _, hostile := range atLarge() {
		t.Run(hostile.Name, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			choose := func(c suites.Choice) bool {
				return !hostile.LooksFine || c.Binding == "api" || c.Route == "path" && c.Representation == "xml"
			}

			run := judgeHostile(t, hostile, choose)

			g.Expect(len(run.Results)).To(BeNumerically(">", 250))
			g.Expect(wrongly(hostile, run)).To(BeEmpty())
			if hostile.Dead {
				expectGivenUp(t, run)
			}
			if hostile.Cause == "" {
				g.Expect(run.Verdict).To(Equal(report.Conformant), run.Summary)
			} else {
				g.Expect(run.Verdict).To(BeElementOf(report.NotConformant, report.Unusable), run.Summary)
			}
		})
	}
}

// wrongly lists what the run says that it must not.
func wrongly(hostile mutants.HostileServer, run *report.Run) (wrong []string) {
	for _, result := range run.Results {
		switch {
		case result.Outcome == report.Fault, result.Outcome == report.NotRun:
		case result.Outcome == report.Passed && !hostile.LooksFine:
		case accuses(result) && !names(hostile, result):
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
func names(hostile mutants.HostileServer, result report.Result) bool {
	told := strings.Contains(result.Message, hostile.Cause) || strings.Contains(result.Message, "content_version cannot be read")
	switch {
	case hostile.Cause == "":
		return false
	case hostile.MetBy == "":
		seen := func(e report.Exchange) bool { return fmt.Sprint(e.Status) == hostile.Cause }
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
		"body_endless": true, "headers_many@download_session.get": true, "values_many": true, "gzip_bomb": true, "header_giant": true, "nesting": true,
		"body_endless@download_session.get": true, "id_very_long@download_session.create": true,
		"padded_headers": true, "padded_bodies": true,
	}
	for _, hostile := range mutants.Hostile() {
		if !heavy[hostile.Name] {
			continue
		}
		delete(heavy, hostile.Name)
		t.Run(hostile.Name, func(t *testing.T) {
			debug.FreeOSMemory()
			most := watchMemory()
			judgeHostile(t, hostile, nil)
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
