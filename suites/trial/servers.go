package trial

import (
	"context"
	"fmt"
	"strings"
	"time"

	"session-conformance/fixtures/different"
	"session-conformance/fixtures/hostile"
	"session-conformance/fixtures/mutants/fault"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
	"session-conformance/suites"
)

// Kind is what a server that is no mutant proves.
type Kind string

// The kinds.
const (
	// Null servers answer without having understood the question: nothing
	// passes on them.
	Null Kind = "null"
	// Hostile servers answer so that a careless client hangs or dies: a behaviour
	// that meets one ends in time and names the cause.
	Hostile Kind = "hostile"
	// Between servers are right and behind something that happens in the field: they
	// conform, and nothing is left on them.
	Between Kind = "between"
	// Right servers differ in what the documents leave open: all conform.
	Right Kind = "right"
)

// Server is a server that is no mutant, and how it is judged.
type Server struct {
	Kind Kind
	Name string
	// Says is what the server does, as a predicate.
	Says string
	// whole says that it is judged by all behaviours.
	whole bool
	// judge returns the run, and what is wrong with it; empty is nothing.
	judge func(ctx context.Context, exchanges bool) (run *report.Run, problem string)
}

// ServerFinding is one such server, judged.
type ServerFinding struct {
	Kind Kind   `json:"kind"`
	Name string `json:"name"`
	Says string `json:"says"`
	// Held says that the suite judged it as it must.
	Held bool `json:"held"`
	// Problem says what it did instead.
	Problem    string  `json:"problem,omitempty"`
	Judged     int     `json:"judged"`
	DurationMS float64 `json:"duration_ms"`
}

// Servers lists all servers that are no mutants. The null ones come first: one
// that is silent takes longest, at no cost.
func Servers() []Server {
	var all []Server
	for _, null := range hostile.Null() {
		all = append(all, Server{Null, null.Name, null.Says, true, func(ctx context.Context, exchanges bool) (*report.Run, string) {
			return judgeNull(ctx, null, exchanges)
		}})
	}
	for _, difference := range different.Servers() {
		all = append(all, Server{Right, difference.Name, difference.Breaks, true,
			func(ctx context.Context, exchanges bool) (*report.Run, string) {
				return judgeRight(ctx, difference, exchanges)
			}})
	}
	for _, server := range hostile.Servers() {
		all = append(all, Server{Hostile, server.Name, server.Says, false,
			func(ctx context.Context, exchanges bool) (*report.Run, string) {
				return judgeHostile(ctx, server, exchanges)
			}})
	}
	return append(all, betweens()...)
}

// String names the server: "right.slow".
func (s Server) String() string { return string(s.Kind) + "." + s.Name }

// Explain says in one line how the server was judged.
func (f ServerFinding) Explain() string {
	if f.Held {
		return "judged as it must be"
	}
	return f.Problem
}

// Judge judges the server; the run has exchanges only if somebody will read them.
func (s Server) Judge(ctx context.Context, exchanges bool) (ServerFinding, *report.Run) {
	began := time.Now()
	run, problem := s.judge(ctx, exchanges)
	finding := ServerFinding{Kind: s.Kind, Name: s.Name, Says: s.Says, Held: problem == "", Problem: problem}
	if run != nil {
		finding.Judged = run.Counts.Total - run.Counts.Skipped
	}
	finding.DurationMS = milliseconds(time.Since(began))
	return finding, run
}

// judgeRight judges a server that is right, by all behaviours and strictly.
func judgeRight(ctx context.Context, server fault.Mutant, exchanges bool) (*report.Run, string) {
	run, err := Case{Mutant: server}.judge(ctx, nil, exchanges)
	switch {
	case err != nil:
		return nil, err.Error()
	case run.Verdict == report.Conformant:
		return run, ""
	}
	for _, result := range run.Results {
		if result.Outcome.Decides() || result.Outcome == report.Blocked {
			return run, fmt.Sprintf("%s; first %s [%s]: %s", run.Summary, result.ID, result.VariantName(),
				visible.FirstLine(result.Message, messageWidth))
		}
	}
	return run, run.Summary
}

// judgeNull judges a server without a login, by all behaviours, so that none
// passes because it was not tried.
func judgeNull(ctx context.Context, null hostile.NullServer, exchanges bool) (*report.Run, string) {
	target, end, err := null.Start(ctx)
	if err != nil {
		return nil, err.Error()
	}
	defer end()
	options := withoutLogin(target, exchanges)
	options.Timeout, options.LongestWait, options.Parallel = 4*impatient, impatient/4, wholeParallel
	run, err := suites.Run(ctx, options)
	if err != nil {
		return nil, err.Error()
	}
	for _, result := range run.Results {
		if result.Outcome == report.Passed || result.Outcome == report.Fault {
			return run, fmt.Sprintf("%s [%s] %s", result.ID, result.VariantName(), result.Outcome)
		}
	}
	if run.Verdict == report.Conformant {
		return run, run.Summary
	}
	return run, ""
}

// judgeHostile judges a server by the behaviour that meets it or, if none is
// sure to, by those of a whole service.
func judgeHostile(ctx context.Context, server hostile.Server, exchanges bool) (*report.Run, string) {
	target, end, err := server.Start(ctx)
	if err != nil {
		return nil, err.Error()
	}
	defer end()
	options := withoutLogin(target, exchanges)
	if server.LooksFine {
		options.SessionID, options.LibraryItems = "", nil
		options.Username, options.Password = hostile.User, hostile.Password
	}
	options.RequestTimeout = server.RequestTimeout()
	options.Choose = func(choice suites.Choice) bool {
		met := choice.ID == server.MetBy || server.MetBy == "" && choice.Service == "download_session"
		return met && choice.Binding == "api"
	}
	run, err := suites.Run(ctx, options)
	if err != nil {
		return nil, err.Error()
	}
	return run, hostileProblem(server, run)
}

// hostileProblem says what is wrong with the outcome of the behaviour that met a
// hostile server.
func hostileProblem(server hostile.Server, run *report.Run) string {
	said := run.Summary
	for _, result := range run.Results {
		said += "\n" + result.Message
		took := time.Duration(result.DurationMS * float64(time.Millisecond))
		switch {
		case took > server.RequestTimeout()+grace:
			return fmt.Sprintf("%s took %s", result.ID, took.Round(time.Millisecond))
		case server.MetBy != "" && server.Cause != "" && result.Outcome == report.Passed,
			server.Cause == "" && result.Outcome == report.Failed, result.Outcome == report.Fault:
			return fmt.Sprintf("%s %s", result.ID, result.Outcome)
		}
	}
	if !strings.Contains(said, server.Cause) {
		return fmt.Sprintf("nothing names the cause %q: %s", server.Cause, said)
	}
	return ""
}

// How null and hostile servers are judged: who does not answer at once, on the
// same machine, does not answer.
const (
	impatient = 500 * time.Millisecond
	// grace is what a behaviour may take beyond the time of its one request: a
	// hang takes for ever, and the machine may have more to do.
	grace = 10 * time.Second
)

// withoutLogin are options that need nothing of the target but its address.
func withoutLogin(target string, exchanges bool) suites.Options {
	options := common(target, "", exchanges)
	options.SessionID, options.LibraryItems, options.SubscribedItem = "token", []string{"item-1", "item-2"}, "item-3"
	options.RequestTimeout = impatient
	return options
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
