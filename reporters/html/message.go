package html

import (
	"maps"
	"slices"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// maxBody cuts a body on the page, in bytes; the saved run has all of it.
const maxBody = 64 << 10

// sideView is one side of an exchange.
type sideView struct {
	Name, Header, Body string
	Truncated          bool
}

func side(name string, message report.Message) sideView {
	var header strings.Builder
	for _, field := range slices.Sorted(maps.Keys(message.Header)) {
		for _, value := range message.Header[field] {
			header.WriteString(visible.Text(field + ": " + value + "\n"))
		}
	}
	return sideView{name, header.String(), results.Clip(card.Body(message), maxBody), message.Truncated}
}
