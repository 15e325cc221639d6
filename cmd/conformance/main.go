// Command conformance judges servers of the Content Library item session API.
package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// The exit codes of what has no verdict; a verdict has its own.
const (
	exitUsage = 2
	exitFault = 4
)

func main() {
	// There net/http complains of what hostile targets send; reports say it better.
	log.SetOutput(io.Discard)
	os.Exit(execute(newCommand(), os.Args[1:], os.Stderr))
}

// execute runs the command line and returns its exit code. What goes wrong is
// one line: what, where, and what to do.
func execute(root *cobra.Command, arguments []string, stderr io.Writer) (code int) {
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprintf(stderr, "conformance: %s\n", faultOf(fault))
			code = exitFault
		}
	}()
	root.SetArgs(arguments)
	root.SetErr(stderr)
	err := inFlags(root.Execute())
	var ended exitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &ended):
		if ended.text != "" {
			fmt.Fprintf(stderr, "conformance: %s\n", ended.text)
		}
		return ended.code
	case errors.As(err, new(usageError)):
		fmt.Fprintf(stderr, "conformance: %s\n", err)
		return exitUsage
	}
	fmt.Fprintf(stderr, "conformance: %s\n", err)
	return exitFault
}

// exitError ends the command with a code; an empty text says that everything
// was said.
type exitError struct {
	code int
	text string
}

func (e exitError) Error() string { return e.text }

// faultOf is the error of a panic, made where it was recovered.
func faultOf(panicked any) error {
	return exitError{exitFault, fmt.Sprintf("the suite itself failed, please report this: %v\n%s", panicked, debug.Stack())}
}

// usageError is a command line that cannot be used.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func usagef(format string, arguments ...any) error {
	return usageError{fmt.Sprintf(format, arguments...)}
}

func newCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "conformance",
		Short: "Judge servers of the Content Library item session API",
		Long: `conformance judges whether a server implements the Content Library item session
API (download sessions, update sessions and their files) as it is documented.

Try it without a server:  conformance run
Judge yours:              conformance run --target https://vc.example --username u

Exit codes: 0 conformant, 1 not conformant, 2 wrong usage, 3 target unreachable
or unusable, 4 fault of the suite, 5 conformant but something is left on the
target, 130 interrupted.`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			return command.Help()
		},
	}
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(
		newRunCommand(), newFleetCommand(), newExploreCommand(), newReportCommand(), newDiffCommand(), newMergeCommand(),
		newSiteCommand(), newSweepCommand(),
		newWaiversCommand(), newConfigCommand(),
		newListCommand(), newExplainCommand(), newFakeCommand(), newSelftestCommand(), newManCommand(), newVersionCommand(),
	)
	for _, command := range root.Commands() {
		if command.Args == nil {
			command.Args = noArguments
		}
	}
	root.Args = noArguments
	addCompletion(root)
	root.InitDefaultHelpCmd()
	if help, _, err := root.Find([]string{"help"}); err == nil {
		help.Args = knownCommand
	}
	return root
}

// noArguments refuses what cobra hands over as an argument; to the root that
// is a command that there is not.
func noArguments(command *cobra.Command, arguments []string) error {
	if len(arguments) == 0 {
		return nil
	}
	if command.HasParent() {
		return usagef("%s takes no argument %q; see %s --help", command.CommandPath(), arguments[0], command.CommandPath())
	}
	return noCommand(command, arguments[0])
}

// knownCommand refuses help about a command that there is not.
func knownCommand(command *cobra.Command, arguments []string) error {
	if _, rest, err := command.Root().Find(arguments); err != nil || len(rest) > 0 {
		return noCommand(command.Root(), arguments[0])
	}
	return nil
}

func noCommand(root *cobra.Command, name string) error {
	hint := root.CommandPath() + " --help lists them"
	// Cobra knows no distance of its own before its first search.
	root.SuggestionsMinimumDistance = 2
	if similar := root.SuggestionsFor(name); len(similar) > 0 {
		hint = "did you mean " + strings.Join(similar, " or ") + "?"
	}
	return usagef("there is no command %q; %s", name, hint)
}
