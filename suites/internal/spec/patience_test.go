package spec_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// mostLate is how often in a row the stage's patience lets an answer be late.
const mostLate = 4

// counting leaves the requests unanswered whose line holds the text, and counts
// them.
func counting(text string, asked *atomic.Int64) middleware {
	return func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		if !strings.Contains(r.Method+" "+r.URL.Path, text) {
			right.ServeHTTP(w, r)
			return
		}
		asked.Add(1)
		silence(r)
	}
}

func TestWhatIsNeverAnsweredIsNotAskedForever(t *testing.T) {
	for name, test := range map[string]struct {
		ask    func(*spec.Spec, *stage)
		called string
	}{
		"an operation": {func(s *spec.Spec, _ *stage) { s.Send(spec.Call{Operation: get, Subject: "hang"}, spec.In(api)) },
			get + " [api]"},
		"a transfer":      {func(s *spec.Spec, stage *stage) { s.Download(stage.url + "/hang") }, "GET to a transfer URL"},
		"a bare transfer": {func(s *spec.Spec, stage *stage) { s.DownloadBare(stage.url + "/hang") }, "GET to a transfer URL"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var asked atomic.Int64
			stage := set(t, "9.0", counting("hang", &asked))
			stage.Client = stage.impatient
			judge := func() spec.Report {
				return stage.run(t.Context(), api, get, func(s *spec.Spec) { test.ask(s, stage) })
			}
			for range mostLate {
				g.Expect(judge().Ending).To(Equal(spec.TimedOut))
			}

			report := judge()

			g.Expect(report.Ending).To(Equal(spec.Blocked))
			g.Expect(report.Message).To(Equal("not asked: " + test.called + " got no complete answer in time, 4 times in a row"))
			g.Expect(report.Steps).To(BeEmpty())
			g.Expect(asked.Load()).To(BeEquivalentTo(mostLate))
		})
	}
}

func TestAnAnswerInTimeOrAnotherVariantIsAsked(t *testing.T) {
	g := NewWithT(t)
	var asked atomic.Int64
	stage := set(t, "9.0", counting("hang", &asked))
	stage.Client = stage.impatient
	judge := func(variant wire.Variant, id string) spec.Ending {
		return stage.run(t.Context(), variant, get,
			func(s *spec.Spec) { s.Send(spec.Call{Operation: get, Subject: id}, spec.In(variant)) }).Ending
	}
	for range 2 {
		for range mostLate - 1 {
			g.Expect(judge(api, "hang")).To(Equal(spec.TimedOut))
		}
		g.Expect(judge(api, "unknown")).To(Equal(spec.Held))
	}
	for range mostLate {
		g.Expect(judge(api, "hang")).To(Equal(spec.TimedOut))
	}
	rest := wire.Variants(get, wire.Rest)[0]

	g.Expect(judge(rest, "hang")).To(Equal(spec.TimedOut))
}

// What deletes is sent all the same: maybe only its answer is missing.
func TestACleanUpThatIsNeverAnsweredIsSentAndNotWaitedFor(t *testing.T) {
	g := NewWithT(t)
	var asked atomic.Int64
	stage := set(t, "9.0", counting("DELETE /api/content/library/item/download-session", &asked))
	patient := stage.Cleaner
	judge := func() {
		report := stage.run(t.Context(), api, get, func(s *spec.Spec) { s.DownloadSession(spec.Active) })
		g.Expect(report.Ending).To(Equal(spec.Held), report.Message)
	}
	stage.Cleaner = stage.impatient
	for range mostLate {
		judge()
	}
	stage.Cleaner = patient
	began := time.Now()

	judge()

	g.Expect(time.Since(began)).To(BeNumerically("<", long))
	g.Expect(asked.Load()).To(BeEquivalentTo(mostLate + 1))
}
