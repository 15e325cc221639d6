package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"session-conformance/reporters/report"
	"session-conformance/reporters/reproduce"
)

// unrepeated are the flags that are about one run and not about its target: what
// chooses behaviours, what bounds the whole, and where reports go.
var unrepeated = []string{
	configFlag, "label-filter", "focus", "skip", "rerun", shardFlag, "seed", exploreFlag, "explore-for",
	racesFlag, "requests", "for", "replay", "save", "map", "fail-fast", "deadline", "wait", "waivers", "guide", "plan",
	watchFlag, "exchanges",
}

// again is how the target of this command is asked again.
func again(command *cobra.Command) report.Again {
	var flags runFlags
	var common, reports pflag.FlagSet
	flags.registerTarget(&common)
	flags.registerSetUp(&common)
	flags.reports.register(&reports)
	var forRun, forExplore []string
	command.Flags().VisitAll(func(flag *pflag.Flag) {
		words := wordsOf(flag)
		if !flag.Changed || slices.Contains(unrepeated, flag.Name) || flag.Name == "events" ||
			reports.Lookup(flag.Name) != nil || len(words) == 0 {
			return
		}
		forRun = append(forRun, words...)
		if common.Lookup(flag.Name) != nil {
			forExplore = append(forExplore, words...)
		}
	})
	return report.Again{Run: strings.Join(forRun, " "), Explore: strings.Join(forExplore, " ")}
}

// wordsOf are the words of a shell that set the flag as it is set.
func wordsOf(flag *pflag.Flag) []string {
	name := "--" + flag.Name
	if secrets[flag.Name] {
		return []string{name, `"$` + variable(flag.Name) + `"`}
	}
	if many, takesMany := flag.Value.(pflag.SliceValue); takesMany {
		var words []string
		for _, value := range many.GetSlice() {
			words = append(words, name, reproduce.Quote(value))
		}
		return words
	}
	switch value := flag.Value.String(); {
	case flag.Value.Type() != "bool":
		return []string{name, reproduce.Quote(value)}
	case value == "true":
		return []string{name}
	}
	return nil
}
