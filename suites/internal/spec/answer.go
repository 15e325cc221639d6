package spec

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"session-conformance/suites/internal/wire"
)

// Answer describes a reply in one line that holds nothing which differs from
// run to run, so that equal faults read equal; Body tells the rest.
func Answer(reply wire.Reply) string {
	switch {
	case reply.Err != nil && reply.Status != 0:
		return fmt.Sprintf("%d, then: %s", reply.Status, wire.Explain(reply.Err))
	case reply.Err != nil:
		return "no answer: " + wire.Explain(reply.Err)
	case reply.Fault != nil && reply.Fault.Type != "":
		return fmt.Sprintf("%d %.80s", reply.Status, reply.Fault.Type)
	case reply.Broken != "":
		return fmt.Sprintf("%d with a body that is %s", reply.Status, reply.Broken)
	case reply.Status/100 == 3:
		return fmt.Sprintf("%d, a redirect, with %s", reply.Status, reply.Format())
	}
	return fmt.Sprintf("%d with %s", reply.Status, reply.Format())
}

// misshapen is Answer and what is wrong with the result, where Answer does not
// say so.
func misshapen(reply wire.Reply, problem string) string {
	if reply.Err != nil || !reply.Succeeded() || problem == reply.Broken {
		return Answer(reply)
	}
	return Answer(reply) + " (" + problem + ")"
}

// Body is a line of its own with as much of the answer's body as fits; empty
// where there is none.
func Body(reply wire.Reply) string {
	const most = 160
	text := bytes.TrimSpace(reply.Answer)
	if len(text) == 0 {
		return ""
	}
	if !utf8.Valid(text) {
		return fmt.Sprintf("\nthe body was %d bytes that are not text", len(reply.Answer))
	}
	line := strings.Join(strings.Fields(string(text)), " ")
	if len(line) > most {
		line = strings.ToValidUTF8(line[:most], "") + "..."
	}
	return "\nthe body was " + line
}
