package ginkgotest_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/suites"
	"session-conformance/suites/ginkgotest"
)

// ofVendor is set where this binary is the suite of a vendor: to the server that is
// judged.
const ofVendor = "GINKGOTEST_SERVER"

var target string

var _ = BeforeSuite(func() {
	server, err := fake.New(fake.Options{})
	Expect(err).NotTo(HaveOccurred())
	var handler http.Handler = server
	if os.Getenv(ofVendor) == "wrong" {
		handler = cancelsNothing(server)
	}
	web := httptest.NewServer(handler)
	DeferCleanup(func() { web.Close(); server.Close() })
	target = web.URL
})

var _ = ginkgotest.Describe("my server", func() suites.Options {
	return suites.Options{Target: target, Username: "admin", Password: "secret", Seed: 1}
}, Label("conformance"))

func TestVendor(t *testing.T) {
	if os.Getenv(ofVendor) == "" {
		t.Skip("is run by other tests")
	}
	RegisterFailHandler(Fail)
	RunSpecs(t, "vendor")
}

// cancelsNothing answers every cancel of api with success and does nothing.
func cancelsNothing(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("action") == "cancel" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// specs are those of the vendor's suite that ran, by their titles.
func specs(t *testing.T, server string, arguments ...string) map[string]types.SpecReport {
	t.Helper()
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "report.json")
	command := exec.CommandContext(t.Context(), os.Args[0], append([]string{"-test.run=^TestVendor$", "-ginkgo.json-report=" + path}, arguments...)...)
	command.Env = append(os.Environ(), ofVendor+"="+server)
	out, err := command.CombinedOutput()
	g.Expect(err != nil).To(Equal(server == "wrong"), string(out))
	text, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred(), string(out))
	var reports []types.Report
	g.Expect(json.Unmarshal(text, &reports)).To(Succeed())
	ran := map[string]types.SpecReport{}
	for _, spec := range reports[0].SpecReports {
		if spec.State != types.SpecStateSkipped || spec.Failure.Message != "" {
			ran[spec.FullText()] = spec
		}
	}
	return ran
}

func TestEachBehaviourIsASpecWithItsLabels(t *testing.T) {
	g := NewWithT(t)
	ran := specs(t, "right", "-ginkgo.label-filter=conformance && download_session && cancel && (api || xml)")
	ok := ran["my server download_session.cancel.ok api"]
	g.Expect(ok.State).To(Equal(types.SpecStatePassed))
	g.Expect(ok.Labels()).To(ConsistOf("conformance", "download_session", "cancel", "api", "MUST"))
	g.Expect(ran).To(HaveKey("my server download_session.cancel.ok legacy action xml"))
	g.Expect(ran).NotTo(HaveKey("my server download_session.cancel.ok rest"))
	g.Expect(ran).NotTo(HaveKey("my server download_session.create.ok api"))
}

func TestAFailedSpecHasItsCard(t *testing.T) {
	g := NewWithT(t)
	ran := specs(t, "wrong", "-ginkgo.focus=download_session.cancel.ok api")
	g.Expect(ran).To(HaveLen(2), "it, and BeforeSuite")
	failed := ran["my server download_session.cancel.ok api"]
	g.Expect(failed.State).To(Equal(types.SpecStateFailed))
	g.Expect(failed.Failure.Message).To(ContainSubstring("expected: a session that is not ACTIVE any more"))
}
