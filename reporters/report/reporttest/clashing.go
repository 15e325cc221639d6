package reporttest

import "session-conformance/reporters/report"

// Clashing is a run in which two clients canceled one session at once, and both
// were told that they had; a third was not answered.
func Clashing() *report.Run {
	run := Run()
	clash := pass("api", "path", "json")
	clash.ID, clash.Operation = "download_session.concurrency.linearizable", "*"
	clash.Level, clash.Outcome = report.Should, report.Warned
	clash.Promise = "answers clients that act at once as if one came after the other"
	clash.Message = "expected answers that some order of the requests explains, got cancel 204 and cancel 204 at once"
	orders := []string{
		"after cancel of client 1: cancel of client 2 would have to be answered 400 not_allowed_in_current_state " +
			"(download_session.cancel.not_active)",
		"after cancel of client 2: cancel of client 1 would have to be answered 400 not_allowed_in_current_state " +
			"(download_session.cancel.not_active)",
	}
	clash.Failure = &report.Failure{
		Step: "at once", Operation: "download_session.cancel", Exchange: new(1),
		Expected: "answers that some order of the requests explains", Got: "cancel 204 and cancel 204 at once",
		Details: append([]string{"it came 3 of 20 times"}, orders...),
		Timeline: &report.Timeline{
			Requests: []report.TimelineRequest{
				{Client: 1, Operation: "download_session.cancel", Answer: "204", Sent: 0, Answered: 1.4, Exchange: new(0), Unexplained: true},
				{Client: 2, Operation: "download_session.cancel", Answer: "204", Sent: 0.1, Answered: 2.2, Exchange: new(1), Unexplained: true},
				{Client: 3, Operation: "download_session.keep_alive", Sent: 0.2, Lost: true},
				{Operation: "download_session.get", Answer: "200 CANCELED", Sent: 2.4, Answered: 3},
			},
			Orders: orders, Failed: 3, Tried: 20,
		},
	}
	clash.Exchanges = []report.Exchange{}
	for range 2 {
		clash.Exchanges = append(clash.Exchanges, report.Exchange{
			Step: "at once: download_session.cancel session 1 (api)", Method: "POST",
			URL: "https://vc.example/api/content/library/item/download-session/1?action=cancel", Status: 204,
		})
	}
	run.Verdict, run.ExitCode, run.Partial, run.Summary = report.Conformant, new(0), false, "conformant: 1 behaviour warned"
	run.Results, run.Outages, run.Leftovers = []report.Result{clash}, nil, []report.Leftover{}
	run.Counts = report.Count(run.Results)
	return run
}
