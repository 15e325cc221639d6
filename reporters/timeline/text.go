// Package timeline draws requests that overlapped: who asked, from when to when,
// and what the answer was.
package timeline

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"session-conformance/reporters/report"
)

// cells is how wide the bars of a text are: with the names before and the
// answers behind them, a line fits into 80 columns.
const cells = 32

// Text draws one request a line, and below them what each order breaks.
func Text(t report.Timeline) string {
	var out strings.Builder
	names := [2]int{}
	for _, request := range t.Requests {
		names[0] = max(names[0], len(client(request)))
		names[1] = max(names[1], len(short(request.Operation)))
	}
	for _, request := range t.Requests {
		line := fmt.Sprintf("%-*s  %-*s  %s  %s%s", names[0], client(request), names[1], short(request.Operation),
			bar(request, t), answer(request), mark(request))
		out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	for _, order := range t.Orders {
		out.WriteString("- " + order + "\n")
	}
	return out.String()
}

// client names who asked.
func client(request report.TimelineRequest) string {
	if request.Client == 0 {
		return "then"
	}
	return fmt.Sprintf("client %d", request.Client)
}

// short is the operation without its service, which all of them share.
func short(operation string) string {
	_, action, found := strings.Cut(operation, ".")
	if !found {
		return operation
	}
	return action
}

func answer(request report.TimelineRequest) string {
	if request.Lost {
		return "no answer"
	}
	return request.Answer
}

func mark(request report.TimelineRequest) string {
	if request.Unexplained {
		return "  <- not explained"
	}
	return ""
}

// bar is the time of a request within that of all.
func bar(request report.TimelineRequest, t report.Timeline) string {
	from, to := place(request.Sent, t, cells-2), place(request.Answered, t, cells-2)
	drawn := "├" + strings.Repeat("─", max(0, to-from)) + "┤"
	if request.Lost {
		drawn = "├" + strings.Repeat("─", max(0, cells-2-from)) + "?"
	}
	return strings.Repeat(" ", from) + drawn + strings.Repeat(" ", max(0, cells-from-utf8.RuneCountInString(drawn)))
}

// place is where an instant stands on a scale of so many units.
func place(instant float64, t report.Timeline, units int) int {
	return int(math.Round(instant / longest(t) * float64(units)))
}

// longest is the time from the first request to the last answer, never 0.
func longest(t report.Timeline) float64 {
	end := 0.0
	for _, request := range t.Requests {
		end = max(end, request.Sent, request.Answered)
	}
	if end <= 0 {
		return 1
	}
	return end
}
