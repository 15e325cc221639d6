// Package markdown writes a run as GitHub Flavored Markdown, for the summary of
// a job.
//
// What decides comes first: the verdict, the counts, and the matrix of
// operations and bindings. Then comes a card for each failure, folded.
package markdown

import (
	"fmt"
	"io"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

// limit is below the 1 MiB that GitHub takes of one step, above which it shows
// nothing at all; the rest is room for what else the step writes.
const limit = 1_000_000

// maxNamed is how many of the cards that do not fit are named.
const maxNamed = 200

// Write writes the run; the same run gives the same bytes.
func Write(w io.Writer, run *report.Run) error {
	sorted := results.Sorted(run.Results)
	failing, warned, orphans := card.Cards(sorted)
	head, tail := headOf(run), notesOf(run, sorted, orphans)
	room := limit - len(head) - len(tail)
	failures, room := section("Failures", run, failing, room)
	warnings, _ := section("Warnings", run, warned, room)
	_, err := io.WriteString(w, head+failures+warnings+tail)
	return err
}

// section has a card after the other as long as there is room, of which it
// returns what is left. The cards that do not fit are named.
func section(name string, run *report.Run, cards []card.Card, room int) (text string, left int) {
	if len(cards) == 0 {
		return "", room
	}
	var out strings.Builder
	fmt.Fprintf(&out, "### %s (%s)\n\n", name, results.Different(cards))
	for i, one := range cards {
		text := cardOf(run, one)
		if rest := namesOf(cards[i:]); out.Len()+len(text)+len(rest) > room {
			out.WriteString(rest)
			break
		}
		out.WriteString(text)
	}
	return out.String(), room - out.Len()
}

func namesOf(cards []card.Card) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d more would make this summary longer than GitHub takes; the other reports have them:\n\n", len(cards))
	for i, one := range cards {
		if i == maxNamed {
			fmt.Fprintf(&out, "- and %d more\n", len(cards)-maxNamed)
			break
		}
		out.WriteString("- " + nameOf(one.Results) + "\n")
	}
	return out.String() + "\n"
}
