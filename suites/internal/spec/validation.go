package spec

import (
	"fmt"
	"strings"

	"github.com/onsi/gomega/types"

	"session-conformance/suites/internal/wire"
)

// hasErrors reads has_errors of a validation result; told is false where it is
// no boolean.
func hasErrors(result wire.Members) (has, told bool) {
	switch value := result["has_errors"].(type) {
	case bool:
		return value, true
	case wire.Text:
		text := strings.TrimSpace(string(value))
		return text == "true", text == "true" || text == "false"
	}
	return false, false
}

// FindingsOf reads a validation result: whether it has errors, and how many
// files it names.
func FindingsOf(reply wire.Reply) (has bool, entries int) {
	result, _ := reply.AsMembers()
	missing, _ := result["missing_files"].([]any)
	invalid, _ := result["invalid_files"].([]any)
	has, _ = hasErrors(result)
	return has, len(missing) + len(invalid)
}

// FindErrors accepts a validation result whose has_errors is the value.
func FindErrors(want bool) types.GomegaMatcher {
	return modelMatcher(fmt.Sprintf("has_errors %t", want), func(_ wire.Reply, result wire.Members) string {
		if has, told := hasErrors(result); told && has == want {
			return ""
		}
		return fieldIs("has_errors", result)
	})
}

// ShowEmptyList accepts a validation result whose list is there, and empty.
func ShowEmptyList(field string) types.GomegaMatcher {
	return modelMatcher(field+" as an empty array", func(_ wire.Reply, result wire.Members) string {
		if list, isList := result[field].([]any); isList && len(list) == 0 {
			return ""
		}
		return fieldIs(field, result)
	})
}

// FindMissing accepts a validation result that names the file as missing.
func FindMissing(name string) types.GomegaMatcher {
	return modelMatcher(fmt.Sprintf("missing_files with %q", name), func(_ wire.Reply, result wire.Members) string {
		missing, isList := result["missing_files"].([]any)
		if !isList {
			return fieldIs("missing_files", result)
		}
		for _, one := range missing {
			if got, _ := (wire.Members{"name": one}).String("name"); got == name {
				return ""
			}
		}
		return fieldIs("missing_files", result) + " without it"
	})
}

// FindInvalid accepts a validation result that names the file as invalid, with
// a reason.
func FindInvalid(name string) types.GomegaMatcher {
	return modelMatcher(fmt.Sprintf("invalid_files with %q and an error_message", name), func(_ wire.Reply, result wire.Members) string {
		invalid, isList := result["invalid_files"].([]any)
		if !isList {
			return fieldIs("invalid_files", result)
		}
		for _, one := range invalid {
			entry, _ := one.(wire.Members)
			switch got, _ := entry.String("name"); {
			case got == name && entry.Has("error_message"):
				return ""
			case got == name:
				return "an entry without error_message"
			}
		}
		return fieldIs("invalid_files", result) + " without it"
	})
}
