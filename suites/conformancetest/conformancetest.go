// Package conformancetest judges a server inside a vendor's own go test: each
// behaviour in each variant is a subtest.
package conformancetest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"session-conformance/reporters/card"
	"session-conformance/reporters/failures"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// Target is the server to judge: at a URL, or as a handler of this process.
type Target struct {
	// URL is where the server listens; empty where Handler is it.
	URL string
	// Handler is served for as long as the test runs.
	Handler http.Handler
	// Options are all others: at least the credentials. Their Target and Choose
	// are not looked at.
	Options suites.Options
}

// cleanUpTime is what a run keeps of the time until the test's deadline, to
// delete what it has created.
const cleanUpTime = 20 * time.Second

// Run judges the target and tells each behaviour as a subtest of its own, such as
//
//	TestServer/download_session.cancel.not_active/legacy_path_json
//
// A pattern of -run that names subtests runs those behaviours alone. What cannot
// be judged is skipped with its reason; a warning is in the log of its subtest,
// and fails it where Options.Strict is set. By the time that the first subtest is
// told, all that was created is deleted.
func Run(t *testing.T, target Target) {
	t.Helper()
	run, err := suites.Run(t.Context(), target.options(t))
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, group := range card.Group(run.Results, func(r report.Result) string { return r.ID }) {
		t.Run(group[0].ID, func(t *testing.T) {
			for _, result := range group {
				t.Run(variantName(result), func(t *testing.T) { tell(t, run, result) })
			}
		})
		told = told || t.Failed()
	}
	// What no behaviour tells: a server that cannot be used, or things left there.
	if run.Exit() != 0 && !told {
		t.Error(run.Summary)
	}
}

func (target Target) options(t *testing.T) suites.Options {
	options := target.Options
	options.Target = target.URL
	if target.Handler != nil {
		server := httptest.NewServer(target.Handler)
		t.Cleanup(server.Close)
		options.Target = server.URL
	}
	if deadline, limited := t.Deadline(); limited && options.Deadline == 0 {
		options.Deadline = max(time.Until(deadline)-cleanUpTime, time.Second)
	}
	options.NoReplay = true // nobody reads Ginkgo's own reports here
	options.Choose = chosenBy(t.Name())
	if options.Choose != nil {
		options.Explore, options.Races = 0, 0
	}
	return options
}

func variantName(result report.Result) string {
	return strings.ReplaceAll(result.VariantName(), " ", "_")
}

func tell(t *testing.T, run *report.Run, result report.Result) {
	failures.Tell(run, result, failures.Teller{
		Fail: func(card string) { t.Error(card) },
		Note: func(_ report.Outcome, text string) { t.Log(text) },
		Skip: func(reason string) { t.Skip(reason) },
	})
}
