package timeline

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/report"
)

// twoCancels is a session that was canceled twice, and one answer that was lost.
func twoCancels() report.Timeline {
	return report.Timeline{
		Requests: []report.TimelineRequest{
			{Client: 1, Operation: "update_session.cancel", Answer: "204", Sent: 0, Answered: 1.4, Unexplained: true},
			{Client: 2, Operation: "update_session.cancel", Answer: "204", Sent: 0.1, Answered: 2.2, Unexplained: true},
			{Client: 3, Operation: "update_session.keep_alive", Sent: 0.2, Lost: true},
			{Operation: "update_session.get", Answer: "200 CANCELED", Sent: 2.4, Answered: 3},
		},
		Orders: []string{
			"cancel of client 1 first: then 204 to that of client 2 is no 400 not_allowed_in_current_state",
			"cancel of client 2 first: then 204 to that of client 1 is no 400 not_allowed_in_current_state",
		},
		Failed: 3, Tried: 20,
	}
}

func TestText(t *testing.T) {
	text := Text(twoCancels())

	goldie.New(t).Assert(t, "two_cancels.txt", []byte(text))
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "- ") {
			NewWithT(t).Expect(len([]rune(line))).To(BeNumerically("<", 80))
		}
	}
}

func TestSVG(t *testing.T) {
	drawing := SVG(twoCancels())

	goldie.New(t).Assert(t, "two_cancels.svg", []byte(drawing))
	decoder := xml.NewDecoder(strings.NewReader(drawing))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
	}
}

func TestNothingToDraw(t *testing.T) {
	g := NewWithT(t)

	g.Expect(Text(report.Timeline{})).To(BeEmpty())
	g.Expect(SVG(report.Timeline{Requests: []report.TimelineRequest{{Operation: "x", Answer: "<&>"}}})).To(ContainSubstring("&lt;&amp;&gt;"))
}
