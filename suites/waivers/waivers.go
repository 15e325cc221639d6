// Package waivers reads and writes the file in which a vendor writes down which
// behaviours are known not to hold, why, and until when that may stay so.
package waivers

import (
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// Waiver is one entry of the file.
type Waiver struct {
	// Behaviour is an id, or a pattern in which * stands for any characters.
	Behaviour string `yaml:"behaviour"`
	// Bindings are some of api, rest, legacy; none is all of them.
	Bindings []string `yaml:"bindings,flow,omitempty"`
	// Reason is why it may stay so, Owner who answers for it; both must be given.
	Reason string `yaml:"reason"`
	Owner  string `yaml:"owner"`
	// Link is where it is worked on; it may be left out.
	Link string `yaml:"link,omitempty"`
	// Expires is the last day on which it holds, such as 2027-01-31.
	Expires string `yaml:"expires"`

	line int
}

// File is a file of waivers that can be used.
type File struct {
	path    string
	waivers []Waiver
}

// day is how a date is written.
const day = "2006-01-02"

// undone marks what Init leaves for a person to write.
const undone = "FIXME"

// Parse reads and checks a file; an error says which line of it is wrong, and
// what to do. A waiver is over on the day after Expires, in UTC.
func Parse(path string, data []byte, now time.Time) (File, error) {
	file := File{path: path}
	nodes, err := entries(data)
	if err != nil {
		return file, fmt.Errorf("%s: %w", path, err)
	}
	if len(nodes) == 0 {
		return file, fmt.Errorf("%s: there is no waiver in it; want a list under \"waivers:\"", path)
	}
	if err := unfinished(path, nodes); err != nil {
		return file, err
	}
	seen := map[string]int{}
	for _, node := range nodes {
		waiver, err := readWaiver(node)
		if err == nil {
			err = waiver.check(now)
		}
		if err == nil {
			err = waiver.option().Check()
		}
		key := waiver.Behaviour + " " + strings.Join(waiver.Bindings, ",")
		if first, twice := seen[key]; err == nil && twice {
			err = fmt.Errorf("%s stands there twice, first in line %d", waiver.Behaviour, first)
		}
		if err != nil {
			return file, fmt.Errorf("%s:%d: %w", path, node.Line, err)
		}
		seen[key] = node.Line
		file.waivers = append(file.waivers, waiver)
	}
	return file, nil
}

// unfinished names all that Init left for a person to write.
func unfinished(path string, nodes []*yaml.Node) error {
	var places []string
	for _, node := range nodes {
		for i := 0; i+1 < len(node.Content); i += 2 {
			if key, value := node.Content[i], node.Content[i+1]; strings.Contains(value.Value, undone) {
				places = append(places, fmt.Sprintf("%s in line %d", key.Value, value.Line))
			}
		}
	}
	const most = 12
	switch n := len(places); {
	case n == 0:
		return nil
	case n > most:
		places = append(places[:most], fmt.Sprintf("%d more", n-most))
	}
	return fmt.Errorf("%s: still %q, write: %s", path, undone, strings.Join(places, ", "))
}

func (w Waiver) check(now time.Time) error {
	for _, field := range []struct{ name, value string }{
		{"behaviour", w.Behaviour}, {"reason", w.Reason}, {"owner", w.Owner}, {"expires", w.Expires},
	} {
		switch {
		case strings.TrimSpace(field.value) == "":
			return fmt.Errorf("the waiver has no %s", field.name)
		case strings.Contains(field.value, undone):
			return fmt.Errorf("%s is still %q; write it", field.name, field.value)
		}
	}
	last, err := time.Parse(day, w.Expires)
	if err != nil {
		return fmt.Errorf("expires is %q; want a day such as 2027-01-31", w.Expires)
	}
	if now.UTC().After(last.AddDate(0, 0, 1)) {
		return fmt.Errorf("the waiver of %s expired on %s; mend the behaviour, or ask %s for another date",
			w.Behaviour, w.Expires, w.Owner)
	}
	return nil
}

// Options are the waivers as the suite takes them.
func (f File) Options() []suites.Waiver {
	var options []suites.Waiver
	for _, waiver := range f.waivers {
		options = append(options, waiver.option())
	}
	return options
}

func (w Waiver) option() suites.Waiver {
	note := fmt.Sprintf("%s (%s, until %s)", strings.Join(strings.Fields(w.Reason), " "), w.Owner, w.Expires)
	if w.Link != "" {
		note += " " + w.Link
	}
	return suites.Waiver{Behaviour: w.Behaviour, Bindings: w.Bindings, Note: note}
}

// Stale says of each waiver that a run did not need where it stands, a line
// each: what it names holds. Of a saved run the file may not be there any more.
func (f File) Stale(run *report.Run) []string {
	var lines []string
	for i, told := range run.Waivers {
		if !told.Unneeded() {
			continue
		}
		place := ""
		if i < len(f.waivers) {
			place = fmt.Sprintf("%s:%d: ", f.path, f.waivers[i].line)
		}
		lines = append(lines, place+"the waiver of "+told.Behaviour+" is no longer needed: all that it names passed; delete it")
	}
	return lines
}
