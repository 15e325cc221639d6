package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/reporters/diff"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
	"session-conformance/suites/ledger"
)

func newDiffCommand() *cobra.Command {
	var asJSON, allowVanished bool
	command := &cobra.Command{
		Use:   "diff OLD.json NEW.json",
		Short: "Say what changed between two saved runs",
		Long: `Say which behaviours fail that did not before, which hold again, which were not
judged any more, and which are new or have vanished. Nothing is sent to any
server.

The exit code is 1 if something fails that did not before, else 0. What is not in the
newer run any more counts as well, unless both runs were filtered alike.`,
		Example: "  conformance diff main.json branch.json",
		Args: func(command *cobra.Command, arguments []string) error {
			if len(arguments) != 2 {
				return usagef("want two saved runs, the older first; see %s --help", command.CommandPath())
			}
			return nil
		},
		RunE: func(command *cobra.Command, arguments []string) error {
			return compare(command, arguments[0], arguments[1], asJSON, allowVanished)
		},
	}
	command.Flags().BoolVar(&allowVanished, "allow-vanished", false, "do not mind what is not in the newer run any more")
	command.Flags().BoolVar(&asJSON, "json", false, "print the changes as JSON")
	return command
}

func compare(command *cobra.Command, older, newer string, asJSON, allowVanished bool) error {
	before, err := readRun(older)
	if err != nil {
		return err
	}
	after, err := readRun(newer)
	if err != nil {
		return err
	}
	changes := diff.Compare(before, after)
	changes.Vanished = slices.DeleteFunc(changes.Vanished, isJudgedByAnother)
	text := changeList(changes)
	if asJSON {
		data, err := json.MarshalIndent(changes, "", "  ")
		if err != nil {
			return err
		}
		text = string(data) + "\n"
	}
	if err := printText(command, text); err != nil {
		return err
	}
	lost := diff.Lost(before, after, changes)
	switch {
	case len(changes.Regressions) > 0:
		return exitError{code: report.NotConformant.ExitCode()}
	case len(lost) > 0 && !allowVanished:
		return exitError{report.NotConformant.ExitCode(), fmt.Sprintf(
			"%d results that were judged have vanished; --allow-vanished does not mind", len(lost))}
	}
	return nil
}

// changeList names every change, what must be mended first, and ends with the
// counts in one line.
func changeList(d diff.Difference) string {
	var out strings.Builder
	var counts []string
	for _, part := range []struct {
		heading, words string
		changes        []diff.Change
	}{
		{"Regressions", "regressions", d.Regressions},
		{"Fixed", "fixed", d.Fixes},
		{"Not judged any more", "not judged any more", d.Unjudged},
		{"Vanished", "vanished", d.Vanished},
		{"New", "new", d.New},
	} {
		counts = append(counts, fmt.Sprintf("%d %s", len(part.changes), part.words))
		if len(part.changes) == 0 {
			continue
		}
		fmt.Fprintf(&out, "%s (%d)\n", part.heading, len(part.changes))
		for _, change := range part.changes {
			fmt.Fprintf(&out, "  %-6s %s [%s] %s\n", change.Level, visible.Text(change.ID),
				visible.Text(change.Variant), transition(change))
			if change.After != "" && change.Message != "" && part.heading == "Regressions" {
				fmt.Fprintf(&out, "         %s\n", visible.FirstLine(change.Message, changeWidth))
			}
		}
		out.WriteString("\n")
	}
	fmt.Fprintf(&out, "%s, %d as before\n", strings.Join(counts, ", "), d.Same)
	return out.String()
}

// changeWidth cuts the first line of a message, in characters.
const changeWidth = 100

func transition(change diff.Change) string {
	switch {
	case change.Before == "":
		return string(change.After)
	case change.After == "":
		return "was " + string(change.Before)
	}
	return fmt.Sprintf("%s, was %s", change.After, change.Before)
}

// isJudgedByAnother says whether the behaviour is not in the newer run since the suite
// gave it up for another one: that loses nothing.
func isJudgedByAnother(change diff.Change) bool { return ledger.Current(change.ID) != change.ID }
