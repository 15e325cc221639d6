package results

import (
	"fmt"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"session-conformance/reporters/report"
)

// Cost is what a run asked of its target, in a sentence; empty if nobody counted.
func Cost(cost report.Cost) string {
	if cost.Requests == 0 {
		return ""
	}
	text := fmt.Sprintf("asked %s requests, %s creates and %s logins among them; %s sent, %s received",
		Number(cost.Requests), Number(cost.Creates), Number(cost.Logins), Bytes(cost.BytesSent), Bytes(cost.BytesReceived))
	if slowest := cost.Slowest(); slowest.Answered > 0 {
		text += fmt.Sprintf("; slowest %s, %s", slowest.Operation, Latency(slowest.MostMS))
	}
	return text
}

// LongestAnswer is the longest answer of a run, and to what it was given; empty if
// there was none.
func LongestAnswer(cost report.Cost) string {
	longest := cost.Longest()
	if longest.Answered == 0 {
		return ""
	}
	return fmt.Sprintf("longest answer %s, %s", longest.Operation, Bytes(longest.LongestAnswer))
}

// Number has commas between its thousands.
func Number(n int) string { return message.NewPrinter(language.English).Sprintf("%d", n) }

// Bytes is a number of bytes as a person reads it.
func Bytes(n int64) string {
	size := float64(n)
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case size < 999_950:
		return fmt.Sprintf("%.1f kB", size/1e3)
	case size < 999_950_000:
		return fmt.Sprintf("%.1f MB", size/1e6)
	}
	return fmt.Sprintf("%.1f GB", size/1e9)
}

// Latency is how long an answer took.
func Latency(milliseconds float64) string {
	if milliseconds < 999.95 {
		return fmt.Sprintf("%.1f ms", milliseconds)
	}
	return fmt.Sprintf("%.1f s", milliseconds/1000)
}
