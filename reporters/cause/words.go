package cause

import (
	"fmt"
	"slices"
	"strings"
)

// manyOperations is how many a line names.
const manyOperations = 4

// operations names the operations of symptoms: "update_session.cancel, fail and
// downloadsession.file.get".
func operations(all []symptom) string {
	var names []string
	for _, each := range all {
		names = appendNew(names, each.operation)
	}
	slices.Sort(names)
	service := ""
	for i, name := range names {
		at := strings.LastIndexByte(name, '.') + 1
		if at > 0 && name[:at] == service {
			names[i] = name[at:]
		}
		service = name[:at]
	}
	return several(names)
}

// several names some, and how many there are beside them.
func several(names []string) string {
	if more := len(names) - manyOperations; more > 0 {
		names = append(slices.Clone(names[:manyOperations]), fmt.Sprintf("%d more", more))
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return strings.Join(names, "")
}

func appendNew(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}
