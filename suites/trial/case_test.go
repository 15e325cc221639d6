package trial

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"go.uber.org/goleak"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
	"session-conformance/fixtures/mutants/fault"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

func TestMain(m *testing.M) {
	// Ginkgo installs an interrupt handler per plan and never ends it.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/onsi/ginkgo/v2/internal/interrupt_handler.(*InterruptHandler).registerForInterrupts.func2"))
}

func entries(t *testing.T) []suites.Entry {
	t.Helper()
	all, err := suites.List(suites.Filter{})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return all
}

// Whatever MUST or SHOULD hold has a mutant that breaks it, in each binding and,
// where it runs in every variant of legacy, in each route and representation.
func TestEveryJudgedBehaviourHasAMutantWhereverItIsJudged(t *testing.T) {
	cases, _ := Cases(entries(t), mutants.Catalogue())
	broken := map[string]bool{}
	for _, one := range cases {
		for _, id := range one.Declared {
			broken[id+"@"+one.Place.String()] = true
		}
	}
	for _, entry := range entries(t) {
		for _, binding := range entry.Bindings {
			if binding.Level == "UNDOCUMENTED" {
				continue
			}
			for _, variant := range binding.Variants {
				exact, whole := entry.ID+"@"+placeOf(variant).String(), entry.ID+"@"+binding.Binding
				if !broken[exact] && (!broken[whole] || len(binding.Variants) > 1) {
					t.Errorf("no mutant breaks %s in %s", entry.ID, variant)
				}
			}
		}
	}
}

func TestEveryFaultIsNamedOnceAndDeclaresWhatThereIs(t *testing.T) {
	g := NewWithT(t)
	known := map[string]bool{}
	for _, entry := range entries(t) {
		known[entry.ID] = true
	}
	seen := map[string]bool{}
	for _, one := range mutants.Catalogue() {
		g.Expect(seen).NotTo(HaveKey(one.Name))
		seen[one.Name] = true
		g.Expect(one.Name).To(MatchRegexp(`^[a-z_]+(\.[a-z_0-9*-]+)+$`))
		g.Expect(one.Breaks).NotTo(BeEmpty(), one.Name)
		g.Expect(one.CaughtBy).NotTo(BeEmpty(), one.Name)
		for _, id := range one.CaughtBy {
			g.Expect(known).To(HaveKey(id), one.Name)
		}
	}
}

// made is a case at rest of a fault that the test makes.
func made(one fault.Fault) Case {
	one.Name, one.Breaks = "download_session.get.made_here", "is made by a test"
	return Case{
		Mutant:   fault.Mutant{Fault: one, Place: fault.Place{Binding: fake.Rest}},
		Level:    "MUST",
		Declared: one.CaughtBy,
	}
}

func TestOutcomes(t *testing.T) {
	refusesGet := func() fault.Break {
		return fault.Break{Around: func(asked *fake.Call, do func() (any, error)) (any, error) {
			if asked.Operation == "download_session.get" {
				return nil, fake.Refuse("internal_server_error", "no")
			}
			return do()
		}}
	}
	nothing := func() fault.Break { return fault.Break{} }
	noServer := func() fault.Break {
		return fault.Break{Options: func(o *fake.Options) { o.Release = "no such release" }}
	}
	noAnswer := func() fault.Break {
		return fault.Break{Serve: func(fault.Place, http.Handler) http.Handler { return http.NotFoundHandler() }}
	}
	for name, test := range map[string]struct {
		make     func() fault.Break
		declared []string
		want     Outcome
		says     string
	}{
		"caught": {refusesGet, []string{"download_session.get.ok"}, Caught, "caught"},
		"declared by mistake": {refusesGet, []string{"download_session.get.ok", "download_session.list.ok"}, CaughtElsewhere,
			"[download_session.list.ok] passes; caught by download_session."},
		"nothing broken":        {nothing, []string{"download_session.get.ok"}, Survived, "survived"},
		"server does not start": {noServer, []string{"download_session.get.ok"}, NotStarted, "no such release"},
		"cannot be judged":      {noAnswer, []string{"download_session.get.ok"}, NotStarted, "404"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			finding := made(fault.Fault{CaughtBy: test.declared, Break: test.make}).Try(t.Context())
			g.Expect(finding.Outcome).To(Equal(test.want), finding.Explain())
			g.Expect(finding.Explain()).To(ContainSubstring(test.says))
		})
	}
}

// Who interrupts it must not read that a mutant survived.
func TestWhatIsInterruptedIsNotJudged(t *testing.T) {
	g := NewWithT(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()

	finding := made(fault.Fault{CaughtBy: []string{"download_session.get.ok"},
		Break: func() fault.Break { return fault.Break{} }}).Try(ctx)

	g.Expect(finding).To(HaveField("Outcome", Outcome("")), finding.Explain())
	g.Expect(finding.result().Outcome).To(Equal(report.NotRun))
}

// What is caught only by a behaviour of another operation is found by the
// whole suite.
func TestASurvivorIsJudgedByAllBehaviours(t *testing.T) {
	g := NewWithT(t)
	finding := made(fault.Fault{CaughtBy: []string{"update_session.get.ok"}, Break: func() fault.Break {
		return fault.Break{Around: func(asked *fake.Call, do func() (any, error)) (any, error) {
			if asked.Operation == "download_session.get" {
				return nil, errors.New("broken")
			}
			return do()
		}}
	}}).Try(t.Context())
	g.Expect(finding.Outcome).To(Equal(CaughtElsewhere), finding.Explain())
	g.Expect(finding.Missed).To(Equal([]string{"update_session.get.ok"}))
	g.Expect(finding.Judged).To(BeNumerically(">", 1000))
}

func TestPlaces(t *testing.T) {
	g := NewWithT(t)
	one := fault.Fault{Name: "download_session.cancel.x",
		CaughtBy: []string{"download_session.cancel.ok", "download_session.cancel.state"}}
	var names []string
	cases, _ := Cases(entries(t), []fault.Fault{one})
	for _, one := range cases {
		names = append(names, one.Place.String()+" "+one.Level+" "+strings.Join(one.Declared, ","))
	}
	const both = "download_session.cancel.ok,download_session.cancel.state"
	g.Expect(names).To(ConsistOf(
		"api MUST "+both, "rest MUST "+both, "legacy SHOULD "+both,
		"legacy.action.json SHOULD download_session.cancel.ok", "legacy.action.xml SHOULD download_session.cancel.ok",
		"legacy.collection.json SHOULD download_session.cancel.ok", "legacy.collection.xml SHOULD download_session.cancel.ok",
		"legacy.collection.query SHOULD download_session.cancel.ok",
	))
	one.Whole = true
	cases, _ = Cases(entries(t), []fault.Fault{one})
	g.Expect(cases).To(HaveLen(3))
	_, inapplicable := Cases(entries(t), []fault.Fault{{Name: "x.y", CaughtBy: []string{"protocol.login.api"}}})
	g.Expect(inapplicable).To(Equal(2), "it is not judged in rest and legacy")
}

// The servers that are right in another way: one stands here for all, which
// selftest judges.
func TestARightServerIsNotAccused(t *testing.T) {
	g := NewWithT(t)
	servers := Servers()
	at := slices.IndexFunc(servers, func(s Server) bool { return s.String() == "right.ids_punctuated" })
	finding, run := servers[at].Judge(t.Context(), false)
	g.Expect(finding).To(And(HaveField("Held", true), HaveField("Problem", "")))
	g.Expect(run.Verdict).To(Equal(report.Conformant))
	g.Expect(finding.Judged).To(BeNumerically(">", 1000))
}
