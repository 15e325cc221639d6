package suites

import (
	"errors"
	"fmt"
	"strings"

	"session-conformance/suites/ledger"
)

// ErrNoBehaviour says that no behaviour has an id, nor one below it.
var ErrNoBehaviour = errors.New("there is no behaviour")

// Explain returns the behaviour of the id or, for the beginning of ids such as
// download_session.cancel, all below it. The error for one that there is not is
// ErrNoBehaviour, or names the behaviour that took its place.
func Explain(id string) ([]Entry, error) {
	all, err := List(Filter{})
	if err != nil {
		return nil, err
	}
	var below []Entry
	for _, entry := range all {
		if entry.ID == id {
			return []Entry{entry}, nil
		}
		if strings.HasPrefix(entry.ID, id+".") {
			below = append(below, entry)
		}
	}
	if len(below) > 0 {
		return below, nil
	}
	if now := ledger.Current(id); now != id {
		return nil, wrong("", "", "there is no behaviour %q any more; %s judges what it did", id, now)
	}
	return nil, fmt.Errorf("%w %q", ErrNoBehaviour, id)
}
