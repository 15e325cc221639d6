package trial

import (
	"context"
	"fmt"
	"time"

	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
)

// Kind is what a server that is no mutant proves.
type Kind string

// The kinds.
const (
	// Right servers differ in what the documents leave open: all conform.
	Right Kind = "right"
)

// Server is a server that is no mutant, and how it is judged.
type Server struct {
	Kind Kind
	Name string
	// Says is what the server does, as a predicate.
	Says string
	// judge returns the run, and what is wrong with it; empty is nothing.
	judge func(ctx context.Context) (run *report.Run, problem string)
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

// Servers lists all servers that are no mutants.
func Servers() []Server {
	var all []Server
	for _, difference := range mutants.Different() {
		all = append(all, Server{Kind: Right, Name: difference.Name, Says: difference.Breaks, judge: func(ctx context.Context) (*report.Run, string) {
			return judgeRight(ctx, difference)
		}})
	}
	return all
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

// Judge judges the server.
func (s Server) Judge(ctx context.Context) (ServerFinding, *report.Run) {
	began := time.Now()
	run, problem := s.judge(ctx)
	finding := ServerFinding{Kind: s.Kind, Name: s.Name, Says: s.Says, Held: problem == "", Problem: problem}
	if run != nil {
		finding.Judged = run.Counts.Total - run.Counts.Skipped
	}
	finding.DurationMS = milliseconds(time.Since(began))
	return finding, run
}

// judgeRight judges a server that is right, by all behaviours and strictly.
func judgeRight(ctx context.Context, server mutants.Mutant) (*report.Run, string) {
	run, err := Case{Mutant: server}.judge(ctx, nil)
	switch {
	case err != nil:
		return nil, err.Error()
	case run.Verdict == report.Conformant:
		return run, ""
	}
	for _, result := range run.Results {
		if result.Outcome.Decides() || result.Outcome == report.Blocked {
			return run, fmt.Sprintf("%s; first %s [%s]: %s", run.Summary, result.ID, result.VariantName(), report.FirstLine(result.Message, messageWidth))
		}
	}
	return run, run.Summary
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
