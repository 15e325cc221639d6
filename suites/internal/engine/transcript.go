package engine

import (
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// What a report keeps, in bytes: of a body, five times the longest documented
// answer, a list of ids apart, or where nothing is wrong as much as that answer;
// of all headers of a message, five times what servers send; of a URL, twice
// what browsers take; of a message, what the stack of a fault needs.
const (
	keptBody    = 8 << 10
	keptHeld    = 2 << 10
	keptHeader  = 2 << 10
	keptURL     = 4 << 10
	keptMessage = 16 << 10
)

// secretHeaders never reach a report, whatever they hold. What a request has
// that is no secret of the run was made up by the suite, which a reader has to
// see; an answer's is the target's.
var secretHeaders = map[string]struct{ sent, answered string }{
	"Authorization":         {"$UNKNOWN_AUTHORIZATION", "$AUTHORIZATION"},
	"Vmware-Api-Session-Id": {"$UNKNOWN_SESSION_ID", "$OWN_SESSION_ID"},
	"Cookie":                {"$COOKIE", "$COOKIE"},
	"Set-Cookie":            {"$COOKIE", "$COOKIE"},
}

func exchanges(ran spec.Report, secrets *secret.Book) []report.Exchange {
	kept := keptBody
	if ran.Ending == spec.Held {
		kept = keptHeld
	}
	written := make([]report.Exchange, 0, len(ran.Steps))
	for _, step := range ran.Steps {
		one := report.Exchange{
			Step: step.Name, Method: step.Method, URL: shorten(secrets.Redact(step.URL), keptURL),
			Request:    message(step.Body, false, kept, secrets),
			Status:     step.Status,
			Response:   message(step.Answer, step.Truncated, kept, secrets),
			DurationMS: milliseconds(step.Duration),
		}
		one.Request.Header = headers(step.Request.Header, secrets, true)
		one.Response.Header = headers(step.AnswerHeader, secrets, false)
		if step.Err != nil {
			one.Error = secrets.Redact(wire.Explain(step.Err))
		}
		written = append(written, one)
	}
	return written
}

// items are the library items that the behaviour worked on.
func items(ran spec.Report) []report.Item {
	var written []report.Item
	for _, item := range ran.Items {
		written = append(written, report.Item{ID: item.ID, File: item.File, Type: item.Type})
	}
	return written
}

func message(body []byte, truncated bool, kept int, secrets *secret.Book) report.Message {
	// The redaction needs no more than this: what it leaves of a body that is
	// longer is cut anyway.
	whole := secrets.Redact(string(body[:min(len(body), 2*keptBody)]))
	one := report.Message{Body: shorten(whole, kept)}
	one.Truncated = truncated || len(one.Body) < len(whole)
	if !utf8.ValidString(one.Body) {
		one.Body, one.Encoding = base64.StdEncoding.EncodeToString([]byte(one.Body)), "base64"
	}
	return one
}

// shorten returns as much of a text as there is room for. Texts are cut behind their
// redaction, which would not know half a secret, and between two characters.
func shorten(text string, room int) string {
	if len(text) <= room {
		return text
	}
	end := room
	for end > max(0, room-utf8.UTFMax) && !utf8.RuneStart(text[end]) {
		end--
	}
	// A part of the text would keep all of it.
	return strings.Clone(text[:end])
}

// headers are those of a message, in the order of their names as long as there
// is room.
func headers(header http.Header, secrets *secret.Book, sent bool) map[string][]string {
	if len(header) == 0 {
		return nil
	}
	written, room := map[string][]string{}, keptHeader
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			if room <= 0 {
				return written
			}
			value = shorten(headerValue(name, value, secrets, sent), room)
			room -= len(name) + len(value)
			written[name] = append(written[name], value)
		}
	}
	return written
}

func headerValue(name, value string, secrets *secret.Book, sent bool) string {
	redacted := secrets.Redact(value)
	hidden, secret := secretHeaders[http.CanonicalHeaderKey(name)]
	switch {
	case !secret || isName(redacted):
		return redacted
	case sent:
		return hidden.sent
	}
	return hidden.answered
}

// isName says whether nothing is left of a value but the names of secrets.
func isName(redacted string) bool {
	redacted = strings.TrimPrefix(redacted, "Basic ")
	for part := range strings.SplitSeq(redacted, ":") {
		if name, hidden := strings.CutPrefix(part, "$"); !hidden || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
			return false
		}
	}
	return true
}
