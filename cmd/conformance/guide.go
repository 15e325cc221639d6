package main

import (
	"strings"

	"session-conformance/reporters/cells"
	"session-conformance/suites"
)

// guideWidth is that of a line beside the name of a field.
const guideWidth = 70

// explainOperation tells of an operation where its page is, what it answers and how it is asked.
func explainOperation(operation string) (lines []string) {
	entries, err := suites.Explain(operation)
	if err != nil || len(entries) == 0 {
		return nil
	}
	entry := entries[0]
	for _, one := range entries {
		if one.ID == operation+".ok" {
			entry = one
		}
	}
	for _, source := range entry.Sources {
		lines = append(lines, "page     "+source.Title, "         "+source.Address)
		break
	}
	name := "clause   "
	for _, line := range cells.Wrap(entry.Clause, guideWidth-len(name)) {
		lines = append(lines, name+line)
		name = "         "
	}
	if len(entry.Bindings) > 0 {
		name = "request  "
		for line := range strings.SplitSeq(entry.Bindings[len(entry.Bindings)-1].Request, "\n") {
			lines = append(lines, name+line)
			name = "         "
		}
	}
	return append(lines, "all      conformance explain "+operation)
}
