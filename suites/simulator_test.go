// The simulator races with itself when it completes an update session, which
// the race detector would hold against this test; make test runs it without.

//go:build !race

package suites_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator"

	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// startSimulator serves govmomi's simulator and returns its URL and the id of
// a datastore, which its REST interface cannot list.
func startSimulator(t *testing.T) (target, datastore string) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	// It logs each refusal, and its own crashes.
	log.SetOutput(io.Discard)
	t.Cleanup(func() { log.SetOutput(log.Default().Writer()) })
	model := simulator.VPX()
	if err := model.Create(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(model.Remove)
	model.Service.RegisterEndpoints = true
	server := model.Service.NewServer()
	t.Cleanup(server.Close)
	server.Config.Handler = survivable(server.Config.Handler)
	return "http://" + server.URL.Host, model.Map().Any("Datastore").Reference().Value
}

// survivable drops the connection on a PULL without a source, as the
// simulator's other crashes do: this one it would not survive, nor would the
// process that it is in.
func survivable(simulator http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if bytes.Contains(body, []byte(`"PULL"`)) && !bytes.Contains(body, []byte("source_endpoint")) {
			panic(http.ErrAbortHandler)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		simulator.ServeHTTP(w, r)
	})
}

func TestSimulatorIsFoundOut(t *testing.T) {
	g := NewWithT(t)
	target, datastore := startSimulator(t)

	run, err := suites.Run(context.Background(), suites.Options{
		Target: target, Username: "any", Password: "any-will-do", Datastore: datastore, Claims: []string{"rest"},
		// It does at once what it does at all.
		LongestWait: 3 * time.Second,
	})

	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Verdict).To(Equal(report.NotConformant))
	g.Expect(run.Leftovers).To(BeEmpty())
	served := map[string]bool{}
	for _, binding := range run.Bindings {
		served[binding.Name] = binding.Served
	}
	g.Expect(served).To(Equal(map[string]bool{"api": false, "rest": true, "legacy": false}))
	want := map[string]report.Outcome{}
	for _, id := range simulatorHolds {
		want[id] = report.Passed
	}
	for id, finding := range simulatorFaults {
		want[id] = finding.outcome
	}
	var others []string
	for _, result := range run.Results {
		outcome, expected := want[result.ID]
		if !expected || outcome == "" && result.Outcome == report.Passed || outcome != "" && result.Outcome != outcome {
			others = append(others, fmt.Sprintf("%s: want %q (%s), got %s: %s", result.ID, outcome, simulatorFaults[result.ID].why,
				result.Outcome, result.Message))
		}
		delete(want, result.ID)
	}
	g.Expect(others).To(BeEmpty())
	g.Expect(want).To(BeEmpty(), "expected behaviours that did not run")
	expectFewCauses(g, run)
}

// expectFewCauses holds the causes of many failures to what a person can work
// through: they are few, and the first ten explain nine tenths.
func expectFewCauses(g *WithT, run *report.Run) {
	c := run.Counts
	explained, lines := 0, ""
	for _, cause := range run.Causes[:min(10, len(run.Causes))] {
		explained += cause.Explains()
		lines += fmt.Sprintf("%d %s\n", cause.Explains(), cause.Summary)
	}
	g.Expect(len(run.Causes)).To(And(BeNumerically(">", 10), BeNumerically("<=", 25)))
	g.Expect(explained*10).To(BeNumerically(">=", 9*(c.Failed+c.Warned+c.TimedOut+c.Blocked)), lines)
	g.Expect(run.Summary).To(MatchRegexp(`; \d+ causes explain \d+ of \d+ results; first: `))
}
