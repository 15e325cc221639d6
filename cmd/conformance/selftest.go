package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/file"
	"session-conformance/reporters/report"
	"session-conformance/reporters/terminal"
	"session-conformance/suites"
	"session-conformance/suites/trial"
)

// selftestFlags are the flags of selftest.
type selftestFlags struct {
	mutant, class, match, json, html string
	list                             bool
	parallel                         int
}

func newSelftestCommand() *cobra.Command {
	flags := &selftestFlags{}
	command := &cobra.Command{
		Use:   "selftest",
		Short: "Prove that the suite catches wrong servers, and only those",
		Long: `Judge servers that are wrong on purpose and say which of them the suite catches.

A mutant is the reference server with one documented behaviour broken, in one
binding or, of legacy, in one route and representation. It is caught when every
behaviour that was declared for it fails. Beside them stand servers that answer
every question alike, servers that are hostile, and servers that are right in
another way than the reference server, of which none may be accused.

The exit code is 0 if all of them are judged as they must be, else 1.`,
		Example: `  conformance selftest
  conformance selftest --json matrix.json --html matrix.html
  conformance selftest --list --match 'update_session\.delete'
  conformance selftest --mutant update_session.delete.active_succeeds@rest
  conformance fake --mutant update_session.delete.active_succeeds@rest`,
		RunE: func(command *cobra.Command, _ []string) error { return flags.run(command) },
	}
	set := command.Flags()
	set.SortFlags = false
	set.StringVar(&flags.mutant, "mutant", "", "judge one server by its `NAME` and show what fails")
	set.StringVar(&flags.class, "class", "", "judge the mutants of a class of their own (`NAME`: history or race)")
	set.StringVar(&flags.match, "match", "", "only the servers whose name matches `REGEXP`")
	set.BoolVar(&flags.list, "list", false, "list the servers instead of judging them")
	set.StringVar(&flags.json, "json", "", "write the matrix of mutants and behaviours as JSON to `FILE`")
	set.StringVar(&flags.html, "html", "", "write the matrix as a page to `FILE`")
	set.IntVar(&flags.parallel, "parallel", 16*runtime.GOMAXPROCS(0), "how many servers are judged at once (`N`)")
	return command
}

func (f *selftestFlags) run(command *cobra.Command) error {
	if f.parallel < 1 {
		return usagef("--parallel must be at least 1, got %d", f.parallel)
	}
	for _, saved := range []struct{ flag, path string }{{"json", f.json}, {"html", f.html}} {
		if saved.path == "" {
			continue
		}
		if err := file.CheckWritable(saved.path); err != nil {
			return usagef("--%s: %s", saved.flag, err)
		}
	}
	entries, err := suites.List(suites.Filter{})
	if err != nil {
		return err
	}
	faults, err := mutants.Class(f.class)
	if err != nil {
		return usagef("--class: %s", err)
	}
	if f.mutant != "" {
		faults = mutants.All()
	}
	cases, inapplicable := trial.Cases(entries, faults)
	servers := trial.Servers()
	if f.class != "" {
		servers = nil
	}
	if f.mutant != "" {
		return f.show(command, cases, servers)
	}
	if cases, servers, err = f.choose(cases, servers); err != nil {
		return err
	}
	if f.list {
		return printText(command, listing(cases, servers))
	}
	return f.judge(command, cases, servers, inapplicable)
}

// choose keeps the servers whose name matches --match.
func (f *selftestFlags) choose(cases []trial.Case, servers []trial.Server) ([]trial.Case, []trial.Server, error) {
	pattern, err := regexp.Compile(f.match)
	if err != nil {
		return nil, nil, usagef("--match %q is no regular expression: %s", f.match, err)
	}
	cases = slices.DeleteFunc(cases, func(c trial.Case) bool { return !pattern.MatchString(c.String()) })
	servers = slices.DeleteFunc(servers, func(s trial.Server) bool { return !pattern.MatchString(s.String()) })
	if len(cases)+len(servers) == 0 {
		return nil, nil, usagef("--match %q matches no server; conformance selftest --list shows all", f.match)
	}
	return cases, servers, nil
}

func listing(cases []trial.Case, servers []trial.Server) string {
	var out strings.Builder
	for _, c := range cases {
		fmt.Fprintf(&out, "%s\n  %s %s\n  caught by %s\n", c, c.Level, c.Breaks, strings.Join(c.Declared, ", "))
	}
	for _, s := range servers {
		fmt.Fprintf(&out, "%s\n  %s\n", s, s.Says)
	}
	fmt.Fprintf(&out, "%d mutants, %d other servers\n", len(cases), len(servers))
	return out.String()
}

// show judges one server and shows the run as a user of it would see it.
func (f *selftestFlags) show(command *cobra.Command, cases []trial.Case, servers []trial.Server) error {
	var run *report.Run
	said, err := "", error(nil)
	if at := slices.IndexFunc(cases, func(c trial.Case) bool { return c.String() == f.mutant }); at >= 0 {
		var finding trial.Finding
		finding, run, err = cases[at].Show(command.Context())
		said = fmt.Sprintf("%s %s: %s\n", f.mutant, cases[at].Breaks, finding.Explain())
	} else if at := slices.IndexFunc(servers, func(s trial.Server) bool { return s.String() == f.mutant }); at >= 0 {
		var finding trial.ServerFinding
		finding, run = servers[at].Judge(command.Context(), true)
		said = fmt.Sprintf("%s %s: %s\n", f.mutant, servers[at].Says, finding.Explain())
	} else {
		return usagef("there is no server %q; conformance selftest --list shows all", f.mutant)
	}
	if err != nil {
		return err
	}
	if run != nil {
		if err := terminal.Write(command.OutOrStdout(), run, styleOf(command.OutOrStdout())); err != nil {
			return writing(err)
		}
	}
	return printText(command, "\n"+said)
}

// judge judges all, until a signal comes.
func (f *selftestFlags) judge(command *cobra.Command, cases []trial.Case, servers []trial.Server, inapplicable int) error {
	ctx, stop := signal.NotifyContext(command.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer limitMemory(selftestMemory)()
	progress := terminal.NewProgress(command.ErrOrStderr(), isLive(command.ErrOrStderr()))
	progress.Phase(fmt.Sprintf("judging %d mutants and %d other servers", len(cases), len(servers)))
	progress.Start(len(cases) + len(servers))
	result := trial.All(ctx, cases, servers, f.parallel, progress.Done)
	progress.Close()
	if ctx.Err() != nil {
		return exitError{report.Interrupted.ExitCode(), "interrupted before all servers were judged"}
	}
	result.Version, result.Inapplicable = version(), inapplicable
	if err := f.write(result); err != nil {
		return err
	}
	if err := result.Score.Write(command.OutOrStdout()); err != nil {
		return writing(err)
	}
	if !result.Score.Perfect() {
		return exitError{code: report.NotConformant.ExitCode()}
	}
	return nil
}

func (f *selftestFlags) write(result trial.Result) error {
	for _, one := range []struct {
		flag, path string
		write      func(io.Writer) error
	}{
		{"json", f.json, func(w io.Writer) error {
			encoder := json.NewEncoder(w)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", " ")
			return encoder.Encode(result)
		}},
		{"html", f.html, result.WriteHTML},
	} {
		if one.path == "" {
			continue
		}
		if err := file.Write(one.path, one.write); err != nil {
			return exitError{exitFault, fmt.Sprintf("--%s: %s", one.flag, err)}
		}
	}
	return nil
}
