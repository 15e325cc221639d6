package spec

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// modelMatcher judges the session in a reply; a reply without one is no match.
func modelMatcher(expected string, judge func(wire.Reply, wire.Members) *Failure) types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) *Failure {
			if reply.Err != nil || !reply.Succeeded() {
				return wrongAnswer(reply)
			}
			model, problem := reply.AsMembers()
			if problem != "" {
				return wrongShape(reply, problem)
			}
			return judge(reply, model)
		},
		expected: always(expected),
		wanted:   success,
	}
}

// HaveState accepts a session in the state.
func HaveState(state State) types.GomegaMatcher { return Show("state", string(state)) }

// Show accepts a session whose field is the string.
func Show(field, value string) types.GomegaMatcher {
	return modelMatcher(field+" "+value, func(_ wire.Reply, model wire.Members) *Failure {
		if got, ok := model.String(field); ok && got == value {
			return nil
		}
		return wrongField(field, model).wanting(value)
	})
}

// ShowOwn accepts a session whose field is the generated value that what
// names in words, such as the id of its item.
func ShowOwn(field, what, value string) types.GomegaMatcher {
	return modelMatcher(field+" to be "+what, func(_ wire.Reply, model wire.Members) *Failure {
		got, ok := model.String(field)
		switch {
		case ok && got == value:
			return nil
		case ok:
			return &Failure{Got: "another one", Field: field, Want: &value, Was: &got}
		}
		return wrongField(field, model)
	})
}

// OfItem accepts a session of the item.
func OfItem(item library.Item) types.GomegaMatcher {
	return ShowOwn("library_item_id", "the item's id", item.ID)
}

// NotShow accepts a session whose field is not the string.
func NotShow(field, value string) types.GomegaMatcher {
	return modelMatcher(field+" other than "+value, func(_ wire.Reply, model wire.Members) *Failure {
		if got, ok := model.String(field); !ok || got != value {
			return nil
		}
		return wrongField(field, model)
	})
}

// ShowNumber accepts a session whose field is the whole number.
func ShowNumber(field string, value int64) types.GomegaMatcher {
	return ShowNumberBetween(field, value, value)
}

// ShowNumberBetween accepts a session whose field is a whole number in the range.
func ShowNumberBetween(field string, least, most int64) types.GomegaMatcher {
	expected := fmt.Sprintf("%s between %d and %d", field, least, most)
	if least == most {
		expected = fmt.Sprintf("%s %d", field, least)
	}
	return modelMatcher(expected, func(_ wire.Reply, model wire.Members) *Failure {
		if got, ok := model.Int(field); ok && got >= least && got <= most {
			return nil
		}
		failure := wrongField(field, model)
		if least == most {
			failure.wanting(fmt.Sprint(least))
		}
		return failure
	})
}

// NotShowNumber accepts a session whose field is not the whole number.
func NotShowNumber(field string, value int64) types.GomegaMatcher {
	return modelMatcher(fmt.Sprintf("%s other than %d", field, value), func(_ wire.Reply, model wire.Members) *Failure {
		if got, ok := model.Int(field); !ok || got != value {
			return nil
		}
		return wrongField(field, model)
	})
}

// ShowNo accepts a session in which the field is absent or null.
func ShowNo(field string) types.GomegaMatcher {
	return modelMatcher("no "+field, func(_ wire.Reply, model wire.Members) *Failure {
		if !model.Has(field) {
			return nil
		}
		return wrongField(field, model)
	})
}

// TellError accepts a session whose error_message is a documented structure
// with the text somewhere in it.
func TellError(text string) types.GomegaMatcher {
	return modelMatcher("an error_message that tells what the client said", func(_ wire.Reply, model wire.Members) *Failure {
		if !model.Has("error_message") {
			return &Failure{Got: "no error_message", Field: "error_message", Absent: true}
		}
		if problem := wire.LocalizableMessage(model["error_message"]); problem != "" {
			return &Failure{Got: "an error_message of another shape: " + problem, Field: "error_message"}
		}
		if tells(model["error_message"], text) {
			return nil
		}
		return &Failure{Got: "one without it", Field: "error_message", Details: []string{fmt.Sprintf("want %q in it", text)}}
	})
}

// NotTellError accepts a session whose error_message does not hold the text.
func NotTellError(text string) types.GomegaMatcher {
	return modelMatcher("no trace of what was refused in error_message", func(_ wire.Reply, model wire.Members) *Failure {
		if tells(model["error_message"], text) {
			return &Failure{Got: "its text", Field: "error_message", Details: []string{fmt.Sprintf("it was %q", text)}}
		}
		return nil
	})
}

// tells says whether the text is in one of the value's strings.
func tells(value any, text string) bool {
	switch value := value.(type) {
	case string:
		return strings.Contains(value, text)
	case wire.Text:
		return strings.Contains(string(value), text)
	case wire.Members:
		for _, member := range value {
			if tells(member, text) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(value, func(one any) bool { return tells(one, text) })
	}
	return false
}

// ShowOneOf accepts a session whose field is one of the strings.
func ShowOneOf(field string, values ...string) types.GomegaMatcher {
	return modelMatcher(field+" "+strings.Join(values, " or "), func(_ wire.Reply, model wire.Members) *Failure {
		if got, ok := model.String(field); ok && slices.Contains(values, got) {
			return nil
		}
		return wrongField(field, model)
	})
}

// ShowEveryField accepts a session with all the fields that the documents
// call always present, each of its documented type (reference, section 3).
func ShowEveryField() types.GomegaMatcher {
	return modelMatcher("every field that is always present", func(_ wire.Reply, model wire.Members) *Failure {
		for _, field := range []string{"library_item_id", "library_item_content_version", "state", "expiration_time"} {
			if _, ok := model.String(field); !ok {
				return wrongField(field, model).because("want a string")
			}
		}
		if _, ok := model.Int("client_progress"); !ok {
			return wrongField("client_progress", model).because("want a whole number")
		}
		return nil
	})
}

// wrongField is a failure of a field by its value.
func wrongField(field string, model wire.Members) *Failure {
	return &Failure{Got: fieldIs(field, model), Field: field, Absent: !model.Has(field), Was: scalar(model[field])}
}

// wanting says which value the field should have had.
func (f *Failure) wanting(value string) *Failure {
	f.Want = &value
	return f
}

// because adds to what was got what is wrong with it.
func (f *Failure) because(problem string) *Failure {
	f.Got += ", " + problem
	return f
}

// scalar is a text, number or boolean as it is written; nil for anything else.
func scalar(value any) *string {
	switch value := value.(type) {
	case string:
		return &value
	case wire.Text:
		return new(strings.TrimSpace(string(value)))
	case json.Number, bool:
		return new(fmt.Sprint(value))
	}
	return nil
}

func fieldIs(field string, model wire.Members) string {
	if value, there := model[field]; there {
		return fmt.Sprintf("%s is %s", field, wire.Describe(value))
	}
	return field + " is absent"
}
