package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
	"session-conformance/suites"
	"session-conformance/suites/trial"
)

// completions say how the values of a flag are completed, by its name. Any
// other flag takes a file if its usage says so, and else what only the user
// knows.
var completions = map[string]cobra.CompletionFunc{
	"claim":     several(shownBindings...),
	"binding":   several(shownBindings...),
	"level":     several("MUST", "SHOULD", "UNDOCUMENTED"),
	"service":   severalOf(func(entry suites.Entry) string { return entry.Service }),
	"operation": severalOf(func(entry suites.Entry) string { return entry.Operation }),
	"release":   completeRelease,
	"focus":     completeID,
	"mutant":    completeMutant,
}

// argumentCompletions say the same of the arguments of a command.
var argumentCompletions = map[string]cobra.CompletionFunc{
	"conformance explain":      completeID,
	"conformance report":       completeSavedRun,
	"conformance diff":         completeSavedRun,
	"conformance merge":        completeSavedRun,
	"conformance waivers init": completeSavedRun,
}

// addCompletion adds the command that writes the scripts for shells, and has
// the command and all below it complete their flags and arguments.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	if scripts, _, err := root.Find([]string{"completion"}); err == nil {
		refuseArguments(scripts)
	}
	completeAll(root)
}

// refuseArguments has the command and those below it say that an argument is
// wrong usage; cobra shows its help, or calls it a fault.
func refuseArguments(command *cobra.Command) {
	command.Args = noArguments
	if !command.Runnable() {
		command.RunE = func(*cobra.Command, []string) error { return command.Help() }
	}
	for _, below := range command.Commands() {
		refuseArguments(below)
	}
}

func completeAll(command *cobra.Command) {
	if command.ValidArgsFunction == nil {
		command.ValidArgsFunction = argumentCompletions[command.CommandPath()]
	}
	if command.ValidArgsFunction == nil && !command.HasSubCommands() {
		command.ValidArgsFunction = cobra.NoFileCompletions
	}
	command.NonInheritedFlags().VisitAll(func(flag *pflag.Flag) {
		if function := completionOf(flag); function != nil {
			// It fails only if there is no such flag, or if it is completed already.
			_ = command.RegisterFlagCompletionFunc(flag.Name, function)
		}
	})
	for _, below := range command.Commands() {
		completeAll(below)
	}
}

// completionOf is nil for a file, which shells complete by themselves.
func completionOf(flag *pflag.Flag) cobra.CompletionFunc {
	if function := completions[flag.Name]; function != nil {
		return function
	}
	switch value, _ := pflag.UnquoteUsage(flag); value {
	case "FILE":
		return nil
	case "DIR":
		return completeFolder
	}
	return cobra.NoFileCompletions
}

// several completes the last of the values in a list with commas by one that
// is not in it yet.
func several(values ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		before := begun[:strings.LastIndex(begun, ",")+1]
		given := strings.Split(before, ",")
		var found []cobra.Completion
		for _, value := range values {
			if strings.HasPrefix(before+value, begun) && !slices.Contains(given, value) {
				found = append(found, before+value)
			}
		}
		return found, cobra.ShellCompDirectiveNoFileComp
	}
}

// severalOf completes a list with what the behaviours have.
func severalOf(of func(suites.Entry) string) cobra.CompletionFunc {
	return func(command *cobra.Command, arguments []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		entries, err := suites.List(suites.Filter{})
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var values []string
		for _, entry := range entries {
			values = append(values, of(entry))
		}
		slices.Sort(values)
		return several(slices.Compact(values)...)(command, arguments, begun)
	}
}

// completeRelease offers auto only where it is what the flag begins with.
func completeRelease(command *cobra.Command, arguments []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	releases := fake.Releases()
	if command.Flags().Lookup("release").DefValue == "auto" {
		releases = append([]string{"auto"}, releases...)
	}
	return several(releases...)(command, arguments, begun)
}

// completeMutant offers the servers that selftest knows, with what they do.
func completeMutant(command *cobra.Command, _ []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	entries, err := suites.List(suites.Filter{})
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var found []cobra.Completion
	offer := func(name, says string) {
		if strings.HasPrefix(name, begun) {
			found = append(found, cobra.CompletionWithDesc(name, says))
		}
	}
	cases, _ := trial.Cases(entries, mutants.All())
	for _, one := range cases {
		offer(one.String(), one.Breaks)
	}
	if command.Name() == "selftest" {
		for _, one := range trial.Servers() {
			offer(one.String(), one.Says)
		}
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}

// completeID offers the ids of the behaviours with what they promise.
func completeID(_ *cobra.Command, given []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	entries, err := suites.List(suites.Filter{})
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var found []cobra.Completion
	for _, entry := range entries {
		if strings.HasPrefix(entry.ID, begun) && !slices.Contains(given, entry.ID) {
			found = append(found, cobra.CompletionWithDesc(entry.ID, entry.Promise))
		}
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}

func completeSavedRun(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return []cobra.Completion{"json"}, cobra.ShellCompDirectiveFilterFileExt
}

func completeFolder(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}
