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

// InvalidFiles are the names of the files that a validation result calls invalid.
func InvalidFiles(reply Reply) []string {
	result, _ := reply.AsMembers()
	list, _ := result["invalid_files"].([]any)
	var names []string
	for _, one := range list {
		entry, _ := one.(wire.Members)
		name, _ := entry.String("name")
		names = append(names, name)
	}
	return names
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
	return modelMatcher(fmt.Sprintf("has_errors %t", want), func(_ wire.Reply, result wire.Members) *Failure {
		if has, told := hasErrors(result); told && has == want {
			return nil
		}
		return wrongField("has_errors", result).wanting(fmt.Sprint(want))
	})
}

// ShowList accepts a validation result whose list is there, be it empty.
func ShowList(field string) types.GomegaMatcher {
	return modelMatcher(field+" as an array", func(_ wire.Reply, result wire.Members) *Failure {
		if _, isList := result[field].([]any); isList {
			return nil
		}
		return wrongField(field, result)
	})
}

// FindMissing accepts a validation result that names the file as missing.
func FindMissing(name string) types.GomegaMatcher {
	return modelMatcher(fmt.Sprintf("missing_files with %q", name), func(_ wire.Reply, result wire.Members) *Failure {
		missing, isList := result["missing_files"].([]any)
		if !isList {
			return wrongField("missing_files", result)
		}
		for _, one := range missing {
			if got, _ := (wire.Members{"name": one}).String("name"); got == name {
				return nil
			}
		}
		failure := wrongField("missing_files", result)
		failure.Got += " without it"
		return failure
	})
}

// FindInvalid accepts a validation result that names the file as invalid, with
// a reason.
func FindInvalid(name string) types.GomegaMatcher {
	return modelMatcher(fmt.Sprintf("invalid_files with %q and an error_message", name),
		func(_ wire.Reply, result wire.Members) *Failure {
			invalid, isList := result["invalid_files"].([]any)
			if !isList {
				return wrongField("invalid_files", result)
			}
			for _, one := range invalid {
				entry, _ := one.(wire.Members)
				switch got, _ := entry.String("name"); {
				case got == name && !entry.Has("error_message"):
					return &Failure{Got: "an entry without error_message", Field: "invalid_files"}
				case got == name:
					if problem := wire.LocalizableMessage(entry["error_message"]); problem != "" {
						return &Failure{Got: "an error_message that is none: " + problem, Field: "invalid_files"}
					}
					return nil
				}
			}
			failure := wrongField("invalid_files", result)
			failure.Got += " without it"
			return failure
		})
}
