package results

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/reporters/report"
)

const (
	// mostOutages and mostNamed are how many of them, and of their requests, lines have
	// room for; the JSON has all.
	mostOutages = 5
	mostNamed   = 3
)

// Outages says in lines when the target went away, and what of: one for each behaviour
// that was found to stop it, and one for each other time.
func Outages(all []report.Outage) []string {
	var lines []string
	var known []string
	for _, one := range all {
		switch {
		case one.By == "":
			lines = append(lines, unexplained(one))
		case !slices.Contains(known, one.By):
			known = append(known, one.By)
			lines = append(lines, explained(one.By, all))
		}
	}
	if more := len(lines) - mostOutages; more > 0 {
		lines = append(lines[:mostOutages], fmt.Sprintf("and %d more, see --json", more))
	}
	return lines
}

func explained(by string, all []report.Outage) string {
	times, away := 0, 0.0
	for _, one := range all {
		if one.By == by {
			times++
			if one.DurationMS != nil {
				away += *one.DurationMS
			}
		}
	}
	often := "once"
	if times > 1 {
		often = Counted(times, "time")
	}
	return fmt.Sprintf("the target stopped answering %s, for %.1f s in all, because of %s", often, away/1000, by)
}

func unexplained(one report.Outage) string {
	away := "and did not come back"
	if one.DurationMS != nil {
		away = fmt.Sprintf("for %.1f s", *one.DurationMS/1000)
	}
	line := fmt.Sprintf("the target stopped answering at %s %s", one.Began.UTC().Format("15:04:05.000 UTC"), away)
	if len(one.UnderWay) > 0 {
		return line + "; under way were " + named(one.UnderWay)
	}
	if len(one.Before) > 0 {
		return line + "; answered last were " + named(one.Before)
	}
	return line
}

func named(requests []string) string {
	if more := len(requests) - mostNamed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(requests[:mostNamed], ", "), more)
	}
	return strings.Join(requests, ", ")
}
