package report

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// DiffKind says on which side of a comparison a line stands.
type DiffKind string

// The kinds, by the sign that a diff writes before the line.
const (
	InBoth       DiffKind = " "
	OnlyExpected DiffKind = "-"
	OnlyGot      DiffKind = "+"
)

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

// compared parts a headline as the suite words it: expected this, got that.
func compared(headline string) (expected, got string) {
	rest, compares := strings.CutPrefix(headline, "expected ")
	expected, got, found := strings.Cut(rest, ", got ")
	if !compares || !found {
		return "", ""
	}
	return expected, got
}

// difference compares what was expected with what came, where the message or
// the answer that it is about has both.
func difference(result Result) []DiffLine {
	for _, sides := range []func(Result) (expected, got string){quotedTexts, quotedLists, fieldInBody} {
		if expected, got := sides(result); expected != got {
			return diff(expected, got)
		}
	}
	return nil
}

// diffContext is how many equal lines are shown around those that differ, as
// other tools do.
const diffContext = 3

func diff(expected, got string) []DiffLine {
	expected, got = ended(expected), ended(got)
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

// ended has a newline behind the last line, too: a diff would make much of it.
func ended(text string) string {
	if text == "" {
		return ""
	}
	return strings.TrimSuffix(text, "\n") + "\n"
}

const quotation = `"(?:[^"\\]|\\.)*"`

var (
	// inDiff are the details that are shorter than a diff of the same.
	inDiff  = regexp.MustCompile(`(?m)^(?:want ` + quotation + `, got ` + quotation + `|the body was .*)$`)
	wantGot = regexp.MustCompile(`(?m)^want (` + quotation + `), got (` + quotation + `)$`)
	list    = regexp.MustCompile(`\[(?:` + quotation + `(?: ` + quotation + `)*)?\]`)
	quote   = regexp.MustCompile(quotation)
	// field is how a message names one that is wrong; only a value that stands
	// for itself can be put in its place.
	field = regexp.MustCompile(`^expected (\w+) ([A-Z_]+|-?\d+), got (\w+) is `)
)

// quotedTexts are those of a line of details: want "this", got "that".
func quotedTexts(result Result) (expected, got string) {
	found := wantGot.FindStringSubmatch(result.Message)
	if found == nil {
		return "", ""
	}
	return unquoted(found[1]), unquoted(found[2])
}

func unquoted(text string) string {
	plain, err := strconv.Unquote(text)
	if err != nil {
		return text
	}
	return plain
}

// quotedLists are those on both sides of the headline, a line for each text.
func quotedLists(result Result) (expected, got string) {
	headline, _ := split(result.Message)
	expected, got = compared(headline)
	want, came := list.FindString(expected), list.FindString(got)
	if want == "" || came == "" {
		return "", ""
	}
	return listed(want), listed(came)
}

func listed(texts string) string {
	var lines []string
	for _, one := range quote.FindAllString(texts, -1) {
		lines = append(lines, unquoted(one))
	}
	return strings.Join(lines, "\n")
}

// fieldInBody is the body of the last answer and the same with the one field
// as it should have been.
func fieldInBody(result Result) (expected, got string) {
	found := field.FindStringSubmatch(result.Message)
	if found == nil || found[1] != found[3] || len(result.Exchanges) == 0 {
		return "", ""
	}
	name, value := found[1], found[2]
	got = spread(result.Exchanges[len(result.Exchanges)-1].Response.Text())
	lines := strings.Split(got, "\n")
	at := outermost(lines, name)
	if at < 0 {
		return "", ""
	}
	lines[at] = corrected(lines[at], name, value)
	return strings.Join(lines, "\n"), got
}

// outermost is the line of the member or element that is the model's own, and
// not of something in it; below 0 is none.
func outermost(lines []string, name string) int {
	best := -1
	for i, line := range lines {
		own := strings.TrimLeft(line, " ")
		isMember := strings.HasPrefix(own, `"`+name+`": `) && !strings.HasSuffix(own, "{") && !strings.HasSuffix(own, "[")
		isElement := strings.HasPrefix(own, "<"+name+">") && strings.HasSuffix(own, "</"+name+">")
		if (isMember || isElement) && (best < 0 || indent(line) < indent(lines[best])) {
			best = i
		}
	}
	return best
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// corrected is the line with the value that was expected.
func corrected(line, name, value string) string {
	margin := strings.Repeat(" ", indent(line))
	if strings.HasPrefix(line, margin+"<") {
		return margin + "<" + name + ">" + value + "</" + name + ">"
	}
	if _, err := strconv.Atoi(value); err != nil {
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
		if !closes && strings.HasPrefix(line, "<") && !strings.Contains(line, "</") && !strings.HasSuffix(line, "/>") && !strings.HasPrefix(line, "<?") {
			depth++
		}
	}
	return out.String()
}
