package timeline

import (
	"fmt"
	"html"
	"strings"

	"session-conformance/reporters/report"
)

// The measures of the drawing, in its own units: the bars lie between names and
// answers, and text of 12 units needs a row of 26.
const (
	rowHeight   = 26
	barFrom     = 190
	barWidth    = 300
	answersFrom = barFrom + barWidth + 12
	width       = answersFrom + 238
)

// SVG draws the same as a picture. Its colours are the page's: currentColor,
// and the classes "bar" and "unexplained".
func SVG(t report.Timeline) string {
	var out strings.Builder
	height := rowHeight*len(t.Requests) + 8
	fmt.Fprintf(&out, `<svg class="timeline" role="img" aria-label="%s" viewBox="0 0 %d %d" xmlns="http://www.w3.org/2000/svg">`,
		html.EscapeString(label(t)), width, height)
	for i, request := range t.Requests {
		drawRow(&out, request, t, 4+i*rowHeight)
	}
	out.WriteString("</svg>")
	return out.String()
}

// label tells the picture to who does not see it.
func label(t report.Timeline) string {
	var told []string
	for _, request := range t.Requests {
		told = append(told, fmt.Sprintf("%s %s: %s", client(request), short(request.Operation), answer(request)))
	}
	return strings.Join(told, "; ")
}

func drawRow(out *strings.Builder, request report.TimelineRequest, t report.Timeline, top int) {
	from, to := place(request.Sent, t, barWidth), place(request.Answered, t, barWidth)
	if request.Lost {
		to = barWidth
	}
	class := "bar"
	if request.Unexplained {
		class += " unexplained"
	}
	base := top + rowHeight/2 + 4
	fmt.Fprintf(out, `<text x="0" y="%d">%s</text>`, base, html.EscapeString(client(request)))
	fmt.Fprintf(out, `<text x="70" y="%d">%s</text>`, base, html.EscapeString(short(request.Operation)))
	fmt.Fprintf(out, `<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="3"/>`, class, barFrom+from, top+5,
		max(3, to-from), rowHeight-10)
	fmt.Fprintf(out, `<text x="%d" y="%d">%s</text>`, answersFrom, base, html.EscapeString(answer(request)))
}
