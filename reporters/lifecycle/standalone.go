package lifecycle

import (
	"fmt"
	"io"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// colours are those of the page, for a drawing that stands alone.
const colours = `svg { color-scheme: light dark; background: var(--page); }
:root { --text: #1d2330; --soft: #565f70; --page: #ffffff; --panel: #f4f6f9;
  --line: #cfd5de; --passed: #14692f; --failed: #a8192b; --warned: #8a5300; --minus: #fbe5e7; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ef; --soft: #a9b2c1; --page: #14171d; --panel: #1d222b;
    --line: #3a4250; --passed: #6fd191; --failed: #ff8f9b; --warned: #f0b45b; --minus: #45202a; }
}
text.title { font: 700 18px system-ui, sans-serif; fill: var(--text); }
text.line { font: 13px system-ui, sans-serif; fill: var(--text); }
text.soft { fill: var(--soft); }
text.script { font: 12px ui-monospace, Menlo, Consolas, monospace; fill: var(--text); white-space: pre; }
text.wrong { fill: var(--failed); font-weight: 700; }
text.warned { fill: var(--warned); font-weight: 700; }
`

const (
	margin     = 20
	lineHeight = 19
	// mostLine cuts a line of words to the width of the drawing.
	mostLine = 160
)

// Write writes the maps of a run as one drawing with all that there is to say
// beside them: what deviates with its shortest history, and what the target does
// where the documents are silent.
func Write(w io.Writer, run *report.Run) error {
	p := &poster{}
	p.line("title", "Lifecycles of sessions, as "+target(run)+" was met")
	p.y += 4
	p.line("line soft", run.Summary)
	p.line("line soft", Legend)
	maps := Of(run)
	for _, m := range maps {
		p.draw(m)
	}
	if len(maps) == 0 {
		p.line("line", "This run walked no histories.")
	}
	height := p.y + margin
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d">`+
		"\n<style>\n%s%s</style>\n"+
		`<rect width="100%%" height="100%%" fill="var(--page)"/>`+"\n%s</svg>\n",
		wideWidth+2*margin, height, wideWidth+2*margin, height, colours, Style, p.out.String())
	return err
}

// Legend says what the signs mean.
const Legend = "✓ as documented · ✕ deviates from a MUST · ! deviates from a SHOULD · – not met. " +
	"A line leads to another state; a row stays in its own."

func target(run *report.Run) string {
	if run.Target.Bundled {
		return "the bundled reference server"
	}
	return run.Target.URL
}

// poster is a drawing that grows downwards.
type poster struct {
	out strings.Builder
	y   int
}

func (p *poster) line(class, text string) {
	p.y += lineHeight
	fmt.Fprintf(&p.out, `<text class="%s" x="%d" y="%d">%s</text>`+"\n", class, margin, p.y+margin/2,
		escape(visible.FirstLine(text, mostLine)))
}

func (p *poster) draw(m Map) {
	p.y += lineHeight
	p.line("title", m.Service)
	_, height := m.columns()
	drawing := m.Wide("")
	p.y += margin
	fmt.Fprintf(&p.out, `<g transform="translate(%d %d)">`, margin, p.y)
	// A drawing within a drawing needs its size.
	p.out.WriteString(strings.Replace(drawing, "<svg ", fmt.Sprintf(`<svg width="%d" height="%d" `, wideWidth, height), 1))
	p.out.WriteString("</g>\n")
	p.y += height
	for _, finding := range m.Findings {
		p.finding(finding)
	}
	if silent := m.Silent(); len(silent) > 0 {
		p.y += lineHeight / 2
		p.line("line soft", "Where the documents are silent:")
		for _, state := range silent {
			p.line("line", StateName(state.Name)+": "+SilentWords(state))
		}
	}
}

func (p *poster) finding(finding Finding) {
	p.y += lineHeight / 2
	p.line("line "+string(finding.Mark), fmt.Sprintf("%d  %s, %s", finding.Number, finding.Operation, StateName(finding.State)))
	p.line("line", fmt.Sprintf("expected %s, got %s", finding.Expected, finding.Got))
	p.line("line soft", fmt.Sprintf("%s in %s", finding.Behaviour, strings.Join(finding.Bindings, ", ")))
	for step := range strings.Lines(finding.Script) {
		p.line("script", "    "+strings.TrimSpace(step))
	}
}

// SilentWords say how a state's operations are answered of which no document
// speaks: file.list, file.get 200; file.add 400 not_allowed_in_current_state.
func SilentWords(state State) string {
	var answers []string
	operations := map[string][]string{}
	for _, cell := range state.Cells {
		var all []string
		for _, answer := range cell.Answers {
			all = append(all, answer.Text)
		}
		came := strings.Join(all, " or ")
		if operations[came] == nil {
			answers = append(answers, came)
		}
		operations[came] = append(operations[came], cell.Operation)
	}
	for i, came := range answers {
		answers[i] = strings.Join(operations[came], ", ") + " " + came
	}
	return strings.Join(answers, "; ")
}
