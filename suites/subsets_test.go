package suites_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// spellings are the ways of legacy to write a request, by route and
// representation.
var spellings = []string{
	"path json", "path xml", "action json", "action xml", "action query", "collection json", "collection xml", "collection query",
}

// serveOnly starts the reference server, which knows of legacy the spellings only.
func serveOnly(t *testing.T, served []string) string {
	server, err := fake.New(fake.Options{Release: "6.0", Around: func(asked *fake.Call, do func() (any, error)) (any, error) {
		representation := asked.Representation
		if representation == "" {
			representation = fake.JSON // without arguments it is the query string, too
		}
		elsewhere := asked.Binding != fake.Legacy
		if !elsewhere && isOfSessions(asked.Operation) && !slices.Contains(served, asked.Route+" "+representation) {
			return nil, fake.Refuse("operation_not_found", "there is no such operation")
		}
		return do()
	}})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(server.Close)
	web := httptest.NewServer(server)
	t.Cleanup(web.Close)
	return web.URL
}

func isOfSessions(operation string) bool {
	return slices.ContainsFunc([]string{"download_session.", "update_session.", "downloadsession.", "updatesession."}, func(service string) bool {
		return len(operation) > len(service) && operation[:len(service)] == service
	})
}

// byRoute are the behaviours that choose among what is served by themselves.
func byRoute(choice suites.Choice) bool {
	return strings.HasPrefix(choice.ID, "protocol.legacy.") || slices.Contains([]string{
		"protocol.body.malformed", "protocol.action.unknown", "protocol.path.id_prefix", "protocol.error.shape_xml",
	}, choice.ID)
}

// subsets are every one with CONFORMANCE_SUBSETS set, which takes two minutes; else
// those in which a behaviour once asked for what is not served.
func subsets() (all [][]string) {
	if os.Getenv("CONFORMANCE_SUBSETS") == "" {
		without := func(left string) []string {
			return slices.DeleteFunc(slices.Clone(spellings), func(one string) bool { return one == left })
		}
		return [][]string{
			without("collection json"), without("collection xml"), without("action query"), {"collection json"},
			{"path json", "action xml"}, {"path xml", "action json"},
		}
	}
	for bits := 1; bits < 1<<len(spellings); bits++ {
		var served []string
		for i, one := range spellings {
			if bits>>i&1 == 1 {
				served = append(served, one)
			}
		}
		all = append(all, served)
	}
	return all
}

// Whatever a target serves of legacy, it is judged by what there is: the suite itself
// never fails, nothing is accused, and no broken body passes unasked.
func TestEachSubsetOfWhatIsServedIsJudged(t *testing.T) {
	for _, served := range subsets() {
		t.Run(fmt.Sprint(served), func(t *testing.T) {
			g := NewWithT(t)
			run, err := suites.Run(t.Context(), suites.Options{
				Target: serveOnly(t, served), Username: "admin", Password: "secret", Release: "6.0", OwnSignals: true,
				NoReplay: true, Parallel: 2, Choose: byRoute,
			})
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(run.Verdict).NotTo(Equal(report.Faulty), run.Summary)
			for _, result := range run.Results {
				g.Expect(result.Outcome).NotTo(Or(Equal(report.Fault), Equal(report.Failed), Equal(report.Warned)), result.ID+": "+result.Message)
				if result.ID == "protocol.body.malformed" && result.Outcome == report.Passed {
					g.Expect(result.Exchanges).To(ContainElement(HaveField("Status", 400)), "no body that breaks off was refused")
				}
			}
		})
	}
}
