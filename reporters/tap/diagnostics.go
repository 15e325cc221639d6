package tap

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/reproduce"
	"session-conformance/reporters/visible"
)

// The limits keep what explains a point within what one reads below it; the
// saved run has everything.
const (
	valueLimit   = 4 << 10
	maxExchanges = 20
)

// diagnostics are the lines of a YAML block. Each value is a quoted string in a
// line of its own: Perl's harness reads no more of YAML, and stops at what it
// cannot read.
type diagnostics []string

func diagnosticsOf(run *report.Run, result report.Result) diagnostics {
	headline, details, _ := strings.Cut(strings.TrimSpace(result.Message), "\n")
	var d diagnostics
	d.field("outcome", string(result.Outcome))
	d.field("level", string(result.Level))
	d.field("message", headline)
	d.field("details", strings.Trim(details, "\n"))
	d.field("clause", result.Clause)
	d.field("sources", strings.Join(result.Sources, ", "))
	d.field("look_at", result.LookAt)
	d.field("rerun", reproduce.Rerun(run, result))
	d.field("spec", result.Location)
	d.field("duration_ms", strconv.FormatFloat(result.DurationMS, 'f', -1, 64))
	d.exchanges(result.Exchanges)
	return d
}

func (d *diagnostics) field(key, value string) {
	if value != "" {
		*d = append(*d, key+": "+quote(value))
	}
}

// exchanges tells each in a line without its bodies, which the HAR has. The
// method comes first: Perl's harness takes a line that begins with "act: " for
// a key, also within quotes.
func (d *diagnostics) exchanges(all []report.Exchange) {
	if len(all) == 0 {
		return
	}
	*d = append(*d, "exchanges:")
	for i, one := range all {
		if i == maxExchanges {
			*d = append(*d, "  - "+quote(fmt.Sprintf("(%d more are in the saved run)", len(all)-maxExchanges)))
			return
		}
		*d = append(*d, "  - "+quote(fmt.Sprintf("%s %s -> %s (%s)", one.Method, one.URL, answer(one), one.Step)))
	}
}

func answer(exchange report.Exchange) string {
	if exchange.Status != 0 {
		return strconv.Itoa(exchange.Status)
	}
	return cmp.Or(visible.FirstLine(exchange.Error, results.LineLimit), "no answer")
}

// quote is a string in YAML's double quotes, on one line.
func quote(text string) string {
	return `"` + quotes.Replace(results.Clip(text, valueLimit)) + `"`
}

var quotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`)

func (d diagnostics) write(out *strings.Builder) {
	if len(d) == 0 {
		return
	}
	out.WriteString("  ---\n")
	for _, line := range d {
		out.WriteString("  " + line + "\n")
	}
	out.WriteString("  ...\n")
}
