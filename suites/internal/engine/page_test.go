package engine

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	. "github.com/onsi/gomega"
	"go.uber.org/goleak"

	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

// Ginkgo leaks one goroutine in every PreviewSpecs and RunSpecs, the one that
// waits for an interrupt, and gives no way to end it.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreTopFunction("github.com/onsi/ginkgo/v2/internal/interrupt_handler.(*InterruptHandler).registerForInterrupts.func2"))
}

// budget is far more than anything here needs.
const budget = 10 * time.Second

// The one page of these tests. A tree is for the whole process, so each test
// plays its own part in the same bodies.
var _ = spec.Describe("Test page",
	spec.Behaviour("download_session.get.ok", perform),
	spec.Behaviour("download_session.get.refused", perform),
	spec.Behaviour("download_session.get.refused_too", perform),
	spec.Behaviour("download_session.get.should", perform),
	spec.Behaviour("download_session.get.open", perform),
	spec.Behaviour("download_session.get.open_refused", perform),
	spec.Behaviour("download_session.get.once", perform),
	spec.Behaviour("download_session.get.newer", perform),
	spec.Behaviour("download_session.get.in_xml", perform).InXML(),
	spec.Behaviour("download_session.cancel.long", perform).Long(),
	spec.Behaviour("download_session.cancel.homeless", perform),
)

// part is what the bodies do in this test, by the behaviour's id without its
// service; a body without a part does nothing.
var parts map[string]func(*spec.Spec)

func perform(s *spec.Spec) {
	if part, ok := parts[strings.TrimPrefix(s.Behaviour.ID, "download_session.")]; ok {
		part(s)
	}
}

// row is an entry of the tests' ledger.
type row struct{ name, levels, variants, more string }

var rows = []row{
	{"get.ok", "{legacy: MUST, rest: MUST, api: MUST}", "every", ""},
	{"get.refused", "{legacy: MUST, rest: MUST, api: MUST}", "every", "control: ok"},
	{"get.refused_too", "{api: MUST}", "every", "control: ok"},
	{"get.should", "{legacy: SHOULD, rest: SHOULD, api: SHOULD}", "every", ""},
	{"get.open", "{api: UNDOCUMENTED}", "every", ""},
	{"get.open_refused", "{api: UNDOCUMENTED}", "every", "control: ok"},
	{"get.once", "{legacy: MUST, rest: MUST, api: MUST}", "once", ""},
	{"get.newer", "{rest: MUST, api: MUST}", "once", `releases: {rest: {since: "7.0"}}`},
	{"get.in_xml", "{legacy: SHOULD, api: SHOULD}", "every", ""},
	{"cancel.long", "{api: MUST}", "every", ""},
	// Its control runs in api only.
	{"cancel.homeless", "{rest: MUST}", "every", "control: long"},
}

func book(t *testing.T, without ...string) *ledger.Ledger {
	t.Helper()
	pages := fstest.MapFS{}
	for _, row := range rows {
		if len(without) > 0 && row.name == without[0] {
			continue
		}
		operation, name, _ := strings.Cut(row.name, ".")
		file := "downloadsession/" + operation + ".yaml"
		if pages[file] == nil {
			pages[file] = &fstest.MapFile{Data: []byte("behaviours:\n")}
		}
		entry := "- {id: " + name + ", promise: does " + row.name + ", clause: C., levels: " + row.levels +
			", variants: " + row.variants + ", look_at: here, sources: [S0]"
		if row.more != "" {
			entry += ", " + row.more
		}
		pages[file].Data = append(pages[file].Data, entry+"}\n"...)
	}
	read, err := ledger.Read(pages)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return read
}

func makePlan(t *testing.T, scope Scope, filter Filter) *Plan {
	t.Helper()
	plan, err := MakePlan(book(t), scope, filter)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return plan
}

// target needs no server: the parts that ask bring their own client.
func noTarget() *spec.Target {
	return &spec.Target{Library: &library.Library{Created: &library.Created{}}, Patience: wire.NewPatience(parallel),
		Timeout: budget, CleanupTimeout: budget, Served: func(wire.Variant) bool { return true }, Prefixes: wire.DocumentedPrefixes()}
}

// play executes what the filter leaves, with the parts, and returns the
// results by "operation.name variant".
func play(t *testing.T, filter string, cast map[string]func(*spec.Spec), change func(*Options)) map[string]report.Result {
	t.Helper()
	parts = cast
	plan := makePlan(t, Everything(), Filter{LabelFilter: filter, Seed: 1})
	options := Options{Target: noTarget(), Parallel: 4, Secrets: &secret.Book{}, Done: func(report.Result) {}}
	if change != nil {
		change(&options)
	}
	results := map[string]report.Result{}
	played, _ := Execute(t.Context(), plan, options)
	for i, result := range played {
		results[plan.Instances[i].name()] = result
	}
	return results
}

func (i Instance) name() string {
	return strings.TrimPrefix(i.ID, "download_session.") + " " + i.Variant.String()
}

func names(plan *Plan) []string {
	var all []string
	for _, instance := range plan.Instances {
		all = append(all, instance.name())
	}
	return all
}
