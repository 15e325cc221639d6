package explore

import (
	"errors"
	"fmt"
	"strings"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// The lines that part a race: what comes before the first leads to it.
const (
	together = "at once:"
	later    = "a moment later:"
	then     = "afterwards:"
)

// Race is what clients do at once, as text has it.
type Race struct {
	// items are the numbers of the bytes that the files of the item hold.
	items   [model.MaxFiles]int16
	meeting meeting
}

// IsRace says whether the text is one of a race, and not of a history.
func IsRace(text string) bool {
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == together {
			return true
		}
	}
	return false
}

// textOf writes the meeting on an item with the files:
//
//	item 1 holds file 1 content 1
//	download_session.create session 1 item 1 (api)
//	at once:
//	download_session.cancel session 1 (api)
//	download_session.cancel session 1 (rest)
//	afterwards:
//	download_session.get session 1 (api)
func textOf(m meeting, files [model.MaxFiles]int16) string {
	before := Script{Steps: m.before}
	before.Items[0] = files
	early := len(m.clients) - m.late
	text := before.String()
	for _, part := range []struct {
		heading string
		steps   []Step
	}{{together, m.clients[:early]}, {later, m.clients[early:]}, {then, m.looks}} {
		if len(part.steps) > 0 {
			text += part.heading + "\n" + Script{Steps: part.steps}.String()
		}
	}
	return text
}

// ReadRace reads a race as a clash has it; empty lines and those that begin with #
// say nothing.
func ReadRace(text string) (Race, error) {
	parts := map[string]*Script{"": {}, together: {}, later: {}, then: {}}
	part := parts[""]
	err := readLines(strings.NewReader(text), func(line string) error {
		if next, isHeading := parts[line]; isHeading {
			part = next
			return nil
		}
		return part.read(line)
	})
	if err != nil {
		return Race{}, err
	}
	m := meeting{
		before: parts[""].Steps, clients: append(parts[together].Steps, parts[later].Steps...),
		looks: parts[then].Steps, late: len(parts[later].Steps),
	}
	race := Race{items: parts[""].Items[0], meeting: m}
	return race, race.prepare()
}

// prepare finds out what the race is about.
func (r *Race) prepare() error {
	m := &r.meeting
	if len(m.clients) < 2 || m.late == len(m.clients) {
		return errors.New("a race needs two steps at once")
	}
	if len(m.clients) > mostClients {
		return fmt.Errorf("a race has at most %d steps at once", mostClients)
	}
	m.race.service = model.DownloadSession
	for _, step := range m.steps() {
		if strings.HasPrefix(step.Name, families[model.UpdateSession]) {
			m.race.service = model.UpdateSession
		}
		if step.Name == model.UpdateSession+".complete" {
			m.race.clients = operations{complete}
		}
		m.bindings = append(m.bindings, step.Variant.Binding)
	}
	return nil
}

// mostClients bounds the orders that are looked through.
const mostClients = 10

// steps are all of the meeting.
func (m meeting) steps() (all []Step) {
	for _, part := range [][]Step{m.before, m.clients, m.looks} {
		all = append(all, part...)
	}
	return all
}

// Unserved is the first variant of the race that the target does not serve.
func (r Race) Unserved(serves func(wire.Variant) bool) (wire.Variant, bool) {
	return Script{Steps: r.meeting.steps()}.Unserved(serves)
}
