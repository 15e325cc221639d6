package card

import (
	"fmt"
	"strings"

	"session-conformance/reporters/report"
)

// Compared is one of two answers that had to be alike, or different.
type Compared struct {
	// When is "before" or "now", Step what was done then.
	When, Step string
	report.Exchange
	// Value is what it shows of what is compared; empty for a body as a whole.
	Value string
}

// comparedAnswers are the two answers of a comparison; none where there is only one.
func comparedAnswers(result report.Result) []Compared {
	failure := result.Failure
	if failure == nil || failure.Before == nil || failure.Exchange == nil {
		return nil
	}
	if max(*failure.Before, *failure.Exchange) >= len(result.Exchanges) {
		return nil
	}
	before, now := result.Exchanges[*failure.Before], result.Exchanges[*failure.Exchange]
	return []Compared{
		{"before", before.Step, before, shown(before, *failure)},
		{"now", now.Step, now, shown(now, *failure)},
	}
}

// shown is the line of the body that has the field, as it is written.
func shown(exchange report.Exchange, failure report.Failure) string {
	if failure.Field == "" {
		return ""
	}
	lines := strings.Split(spread(exchange.Response.Text()), "\n")
	item, own := "library_item_", strings.TrimPrefix(failure.Field, "library_item_")
	for _, name := range []string{failure.Field, item + own, own} {
		if at := outermost(lines, name); at >= 0 {
			return strings.TrimSuffix(strings.TrimSpace(lines[at]), ",")
		}
	}
	return ""
}

// bothValues says what was compared in the place of "another one"; empty where the
// failure does not hold it.
func bothValues(failure report.Failure) string {
	if failure.Before == nil || failure.Field == "" || failure.Want == nil || failure.Was == nil {
		return ""
	}
	return fmt.Sprintf("%s %s before, %s now", failure.Field, *failure.Want, *failure.Was)
}
