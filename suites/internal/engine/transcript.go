package engine

import (
	"encoding/base64"
	"net/http"
	"unicode/utf8"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// keptBody bounds what a report keeps of a body; the longest documented
// answer, a list of ids apart, is a tenth of it.
const keptBody = 16 << 10

// secretHeaders never reach a report, whatever they hold.
var secretHeaders = map[string]string{
	"Authorization":         "$AUTHORIZATION",
	"Vmware-Api-Session-Id": "$SESSION_ID",
	"Cookie":                "$COOKIE",
	"Set-Cookie":            "$COOKIE",
}

func exchanges(steps []spec.Step, redact func(string) string) []report.Exchange {
	written := make([]report.Exchange, 0, len(steps))
	for _, step := range steps {
		one := report.Exchange{
			Step: step.Name, Method: step.Method, URL: redact(step.URL),
			Request:    message(step.Request.Header, step.Body, false, redact),
			Status:     step.Status,
			Response:   message(step.AnswerHeader, step.Answer, step.Truncated, redact),
			DurationMS: milliseconds(step.Duration),
		}
		if step.Err != nil {
			one.Error = redact(wire.Explain(step.Err))
		}
		written = append(written, one)
	}
	return written
}

func message(header http.Header, body []byte, truncated bool, redact func(string) string) report.Message {
	one := report.Message{Truncated: truncated, Body: redact(string(body))}
	if len(one.Body) > keptBody {
		// Cut behind the redaction, which would not know half a secret, and
		// between two characters.
		end := keptBody
		for end > keptBody-utf8.UTFMax && !utf8.RuneStart(one.Body[end]) {
			end--
		}
		one.Body, one.Truncated = one.Body[:end], true
	}
	if !utf8.ValidString(one.Body) {
		one.Body, one.Encoding = base64.StdEncoding.EncodeToString([]byte(one.Body)), "base64"
	}
	if len(header) > 0 {
		one.Header = map[string][]string{}
	}
	for name, values := range header {
		for _, value := range values {
			if secret, hide := secretHeaders[http.CanonicalHeaderKey(name)]; hide {
				value = secret
			}
			one.Header[name] = append(one.Header[name], redact(value))
		}
	}
	return one
}
