package card

import (
	"bytes"
	"encoding/json"
	"strings"

	"session-conformance/reporters/report"
)

const (
	// shortBody fits into a line as it is.
	shortBody = 72
	// longBody is more than anybody reads in lines.
	longBody = 32 << 10
)

// Body is the body of a message as a reader wants it: JSON and XML that is whole and
// does not fit into a line has a member or element on each.
func Body(message report.Message) string {
	text := message.Text()
	if len(text) <= shortBody || len(text) > longBody || message.Truncated {
		return text
	}
	var out bytes.Buffer
	switch trimmed := strings.TrimSpace(text); {
	case strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "["):
		if json.Indent(&out, []byte(trimmed), "", "  ") == nil {
			return out.String()
		}
	case strings.HasPrefix(trimmed, "<") && strings.Contains(message.ContentType(), "xml"):
		return strings.TrimRight(spread(trimmed), "\n")
	}
	return text
}
