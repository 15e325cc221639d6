package junit

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"session-conformance/reporters/report"
)

// bodyLimit keeps a report of thousands of exchanges below the sizes at which
// viewers give up; the saved run has the whole bodies.
const bodyLimit = 2 << 10

// messageLimit does the same for a message.
const messageLimit = 8 << 10

// text is the failure as a user acts on it: what was wrong, what the documents
// say, what went over the wire, and how to see it again.
func text(run *report.Run, result report.Result) string {
	var out strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&out, "%-9s %s\n", name, report.Visible(value))
		}
	}
	out.WriteString(clipped(result.Message, messageLimit) + "\n\n")
	line("behaviour", result.ID)
	line("variant", result.VariantName())
	line("level", string(result.Level))
	line("clause", result.Clause)
	line("sources", strings.Join(result.Sources, ", "))
	line("look at", result.LookAt)
	line("rerun", run.Rerun(result.ID))
	line("location", result.Location)
	for _, exchange := range result.Exchanges {
		writeExchange(&out, exchange)
	}
	return out.String()
}

func writeExchange(out *strings.Builder, exchange report.Exchange) {
	fmt.Fprintf(out, "\n%s\n", report.Visible(exchange.Step))
	fmt.Fprintf(out, "> %s %s\n", report.Visible(exchange.Method), report.Visible(exchange.URL))
	writeBody(out, exchange.Request)
	if exchange.Status != 0 {
		contentType := report.FirstLine(exchange.Response.ContentType(), lineLimit)
		fmt.Fprintf(out, "< %s in %.0f ms\n", strings.TrimSpace(fmt.Sprint(exchange.Status, " ", contentType)), exchange.DurationMS)
	}
	if exchange.Error != "" {
		fmt.Fprintf(out, "< no whole answer: %s\n", clipped(exchange.Error, bodyLimit))
	}
	writeBody(out, exchange.Response)
}

func writeBody(out *strings.Builder, message report.Message) {
	if message.Body != "" {
		out.WriteString(clipped(message.Text(), bodyLimit) + "\n")
	}
	if message.Truncated {
		out.WriteString("(the body went on; the suite read no further)\n")
	}
}

// clipped makes text visible and cuts it after limit bytes, between characters.
func clipped(text string, limit int) string {
	if len(text) <= limit {
		return report.Visible(text)
	}
	cut := limit
	for cut > limit-utf8.UTFMax && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return fmt.Sprintf("%s\n(%d more bytes are in the saved run)", report.Visible(text[:cut]), len(text)-cut)
}
