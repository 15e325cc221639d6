package model

import (
	"slices"
	"strings"
)

// Expected is what the documents allow as the answer, in words.
func (m *Model) Expected(s State, o Operation) string {
	var all []string
	for _, one := range m.options(&s, o) {
		words := "anything: no document says"
		switch one.answer {
		case Any:
		case Refused:
			words = "a refusal"
		default:
			words = one.words(o)
		}
		if !slices.Contains(all, words) {
			all = append(all, words)
		}
	}
	return strings.Join(all, ", or ")
}
