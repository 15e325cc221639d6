// Package site makes one static page of many saved runs: what each release of each
// product does, since when, and what two runs do differently; with badges to link.
package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// Saved is a run and the name of the file that it was read from.
type Saved struct {
	Name string
	Run  *report.Run
}

// File is one of the site, by its path in it.
type File struct {
	Path  string
	Bytes []byte
}

// Make makes the site; the same runs give the same bytes, in any order. current
// returns what the suite calls a behaviour today that a run knew by another id.
func Make(saved []Saved, current func(id string) string) ([]File, error) {
	s := read(saved, current)
	page, err := s.page()
	if err != nil {
		return nil, err
	}
	files := []File{{"index.html", page}}
	for _, one := range s.Editions {
		picture, endpoint, err := one.badge()
		if err != nil {
			return nil, err
		}
		files = append(files, File{one.Badge + ".svg", picture}, File{one.Badge + ".json", endpoint})
	}
	return files, nil
}

// site is all that the page shows.
type site struct {
	// Behaviours are the ids of all runs, Runs the oldest first.
	Behaviours []string
	Runs       []*judged
	// Editions are the releases of the products, each by its newest run.
	Editions []*edition
}

// judged is a run as the page knows it.
type judged struct {
	Product  string `json:"product"`
	Release  string `json:"release"`
	Started  string `json:"started"`
	Verdict  string `json:"verdict"`
	Summary  string `json:"summary"`
	Suite    string `json:"suite"`
	Source   string `json:"source"`
	Right    int    `json:"right"`
	Judged   int    `json:"judged"`
	worst    map[string]report.Outcome
	headline map[string]string
	run      *report.Run
}

// edition is a release of a product.
type edition struct {
	*judged
	// Badge is the path of its badge without the ending.
	Badge string
	// Runs is how many runs judged it.
	Runs int
}

// Title names the product and, if it is known, its release.
func (j *judged) Title() string { return strings.TrimSpace(j.Product + " " + j.Release) }

func read(saved []Saved, current func(id string) string) *site {
	s := &site{}
	for _, one := range saved {
		s.Runs = append(s.Runs, judgedOf(one, current))
	}
	slices.SortFunc(s.Runs, func(a, b *judged) int {
		return cmp.Or(a.run.Started.Compare(b.run.Started), cmp.Compare(a.Title(), b.Title()), cmp.Compare(a.Source, b.Source))
	})
	ids := map[string]bool{}
	for _, run := range s.Runs {
		for id := range run.worst {
			ids[id] = true
		}
	}
	for id := range ids {
		s.Behaviours = append(s.Behaviours, id)
	}
	slices.Sort(s.Behaviours)
	s.Editions = editionsOf(s.Runs)
	return s
}

func judgedOf(saved Saved, current func(id string) string) *judged {
	run := saved.Run
	j := &judged{
		Product: run.Target.Called(), Release: run.Target.ProductRelease, Source: saved.Name,
		Started: run.Started.UTC().Format("2006-01-02 15:04"), Verdict: string(run.Verdict), Summary: run.Summary,
		Suite: strings.TrimSpace(run.Suite.Version + " " + run.Suite.Commit),
		worst: map[string]report.Outcome{}, headline: map[string]string{}, run: run,
	}
	for _, result := range run.Results {
		id := current(result.ID)
		if result.Outcome.Judged() {
			j.Judged++
		}
		if result.Outcome.Right() {
			j.Right++
		}
		was, known := j.worst[id]
		if !known || rank(result.Outcome) < rank(was) {
			j.worst[id] = result.Outcome
			delete(j.headline, id)
			if result.Outcome.Wrong() {
				j.headline[id] = visible.FirstLine(result.Headline(), maxHeadline)
			}
		}
	}
	return j
}

// maxHeadline is how many columns the page keeps of what was wrong.
const maxHeadline = 160

// order is that of outcomes where a cell shows one of several: the worst first.
var order = []report.Outcome{
	report.Fault, report.Failed, report.TimedOut, report.Blocked, report.Warned, report.Waived,
	report.Passed, report.Observed, report.Skipped, report.NotRun,
}

func rank(outcome report.Outcome) int { return slices.Index(order, outcome) }

// editionsOf are the releases of the products by name, each by its newest run.
func editionsOf(runs []*judged) []*edition {
	var editions []*edition
	for _, run := range runs {
		i := slices.IndexFunc(editions, func(e *edition) bool { return e.Product == run.Product && e.Release == run.Release })
		if i < 0 {
			editions = append(editions, &edition{})
			i = len(editions) - 1
		}
		editions[i].judged = run
		editions[i].Runs++
	}
	slices.SortFunc(editions, func(a, b *edition) int {
		return cmp.Or(cmp.Compare(a.Product, b.Product), compareReleases(a.Release, b.Release))
	})
	taken := map[string]int{}
	for _, one := range editions {
		path := "badges/" + slug(one.Title())
		if taken[path]++; taken[path] > 1 {
			path = fmt.Sprintf("%s-%d", path, taken[path])
		}
		one.Badge = path
	}
	return editions
}

// since is when the edition's product began to get the behaviour wrong that it gets
// wrong now: the first of the runs in a row, of any release.
func (s *site) since(e *edition, id string) (since string) {
	for _, run := range slices.Backward(s.Runs) {
		if run.Product != e.Product || run.run.Started.After(e.run.Started) {
			continue
		}
		outcome, judged := run.worst[id]
		switch {
		case judged && outcome.Wrong():
			since = run.Started[:len("2006-01-02")]
		case judged && outcome.Right():
			return since
		}
	}
	return since
}
