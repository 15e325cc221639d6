package conformancetest_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
	"session-conformance/suites"
	"session-conformance/suites/conformancetest"
)

const (
	// ofMutant is set where this binary is the test of a vendor: to the mutant that
	// is judged.
	ofMutant = "CONFORMANCETEST_MUTANT"
	// sample is how many mutants are judged; CONFORMANCE_MUTANTS asks for others.
	sample = 3
)

// asCommand are the options of both ways. Beside each other behaviours go on with
// what others have left, which is not the same twice.
var asCommand = suites.Options{
	Username: "admin", Password: "secret", Seed: 1, Parallel: 1, LabelFilter: "api && download_session && MUST", AllowLeftovers: true,
}

func mutantServer(t *testing.T, name string) *httptest.Server {
	t.Helper()
	mutant, err := mutants.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	server, err := mutant.New(fake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(server)
	t.Cleanup(func() { web.Close(); server.Close() })
	return web
}

// TestMutant fails on purpose, in a process of its own that other tests start.
func TestMutant(t *testing.T) {
	name := os.Getenv(ofMutant)
	if name == "" {
		t.Skip("is run by other tests")
	}
	conformancetest.Run(t, conformancetest.Target{URL: mutantServer(t, name).URL, Options: asCommand})
}

// some are so many mutants of the download sessions in api, spread over all.
func some(t *testing.T, count int) (names []string) {
	t.Helper()
	var all []string
	for _, one := range mutants.Catalogue() {
		if strings.HasPrefix(one.Name, "download_session.") {
			all = append(all, one.Name+"@api")
		}
	}
	for i := range min(count, len(all)) {
		names = append(names, all[i*len(all)/count])
	}
	return names
}

// failedSubtest is a line of go test -v.
var failedSubtest = regexp.MustCompile(`(?m)^ +--- FAIL: TestMutant/(\S+)/(\S+) `)

func TestTheVerdictIsTheCommands(t *testing.T) {
	count := sample
	if asked := os.Getenv("CONFORMANCE_MUTANTS"); asked != "" {
		var err error
		count, err = strconv.Atoi(asked)
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
	}
	for _, name := range some(t, count) {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			options := asCommand
			options.Target = mutantServer(t, name).URL
			run, err := suites.Run(t.Context(), options)
			g.Expect(err).NotTo(HaveOccurred())
			var want []string
			for _, result := range run.Results {
				if result.Outcome == report.Failed || result.Outcome == report.TimedOut {
					want = append(want, fmt.Sprint(result.ID, " ", strings.ReplaceAll(result.VariantName(), " ", "_")))
				}
			}
			command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMutant$", "-test.v")
			command.Env = append(os.Environ(), ofMutant+"="+name)
			out, err := command.CombinedOutput()
			g.Expect(err != nil).To(Equal(run.Exit() != 0), string(out))
			var got []string
			for _, match := range failedSubtest.FindAllSubmatch(out, -1) {
				got = append(got, fmt.Sprintf("%s %s", match[1], match[2]))
			}
			g.Expect(got).To(ConsistOf(want), run.Summary)
		})
	}
}
