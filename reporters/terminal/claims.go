package terminal

import (
	"fmt"
	"strings"

	"session-conformance/reporters/lifecycle"
)

// claims say what checking sets of sequences show, and no more.
func (p *page) claims() {
	for _, claim := range lifecycle.ClaimsOf(p.run) {
		p.heading(p.strong, "Checking set: %s", claim.Heading)
		p.wrap(2, 2, claim.Sentence)
		p.field(2, "states", fmt.Sprintf("%d: %s", len(claim.States), strings.Join(claim.States, "; ")))
		p.field(2, "alphabet", fmt.Sprintf("%d: %s", len(claim.Alphabet), strings.Join(claim.Alphabet, "; ")))
		for i, excluded := range claim.Excluded {
			name := ""
			if i == 0 {
				name = "but for"
			}
			p.field(2, name, excluded.State+": "+strings.Join(excluded.Operations, "; "))
		}
	}
}
