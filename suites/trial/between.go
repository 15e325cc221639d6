package trial

import (
	"context"
	"fmt"

	"session-conformance/fixtures/hostile"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
	"session-conformance/suites"
)

// ofSessions chooses what a thing between may spoil: whole lives of sessions, in the
// two bindings that are in use.
const ofSessions = "(api || rest) && !update && (update_session || download_session)"

// betweens are the right servers behind what happens in the field.
func betweens() (all []Server) {
	for _, between := range hostile.Betweens() {
		all = append(all, Server{Between, between.Name, between.Says, true,
			func(ctx context.Context, exchanges bool) (*report.Run, string) {
				return judgeBetween(ctx, between, exchanges)
			}})
	}
	return all
}

// judgeBetween judges a right server that is behind something: nothing of that may be
// held against it, and nothing may be left.
func judgeBetween(ctx context.Context, between hostile.Between, exchanges bool) (*report.Run, string) {
	target, right, end, err := between.Start(ctx)
	if err != nil {
		return nil, err.Error()
	}
	defer end()
	options := common(target, "", exchanges)
	options.Once = false // what a lost answer breaks beside others holds alone
	options.Username, options.Password, options.SubscribedItem = hostile.User, hostile.Password, right.SubscribedItem()
	options.RequestTimeout, options.LabelFilter = requestTimeout, ofSessions
	run, err := suites.Run(ctx, options)
	if err != nil {
		return nil, err.Error()
	}
	return run, betweenProblem(run, len(right.Inventory().DownloadSessions)+len(right.Inventory().UpdateSessions))
}

func betweenProblem(run *report.Run, left int) string {
	for _, result := range run.Results {
		if !result.Outcome.Right() && result.Outcome != report.Skipped {
			return fmt.Sprintf("%s [%s] %s: %s", result.ID, result.VariantName(), result.Outcome,
				visible.FirstLine(result.Message, messageWidth))
		}
	}
	switch {
	case run.Verdict != report.Conformant:
		return run.Summary
	case left+len(run.Leftovers) > 0:
		return fmt.Sprintf("%d sessions are left, and %d things told", left, len(run.Leftovers))
	}
	return ""
}
