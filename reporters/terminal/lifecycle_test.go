package terminal

import (
	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func explored(*WithT) *report.Run      { return reporttest.Explored() }
func clashing(*WithT) *report.Run      { return reporttest.Clashing() }
func claiming(*WithT) *report.Run      { return reporttest.Claiming() }
func exploredWrong(*WithT) *report.Run { return reporttest.ExploredWrong() }

// replayed is a history of three steps, of which the second deviates.
func replayed(*WithT) *report.Run {
	run := reporttest.Explored()
	run.Verdict, run.Summary = report.NotConformant, "not conformant: in a history that deviates in step 2 of 3, 1 failed"
	run.Exploration.Replay = []report.ReplayStep{
		{Step: "download_session.create session 1 item 1 (api)", Expected: "success", Got: "201"},
		{Step: "download_session.get session 1 (api)", Expected: "success, state ACTIVE", Got: "200, state " + reporttest.Hostile, Deviates: true},
		{Step: "download_session.cancel session 1 (api)", Expected: "success"},
	}
	return run
}
