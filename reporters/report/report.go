// Package report is the immutable model of one finished run: everything that
// a user reads, now or later, is made from it.
package report

import (
	"cmp"
	"time"
)

// Schema names the version of the JSON form of a Run; schema.json describes it.
const Schema = "conformance/run/v1"

// Run is one judged run of the suite against one target.
type Run struct {
	Schema  string  `json:"schema"`
	Verdict Verdict `json:"verdict"`
	// ExitCode is what the process of the run ended with; nil in runs that were
	// saved before it was kept. Exit tells it for any run.
	ExitCode *int `json:"exit_code,omitempty"`
	// Partial says that something was skipped, waived or left out, so that
	// "conformant" holds only for what Counts says was judged.
	Partial bool `json:"partial"`
	// Summary is the verdict in one line, as the user reads it.
	Summary    string    `json:"summary"`
	Suite      Suite     `json:"suite"`
	Target     Target    `json:"target"`
	Started    time.Time `json:"started"`
	DurationMS float64   `json:"duration_ms"`
	Options    Options   `json:"options"`
	Again      Again     `json:"again,omitzero"`
	Bindings   []Binding `json:"bindings"`
	// Readings say which side of the documents' contradictions the target takes.
	Readings []Reading `json:"readings"`
	// Unjudged are the behaviours that only some of the releases have which the
	// target may be of, where none was named.
	Unjudged []Unjudged `json:"unjudged,omitempty"`
	// Sources are the documents that the results' source keys stand for.
	Sources []Source `json:"sources,omitempty"`
	Counts  Counts   `json:"counts"`
	Results []Result `json:"results"`
	// Causes are what is wrong with the target, what to mend first in front.
	Causes    []Cause    `json:"causes,omitempty"`
	Leftovers []Leftover `json:"leftovers"`
	// Outages are the times in which the target was away.
	Outages []Outage `json:"outages,omitempty"`
	// Waivers are those that the run had.
	Waivers []Waiver `json:"waivers,omitempty"`
	// Exploration is nil where no histories were walked.
	Exploration *Exploration `json:"exploration,omitempty"`
	// Raced are the behaviours about concurrent clients that a race judged.
	Raced []Raced `json:"raced,omitempty"`
	// Cost is what the run asked of the target.
	Cost Cost `json:"cost,omitzero"`
}

// Verdict is the answer to "is the target conformant?".
type Verdict string

// The verdicts; each has an exit code of its own.
const (
	Conformant    Verdict = "conformant"
	NotConformant Verdict = "not_conformant"
	// Unusable: the target could not be reached or not be used.
	Unusable Verdict = "unusable"
	// Faulty: the suite itself failed, which says nothing about the target.
	Faulty      Verdict = "fault"
	Interrupted Verdict = "interrupted"
)

// Suite identifies the judge.
type Suite struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	// Commit is what it was built from, with "+dirty" if that was changed; empty
	// if the build did not know.
	Commit string `json:"commit,omitempty"`
}

// Target identifies the judged server.
type Target struct {
	URL string `json:"url"`
	// Bundled says that the target was the reference server inside the binary.
	Bundled bool   `json:"bundled"`
	Release string `json:"release"`
	// Product is what the server is called, ProductRelease which one of it it is;
	// empty if nobody said.
	Product        string `json:"product,omitempty"`
	ProductRelease string `json:"product_release,omitempty"`
}

// Called is what the target is called: the product, or else the address.
func (t Target) Called() string { return cmp.Or(t.Product, t.URL) }

// Options are the settings that decide what a run does; the same options and
// the same seed give the same plan.
type Options struct {
	Seed        int64    `json:"seed"`
	Parallel    int      `json:"parallel"`
	Strict      bool     `json:"strict"`
	LabelFilter string   `json:"label_filter,omitempty"`
	Focus       []string `json:"focus,omitempty"`
	// Chosen says that the behaviours were chosen in another way, too, such as
	// by an earlier run.
	Chosen bool `json:"chosen,omitempty"`
	// Exploring says that no behaviour was run: there were histories and races
	// alone, or the replay of one history.
	Exploring bool `json:"exploring,omitempty"`
	// ReadOnly says that nothing was made or changed: of what exists all was judged
	// that reading shows.
	ReadOnly bool `json:"read_only,omitempty"`
	// Shard is the part that the run had: "2/5"; empty for the whole.
	Shard string `json:"shard,omitempty"`
	// Explore and Races are how many requests were to be spent on histories and
	// races, by all shards.
	Explore          int     `json:"explore,omitempty"`
	Races            int     `json:"races,omitempty"`
	TimeoutMS        float64 `json:"timeout_ms"`
	RequestTimeoutMS float64 `json:"request_timeout_ms"`
}

// Again has the options by which the commands ask this target again, in words of
// a POSIX shell: all that were given but secrets, which are variables, reports,
// and what chooses behaviours. Both are empty for a run that no command started.
type Again struct {
	Run     string `json:"run,omitempty"`
	Explore string `json:"explore,omitempty"`
}

// Binding says whether one of the three bindings was judged, and why.
type Binding struct {
	Name    string `json:"name"`
	Served  bool   `json:"served"`
	Claimed bool   `json:"claimed"`
	// Prefix is the path before /content: "/api", "/rest/com/vmware" or "/com/vmware".
	Prefix string `json:"prefix,omitempty"`
	// Reason is what the probe saw, in one line.
	Reason   string    `json:"reason"`
	Variants []Variant `json:"variants"`
}

// Variant is one route and representation of a binding.
type Variant struct {
	Route          string `json:"route"`
	Representation string `json:"representation"`
	Served         bool   `json:"served"`
	Reason         string `json:"reason"`
}

// Reading is how the target reads a point on which the documents of different
// releases contradict each other.
type Reading struct {
	Topic string `json:"topic"`
	// Met is what the target does, Releases those whose documents say so.
	Met      string `json:"met"`
	Releases string `json:"releases"`
}

// Source is a public document that behaviours were read from.
type Source struct {
	// Key is how results name it, Title what it is, Address where.
	Key     string `json:"key"`
	Title   string `json:"title"`
	Address string `json:"address"`
}

// Unjudged is a behaviour that was left out, since it is not known whether the
// target is of a release that has it.
type Unjudged struct {
	ID      string `json:"id"`
	Binding string `json:"binding"`
	// Releases are those that document it: "6.7u1 and later".
	Releases string `json:"releases"`
}

// Waiver excuses behaviours that are known not to hold.
type Waiver struct {
	// Behaviour is an id, or a pattern with *.
	Behaviour string `json:"behaviour"`
	// Bindings narrow it; none is all.
	Bindings []string `json:"bindings,omitempty"`
	// Note tells why, who answers for it and until when.
	Note string `json:"note"`
	// Waived counts the results that it excused, Passed those that it names
	// and that needed no excuse.
	Waived int `json:"waived"`
	Passed int `json:"passed"`
}

// Unneeded says that all that the waiver names was judged to hold.
func (w Waiver) Unneeded() bool { return w.Waived == 0 && w.Passed > 0 }

// Leftover is something that the run made on the target and could not delete.
type Leftover struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Name  string `json:"name,omitempty"`
	Error string `json:"error"`
}
