package explore

import (
	"strings"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// entriesOf are those of a list of files.
func entriesOf(reply wire.Reply) (entries []wire.Members) {
	list, _ := reply.Result.([]any)
	for _, one := range list {
		info, _ := one.(wire.Members)
		entries = append(entries, info)
	}
	return entries
}

func filesIn(reply wire.Reply) *[model.MaxFiles]model.FileStates {
	if _, isList := reply.Result.([]any); reply.Problem != "" || !isList {
		return nil
	}
	var files [model.MaxFiles]model.FileStates
	for number := range files {
		files[number] = model.Absent
	}
	for _, info := range entriesOf(reply) {
		name, _ := info.String("name")
		for number := range files {
			switch {
			case name != fileName(number):
			case files[number] != model.Absent:
				files[number] = model.Twice
			default:
				files[number] = fileState(reply, info)
			}
		}
	}
	return &files
}

func fileIn(step Step, reply wire.Reply) *[model.MaxFiles]model.FileStates {
	info, problem := reply.AsMembers()
	if problem != "" {
		return nil
	}
	files := &[model.MaxFiles]model.FileStates{}
	files[step.File] = model.Absent
	if name, _ := info.String("name"); name == fileName(step.File) {
		files[step.File] = fileState(reply, info)
	}
	return files
}

// fileState reads the info of a file; those of a download session have no
// source type, since they are the item's.
func fileState(reply wire.Reply, info wire.Members) model.FileStates {
	switch {
	case strings.HasPrefix(reply.Operation, "download"), sourceTypeOf(info) == "NONE":
		return model.Base
	case sourceTypeOf(info) == "PUSH":
		return model.Waiting | model.Received
	}
	return 0
}

func sourceTypeOf(a wire.Members) string {
	name, _ := a.String("source_type")
	return name
}

func hasErrors(reply wire.Reply) *bool {
	result, _ := reply.AsMembers()
	switch value := result["has_errors"].(type) {
	case bool:
		return &value
	case wire.Text:
		has := strings.TrimSpace(string(value)) == "true"
		return &has
	}
	return nil
}
