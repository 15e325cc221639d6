package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"

	"session-conformance/reporters/report"
)

const badgeLabel = "session API"

// colours are those of a badge: the one that is drawn, and its name for shields.
var colours = map[report.Verdict][2]string{
	report.Conformant:    {"#14692f", "brightgreen"},
	report.NotConformant: {"#a8192b", "red"},
}

// unknown is the colour of a run that says nothing of the target.
var unknown = [2]string{"#565f70", "lightgrey"}

var badge = template.Must(template.New("badge").Parse(
	`<svg xmlns="http://www.w3.org/2000/svg" width="{{.Width}}" height="20" role="img" aria-label="{{.Label}}: {{.Message}}">` +
		`<title>{{.Label}}: {{.Message}}</title><rect width="{{.Left}}" height="20" fill="#3a4250"/>` +
		`<rect x="{{.Left}}" width="{{.Right}}" height="20" fill="{{.Colour}}"/>` +
		`<g fill="#ffffff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">` +
		`<text x="6" y="14" textLength="{{.LeftText}}">{{.Label}}</text>` +
		`<text x="{{.RightFrom}}" y="14" textLength="{{.RightText}}">{{.Message}}</text></g></svg>` + "\n"))

// perSign is how wide a sign of a badge is; textLength makes it so.
const perSign = 7

// badge is the edition's, as a picture and as shields.io reads it.
func (e *edition) badge() (picture, endpoint []byte, err error) {
	colour, known := colours[e.run.Verdict]
	if !known {
		colour = unknown
	}
	message := e.said()
	left, right := perSign*len(badgeLabel), perSign*len(message)
	var out bytes.Buffer
	err = badge.Execute(&out, map[string]any{
		"Label": badgeLabel, "Message": message, "Colour": colour[0], "LeftText": left, "RightText": right,
		"Left": left + 12, "Right": right + 12, "RightFrom": left + 18, "Width": left + right + 24,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("draw the badge of %s: %w", e.Title(), err)
	}
	endpoint, err = json.Marshal(map[string]any{
		"schemaVersion": 1, "label": badgeLabel, "message": message, "color": colour[1],
	})
	return out.Bytes(), append(endpoint, '\n'), err
}

// said is the verdict of a badge.
func (e *edition) said() string {
	switch e.run.Verdict {
	case report.Conformant:
		return fmt.Sprintf("conformant %d/%d", e.Right, e.judged.Judged)
	case report.NotConformant:
		return fmt.Sprintf("not conformant %d/%d", e.Right, e.judged.Judged)
	}
	return "not judged"
}
