package card

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"session-conformance/reporters/report"
)

// DiffKind says on which side of a comparison a line stands.
type DiffKind string

// The kinds, by the sign that a diff writes before the line.
const (
	InBoth       DiffKind = " "
	OnlyExpected DiffKind = "-"
	OnlyGot      DiffKind = "+"
)

// DiffLegend says what the signs of a comparison mean.
const DiffLegend = "- expected, + got"

// DiffLine is one line of a comparison, without its newline.
type DiffLine struct {
	Kind DiffKind
	Text string
}

// split parts a message into its first line and what follows.
func split(message string) (headline, details string) {
	headline, details, _ = strings.Cut(message, "\n")
	return strings.TrimSpace(headline), strings.TrimSpace(details)
}

// difference compares what was expected with what came, where the failure has
// two texts: in the answer that it is about if they are a field's.
func difference(result report.Result) []DiffLine {
	failure := result.Failure
	if failure == nil || failure.Want == nil || failure.Was == nil {
		return nil
	}
	if failure.Field != "" {
		if expected, got := fieldInBody(*failure, result.Exchanges); expected != got {
			return diff(expected, got)
		}
		if strings.Contains(failure.Got, *failure.Was) {
			return nil
		}
	}
	if *failure.Want == *failure.Was {
		return nil
	}
	return diff(*failure.Want, *failure.Was)
}

// diffContext is how many equal lines are shown around those that differ, as
// other tools do.
const diffContext = 3

func diff(expected, got string) []DiffLine {
	expected, got = endWithNewline(expected), endWithNewline(got)
	unified, err := udiff.ToUnifiedDiff("expected", "got", expected, udiff.Lines(expected, got), diffContext)
	if err != nil {
		return nil
	}
	var lines []DiffLine
	for i, hunk := range unified.Hunks {
		if i > 0 {
			lines = append(lines, DiffLine{InBoth, "..."})
		}
		for _, line := range hunk.Lines {
			lines = append(lines, DiffLine{kinds[line.Kind], strings.TrimSuffix(line.Content, "\n")})
		}
	}
	return lines
}

var kinds = map[udiff.OpKind]DiffKind{udiff.Equal: InBoth, udiff.Delete: OnlyExpected, udiff.Insert: OnlyGot}

// endWithNewline has a newline behind the last line, too: a diff would make much of it.
func endWithNewline(text string) string {
	if text == "" {
		return ""
	}
	return strings.TrimSuffix(text, "\n") + "\n"
}

// fieldInBody is the body of the answer and the same with the one field as it
// should have been; both are empty where it does not stand there.
func fieldInBody(failure report.Failure, exchanges []report.Exchange) (expected, got string) {
	if failure.Exchange == nil || *failure.Exchange >= len(exchanges) {
		return "", ""
	}
	got = spread(exchanges[*failure.Exchange].Response.Text())
	lines := strings.Split(got, "\n")
	at := outermost(lines, failure.Field)
	if at < 0 {
		return "", ""
	}
	lines[at] = correctLine(lines[at], failure)
	return strings.Join(lines, "\n"), got
}

// outermost is the line of the member or element that is the model's own, and
// not of something in it; below 0 is none, or one of several in a list.
func outermost(lines []string, name string) int {
	best, several := -1, false
	for i, line := range lines {
		own := strings.TrimLeft(line, " ")
		isMember := strings.HasPrefix(own, `"`+name+`": `) && !strings.HasSuffix(own, "{") && !strings.HasSuffix(own, "[")
		isElement := strings.HasPrefix(own, "<"+name+">") && strings.HasSuffix(own, "</"+name+">")
		switch {
		case !isMember && !isElement:
		case best < 0 || indent(line) < indent(lines[best]):
			best, several = i, false
		case indent(line) == indent(lines[best]):
			several = true
		}
	}
	if several {
		return -1
	}
	return best
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// correctLine is the line with the value that was expected. Where the text is
// right, its kind is wrong: a string in place of a number, or the reverse.
func correctLine(line string, failure report.Failure) string {
	margin, name, value := strings.Repeat(" ", indent(line)), failure.Field, *failure.Want
	if strings.HasPrefix(line, margin+"<") {
		return margin + "<" + name + ">" + value + "</" + name + ">"
	}
	isText := strings.HasPrefix(line, margin+`"`+name+`": "`)
	if isText != (value == *failure.Was) {
		value = strconv.Quote(value)
	}
	comma := ""
	if strings.HasSuffix(line, ",") {
		comma = ","
	}
	return margin + `"` + name + `": ` + value + comma
}

// spread writes a JSON or XML body in lines, a member or element each.
func spread(body string) string {
	var out bytes.Buffer
	if json.Indent(&out, []byte(body), "", "  ") == nil {
		return out.String()
	}
	depth := 0
	for line := range strings.SplitSeq(strings.ReplaceAll(body, "><", ">\n<"), "\n") {
		closes := strings.HasPrefix(line, "</")
		if closes {
			depth = max(0, depth-1)
		}
		out.WriteString(strings.Repeat("  ", depth) + line + "\n")
		if !closes && strings.HasPrefix(line, "<") && !strings.Contains(line, "</") && !strings.HasSuffix(line, "/>") &&
			!strings.HasPrefix(line, "<?") {
			depth++
		}
	}
	return out.String()
}
