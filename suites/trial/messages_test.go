package trial

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// Every behaviour that is judged fails once here, on a mutant that breaks it,
// and says what a golden file says: a check that fails for another reason than
// it names is found by who reads these files.
func TestEveryFailureReadsWell(t *testing.T) {
	g := NewWithT(t)
	entries, err := suites.List(suites.Filter{})
	g.Expect(err).NotTo(HaveOccurred())
	cases, _ := Cases(entries, mutants.Catalogue())
	wanted := firstCases(cases)
	byService := map[string][]string{}
	var mu sync.Mutex
	var group sync.WaitGroup
	each(t.Context(), &group, len(wanted), 8, func(i int) {
		read := wanted[i].read(t)
		mu.Lock()
		defer mu.Unlock()
		for _, entry := range entries {
			if text, failed := read[entry.ID]; failed {
				byService[entry.Service] = append(byService[entry.Service], text)
			}
		}
	})
	group.Wait()
	messages := goldie.New(t, goldie.WithFixtureDir("testdata/messages"), goldie.WithNameSuffix(".txt"))
	for service, texts := range byService {
		slices.Sort(texts)
		messages.Assert(t, service, []byte(strings.Join(texts, "\n")))
	}
	g.Expect(byService).To(HaveLen(5))
}

// reading is a mutant and the behaviours whose failure is read on it.
type reading struct {
	Case
	ids []string
}

// firstCases chooses for each behaviour the mutant that is most its own, in the
// first of the bindings where it is judged.
func firstCases(cases []Case) []reading {
	best := map[string]Case{}
	for _, binding := range []string{"api", "rest", "legacy"} {
		here := map[string]Case{}
		for _, one := range cases {
			for _, id := range one.Declared {
				rival, known := here[id]
				if string(one.Place.Binding) == binding && (!known || len(one.Declared) < len(rival.Declared)) {
					here[id] = one
				}
			}
		}
		for id, one := range here {
			if _, known := best[id]; !known {
				best[id] = one
			}
		}
	}
	chosen := map[string]*reading{}
	for id, one := range best {
		if chosen[one.String()] == nil {
			chosen[one.String()] = &reading{Case: one}
		}
		chosen[one.String()].ids = append(chosen[one.String()].ids, id)
	}
	var all []reading
	for _, one := range chosen {
		all = append(all, *one)
	}
	return all
}

// read judges the mutant and returns what the user reads of each behaviour.
func (r reading) read(t *testing.T) map[string]string {
	// Alone, so that a list that a message shows holds nothing of another.
	run, err := r.judge(t.Context(), func(choice suites.Choice) bool {
		raced := r.races() && strings.HasSuffix(choice.ID, ".ok")
		return (raced || slices.Contains(r.ids, choice.ID)) && r.covers(choice.Binding, choice.Route, choice.Representation)
	}, true)
	if err != nil {
		t.Error(err)
		return nil
	}
	texts := map[string]string{}
	for _, result := range run.Results {
		accused := result.Outcome == report.Failed || result.Outcome == report.TimedOut
		if accused && r.at(result) && slices.Contains(r.ids, result.ID) && texts[result.ID] == "" {
			texts[result.ID] = fmt.Sprintf("%s [%s]: %s\n  on a server that %s\n%s", result.ID, result.VariantName(), result.Promise,
				r.Breaks, indented(result.Message))
		}
	}
	for _, id := range r.ids {
		if texts[id] == "" {
			t.Errorf("%s does not fail on %s", id, r)
		}
	}
	return texts
}

// generated are the parts of a message that no two runs have in common.
var generated = []struct {
	pattern *regexp.Regexp
	name    string
}{
	{regexp.MustCompile(`\b[0-9a-f]{8}-[0-9a-f:-]*\.\.\.|"[0-9a-f-]+\.\.\.`), "ID..."},
	{regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}([:/][0-9a-f]{8}-[0-9a-f-]{27})?`), "ID"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?`), "TIME"},
	{regexp.MustCompile(`[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d UTC`), "TIME"},
	{regexp.MustCompile(`\b[0-9a-f]{40}\b`), "SHA1"},
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "HOST"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? UTC`), "TIME"},
	{regexp.MustCompile(`/cls/data/[A-Z2-7]+(\.\.\.)?`), "/cls/data/TOKEN"},
	{regexp.MustCompile(`\b[A-Z2-7]{26}\b`), "TOKEN"},
	{regexp.MustCompile(`conformance-[0-9a-f]{8}`), "RUN"},
	{regexp.MustCompile(`\b\d+ of \d+ times\b`), "N of N times"},
	// Which race shows it first differs, too.
	{regexp.MustCompile(`(?s)(the race, as [a-z_.]+\.history:)\n.*\z`), "$1\n  RACE"},
	// Which of the clients met differs, and what it was answered with it.
	{regexp.MustCompile(`\w+ 20\d and \w+ 20\d at once`), "SUCCESS and SUCCESS at once"},
	{regexp.MustCompile(`after \w+ of client \d: \w+ of client \d would have to be answered 400 not_allowed_in_current_state \([a-z_.]+\)`), "ORDER"},
	{regexp.MustCompile(`\b\d+(\.\d+)?(ms|µs|s)\b`), "DURATION"},
	// How many of several requests at once were answered wrongly.
	{regexp.MustCompile(`got \d+( ids)?$`), "got N$1"},
}

func indented(message string) string {
	for _, one := range generated {
		message = one.pattern.ReplaceAllString(message, one.name)
	}
	var out strings.Builder
	for line := range strings.Lines(message) {
		out.WriteString("    " + strings.TrimSuffix(line, "\n") + "\n")
	}
	return out.String()
}
