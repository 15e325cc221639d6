package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/suites"
	"session-conformance/suites/variant"
)

// listFlags are the flags of list.
type listFlags struct {
	filter suites.Filter
	json   bool
}

func newListCommand() *cobra.Command {
	flags := &listFlags{}
	command := &cobra.Command{
		Use:   "list",
		Short: "List the behaviours that are checked, with their levels",
		Long: `List the behaviours that are checked, each with its level in the bindings api,
rest and legacy. MUST decides, SHOULD warns, UNDOCUMENTED is observed and never
judged; "-" is where a behaviour does not apply or was not chosen.`,
		Example: `  conformance list
  conformance list --service update_session --operation complete
  conformance list --binding rest --level MUST
  conformance list --label-filter 'api && !protocol' --json`,
		RunE: func(command *cobra.Command, _ []string) error { return flags.run(command) },
	}
	set, f := command.Flags(), &flags.filter
	set.SortFlags = false
	set.StringSliceVar(&f.Services, "service", nil, "only those of `SERVICES` such as download_session,update_session")
	set.StringSliceVar(&f.Operations, "operation", nil, "only those of `OPERATIONS` such as create,keep_alive")
	set.StringSliceVar(&f.Bindings, "binding", nil, "only in `BINDINGS`, of api,rest,legacy")
	set.StringSliceVar(&f.Levels, "level", nil, "only with `LEVELS`, of MUST,SHOULD,UNDOCUMENTED")
	set.StringVar(&f.LabelFilter, "label-filter", "", "only those that run with this `QUERY` takes, such as 'api && MUST'")
	set.StringArrayVar(&f.Focus, "focus", nil, "only those that run with this `REGEXP` takes, such as an id (repeatable)")
	set.BoolVar(&flags.json, "json", false, "print all that explain tells of each, as JSON")
	return command
}

func (f *listFlags) run(command *cobra.Command) error {
	for i, level := range f.filter.Levels {
		f.filter.Levels[i] = strings.ToUpper(level)
	}
	entries, err := suites.List(f.filter)
	if err != nil {
		return err
	}
	if !f.json {
		return printText(command, entryTable(entries)+entryCounts(entries))
	}
	return printedAsJSON(command, entries)
}

func printedAsJSON(command *cobra.Command, value any) error {
	encoder := json.NewEncoder(command.OutOrStdout())
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return writing(encoder.Encode(value))
}

// printText writes text to the command's standard output.
func printText(command *cobra.Command, text string) error {
	_, err := io.WriteString(command.OutOrStdout(), text)
	return writing(err)
}

func writing(err error) error {
	if err != nil {
		return fmt.Errorf("write to stdout: %w", err)
	}
	return nil
}

// shownBindings are the columns of the table, newest first.
var shownBindings = variant.BindingNames()

const (
	// idColumn holds the longest id; with the levels a line has 76 columns.
	idColumn    = 54
	levelColumn = 8
)

// shortLevels are the levels that do not fit their column.
var shortLevels = map[string]string{"UNDOCUMENTED": "UNDOC."}

// entryTable has two lines for each entry: id and levels, then the promise.
func entryTable(entries []suites.Entry) string {
	var out strings.Builder
	row := func(id string, cells []string) {
		line := fmt.Sprintf("%-*s", idColumn, id)
		for _, cell := range cells {
			line += fmt.Sprintf("%-*s", levelColumn, cell)
		}
		out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	row("", shownBindings)
	for _, entry := range entries {
		var cells []string
		for _, name := range shownBindings {
			cells = append(cells, levelIn(entry, name))
		}
		row(entry.ID, cells)
		out.WriteString("  " + entry.Promise + "\n")
		if entry.Excluded != "" {
			out.WriteString("  excluded: " + entry.Excluded + "\n")
		}
	}
	return out.String()
}

func levelIn(entry suites.Entry, binding string) string {
	for _, one := range entry.Bindings {
		if one.Binding != binding {
			continue
		}
		if short, long := shortLevels[one.Level]; long {
			return short
		}
		return one.Level
	}
	return "-"
}

// entryCounts is the last line of the list.
func entryCounts(entries []suites.Entry) string {
	counts := map[string]int{}
	for _, entry := range entries {
		for _, one := range entry.Bindings {
			counts[one.Binding]++
		}
	}
	var parts []string
	for _, name := range shownBindings {
		parts = append(parts, fmt.Sprintf("%s %d", name, counts[name]))
	}
	noun := "behaviours"
	if len(entries) == 1 {
		noun = "behaviour"
	}
	return fmt.Sprintf("\n%d %s: %s\nconformance explain ID tells all about one\n", len(entries), noun, strings.Join(parts, ", "))
}
