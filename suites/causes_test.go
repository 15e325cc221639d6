// It judges many servers; make test runs it without the race detector.

//go:build !race

package suites_test

import (
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
	"session-conformance/suites"
)

// Faults of different kinds, each alone in a server, and what its first cause says.
var oneFault = map[string]string{
	"download_session.cancel.does_nothing@api":                   `download_session\.(cancel|get).*(cancel|CANCELED)`,
	"download_session.create.shows_the_session_as_the_item@rest": "library_item_id",
	"update_session.get.answers_a_list@api":                      "update_session.get",
	"protocol.error.xml_messages_without_array@legacy":           "error",
	"update_session.delete.active_refused_and_canceled@rest":     "update_session.delete",
	"downloadsession.file.transfer.as_text@api":                  "download",
}

func TestTheFirstCauseNamesTheFault(t *testing.T) {
	for name, says := range oneFault {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			mutant, err := mutants.Find(name)
			g.Expect(err).NotTo(HaveOccurred())
			server, err := mutant.New(fake.Options{Users: scriptUsers})
			g.Expect(err).NotTo(HaveOccurred())
			t.Cleanup(server.Close)
			web := httptest.NewServer(server)
			t.Cleanup(web.Close)
			run, err := suites.Run(t.Context(), suites.Options{
				Target: web.URL, Username: "admin", Password: "secret", LabelFilter: string(mutant.Place.Binding), Strict: true,
				NoReplay: true, LongestWait: time.Second,
			})
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(run.Causes).NotTo(BeEmpty())
			g.Expect(run.Causes[0].Summary).To(MatchRegexp(says))
			g.Expect(run.Summary).To(ContainSubstring(run.Causes[0].Summary))
			t.Log(run.Summary)
		})
	}
}
