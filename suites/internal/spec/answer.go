package spec

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"session-conformance/suites/internal/wire"
)

// Outline is an answer as a whole, without what differs from run to run.
type Outline struct {
	// Status is 0 where none came.
	Status int
	// Also are other statuses that are as good, of an answer that had to come.
	Also []int
	// Type is the standard error that the body tells, or empty.
	Type string
	// Body says what the body is, and Problem what keeps it from the documented
	// shape, or is empty.
	Body, Problem string
	// To is the origin to which a redirect leads; empty where it is none.
	To string
	// Error is why there is no whole answer; empty where there is.
	Error string
}

func outlineOf(reply wire.Reply, problem string) Outline {
	outline := Outline{Status: reply.Status, To: reply.RedirectsTo()}
	switch {
	case reply.Err != nil:
		outline.Error = wire.Explain(reply.Err)
		return outline
	case reply.Fault != nil && reply.Fault.Type != "":
		outline.Type = fmt.Sprintf("%.80s", reply.Fault.Type)
	}
	outline.Body = reply.Format()
	if reply.Broken != "" {
		outline.Body = "a body that is " + reply.Broken
	}
	if reply.Succeeded() && problem != reply.Broken {
		outline.Problem = problem
	}
	return outline
}

// String is the answer in one line.
func (o Outline) String() string {
	var text string
	switch {
	case o.Error != "" && o.Status != 0:
		return fmt.Sprintf("%d, then: %s", o.Status, o.Error)
	case o.Error != "":
		return "no answer: " + o.Error
	case o.Type != "":
		text = fmt.Sprintf("%d %s", o.Status, o.Type)
	case o.To != "":
		text = fmt.Sprintf("%d, a redirect to %s, with %s", o.Status, o.To, o.Body)
	case o.Status/100 == 3:
		text = fmt.Sprintf("%d, a redirect, with %s", o.Status, o.Body)
	default:
		text = fmt.Sprintf("%d with %s", o.Status, o.Body)
	}
	if o.Problem != "" {
		text += " (" + o.Problem + ")"
	}
	return text
}

// Answer describes a reply in one line that holds nothing which differs from
// run to run, so that equal faults read equal; Body tells the rest.
func Answer(reply wire.Reply) string { return outlineOf(reply, "").String() }

// misshapen is Answer and what is wrong with the result, where Answer does not
// say so.
func misshapen(reply wire.Reply, problem string) string { return outlineOf(reply, problem).String() }

// bodyWords begin the line that tells an answer's body.
const bodyWords = "the body was "

// Body is a line of its own with as much of the answer's body as fits; empty
// where there is none.
func Body(reply wire.Reply) string {
	if body := bodyOf(reply); body != "" {
		return "\n" + bodyWords + body
	}
	return ""
}

func bodyOf(reply wire.Reply) string {
	const most = 160
	text := bytes.TrimSpace(reply.Answer)
	if !utf8.Valid(text) {
		return fmt.Sprintf("%d bytes that are not text", len(reply.Answer))
	}
	line := strings.Join(strings.Fields(string(text)), " ")
	if len(line) > most {
		line = strings.ToValidUTF8(line[:most], "") + "..."
	}
	return line
}
