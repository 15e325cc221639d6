package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/reporters/cells"
	"session-conformance/suites"
)

func newExplainCommand() *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use:   "explain ID...",
		Short: "Explain a behaviour: what the documents say, and what is sent",
		Long: `Explain a behaviour: what the documents say of it, where, and how strongly; the
request as curl in each binding; where its spec is, and what to look at when it
fails. The beginning of ids, such as download_session.cancel, lists all below it.`,
		Example: `  conformance explain download_session.cancel.not_active
  conformance explain update_session.complete
  conformance explain update_session.complete --json`,
		Args: someIDs,
		RunE: func(command *cobra.Command, ids []string) error { return explain(command, ids, asJSON) },
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print it as JSON, as list --json does")
	return command
}

func someIDs(_ *cobra.Command, arguments []string) error {
	if len(arguments) == 0 {
		return usagef("explain needs the id of a behaviour; conformance list shows them")
	}
	return nil
}

// explain prints nothing unless it knows all of the ids.
func explain(command *cobra.Command, ids []string, asJSON bool) error {
	var parts []string
	var all []suites.Entry
	for _, id := range ids {
		entries, err := explained(id)
		if err != nil {
			return err
		}
		all = append(all, entries...)
		if len(entries) == 1 {
			parts = append(parts, explanation(entries[0], styleOf(command.OutOrStdout()).Width))
			continue
		}
		parts = append(parts, entryTable(entries))
	}
	if asJSON {
		return printedAsJSON(command, all)
	}
	return printText(command, strings.Join(parts, "\n"))
}

// explained adds to the error of an id that there is not which one may be meant.
func explained(id string) ([]suites.Entry, error) {
	entries, err := suites.Explain(id)
	if !errors.Is(err, suites.ErrNoBehaviour) {
		return entries, err
	}
	all, listed := suites.List(suites.Filter{})
	if listed != nil {
		return nil, listed
	}
	ids := make([]string, 0, len(all))
	for _, entry := range all {
		ids = append(ids, entry.ID)
	}
	if near := nearestIDs(id, ids); len(near) > 0 {
		return nil, usagef("%v; did you mean %s?", err, strings.Join(near, " or "))
	}
	return nil, usagef("%v; conformance list shows them", err)
}

const (
	// nameColumn is where the values of the fields begin, behind the indent.
	nameColumn = 10
	// keyColumn holds the longest key of a source.
	keyColumn = 8
)

// sheet is the explanation of one behaviour.
type sheet struct {
	strings.Builder
	width int
}

func explanation(entry suites.Entry, width int) string {
	s := &sheet{width: max(width, 2*nameColumn)}
	s.line(entry.ID)
	s.line("  " + entry.Promise)
	s.line("")
	s.prose("clause", entry.Clause)
	s.levels(entry.Bindings)
	s.prose("control", entry.Control)
	s.prose("look at", entry.LookAt)
	s.sources(entry)
	s.prose("excluded", entry.Excluded)
	s.field("spec", entry.Location)
	if entry.Excluded == "" {
		s.field("run", entry.Command)
		s.field("", "(with --target URL --username NAME to judge a server)")
	}
	for _, one := range entry.Bindings {
		s.request(entry, one)
	}
	return s.String()
}

func (s *sheet) line(text string) { s.WriteString(strings.TrimRight(text, " ") + "\n") }

// field writes a value as it is, so that it can be copied; an empty one is
// left out.
func (s *sheet) field(name, value string) {
	if value != "" {
		s.line(fmt.Sprintf("  %-*s%s", nameColumn, name, value))
	}
}

// prose writes a text that may need several lines.
func (s *sheet) prose(name, text string) {
	if text == "" {
		return
	}
	for _, line := range cells.Wrap(text, s.width-nameColumn-2) {
		s.field(name, line)
		name = ""
	}
}

func (s *sheet) levels(bindings []suites.EntryBinding) {
	name := "levels"
	for _, one := range bindings {
		text := fmt.Sprintf("%-7s %s", one.Binding, one.Level)
		if one.Since != "" {
			text += ", since " + one.Since
		}
		if one.Until != "" {
			text += ", until " + one.Until
		}
		s.field(name, text)
		name = ""
		if len(one.Variants) > 1 {
			s.prose("", "in "+strings.Join(one.Variants, ", "))
		}
	}
}

func (s *sheet) sources(entry suites.Entry) {
	name := "sources"
	for _, source := range entry.Sources {
		key := source.Key
		for _, line := range append(cells.Wrap(source.Title, s.width-nameColumn-keyColumn-2), source.Address) {
			s.field(name, fmt.Sprintf("%-*s%s", keyColumn, key, line))
			name, key = "", ""
		}
	}
}

func (s *sheet) request(entry suites.Entry, one suites.EntryBinding) {
	s.line("")
	title := "  request in " + one.Binding
	if entry.Operation == "*" {
		title += ", any operation will do, such as " + one.Operation
	}
	s.line(title)
	for line := range strings.SplitSeq(one.Request, "\n") {
		s.line("    " + line)
	}
}
