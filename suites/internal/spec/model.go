package spec

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onsi/gomega/types"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// modelMatcher judges the session in a reply; a reply without one is no match.
func modelMatcher(expected string, judge func(wire.Reply, wire.Members) string) types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) string {
			if reply.Err != nil || !reply.Succeeded() {
				return Answer(reply)
			}
			model, problem := reply.AsMembers()
			if problem != "" {
				return misshapen(reply, problem)
			}
			return judge(reply, model)
		},
		expected: always(expected),
	}
}

// HaveState accepts a session in the state.
func HaveState(state State) types.GomegaMatcher { return Show("state", string(state)) }

// Show accepts a session whose field is the string.
func Show(field, value string) types.GomegaMatcher {
	return modelMatcher(field+" "+value, func(_ wire.Reply, model wire.Members) string {
		if got, ok := model.String(field); ok && got == value {
			return ""
		}
		return fieldIs(field, model)
	})
}

// ShowOwn accepts a session whose field is the generated value that what
// names in words, such as the id of its item.
func ShowOwn(field, what, value string) types.GomegaMatcher {
	return modelMatcher(field+" to be "+what, func(_ wire.Reply, model wire.Members) string {
		got, ok := model.String(field)
		switch {
		case ok && got == value:
			return ""
		case ok:
			return fmt.Sprintf("another one\nwant %q, got %q", value, got)
		}
		return fieldIs(field, model)
	})
}

// OfItem accepts a session of the item.
func OfItem(item library.Item) types.GomegaMatcher {
	return ShowOwn("library_item_id", "the item's id", item.ID)
}

// NotShow accepts a session whose field is not the string.
func NotShow(field, value string) types.GomegaMatcher {
	return modelMatcher(field+" other than "+value, func(_ wire.Reply, model wire.Members) string {
		if got, ok := model.String(field); !ok || got != value {
			return ""
		}
		return fieldIs(field, model)
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
	return modelMatcher(expected, func(_ wire.Reply, model wire.Members) string {
		if got, ok := model.Int(field); ok && got >= least && got <= most {
			return ""
		}
		return fieldIs(field, model)
	})
}

// NotShowNumber accepts a session whose field is not the whole number.
func NotShowNumber(field string, value int64) types.GomegaMatcher {
	return modelMatcher(fmt.Sprintf("%s other than %d", field, value), func(_ wire.Reply, model wire.Members) string {
		if got, ok := model.Int(field); !ok || got != value {
			return ""
		}
		return fieldIs(field, model)
	})
}

// NotShowTime accepts a session whose field is not the instant.
func NotShowTime(field string, instant time.Time) types.GomegaMatcher {
	return modelMatcher(field+" other than the one that was sent", func(_ wire.Reply, model wire.Members) string {
		if got, ok := model.Time(field); !ok || !got.Truncate(time.Second).Equal(instant.Truncate(time.Second)) {
			return ""
		}
		return fieldIs(field, model)
	})
}

// ShowNo accepts a session in which the field is absent or null.
func ShowNo(field string) types.GomegaMatcher {
	return modelMatcher("no "+field, func(_ wire.Reply, model wire.Members) string {
		if !model.Has(field) {
			return ""
		}
		return fieldIs(field, model)
	})
}

// TellError accepts a session whose error_message is a documented structure
// with the text somewhere in it.
func TellError(text string) types.GomegaMatcher {
	return modelMatcher("an error_message that tells what the client said", func(_ wire.Reply, model wire.Members) string {
		if !model.Has("error_message") {
			return "no error_message"
		}
		if problem := wire.LocalizableMessage(model["error_message"]); problem != "" {
			return "an error_message of another shape: " + problem
		}
		if tells(model["error_message"], text) {
			return ""
		}
		return fmt.Sprintf("one without it\nwant %q in it", text)
	})
}

// NotTellError accepts a session whose error_message does not hold the text.
func NotTellError(text string) types.GomegaMatcher {
	return modelMatcher("no trace of what was refused in error_message", func(_ wire.Reply, model wire.Members) string {
		if tells(model["error_message"], text) {
			return fmt.Sprintf("its text\nit was %q", text)
		}
		return ""
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
	return modelMatcher(field+" "+strings.Join(values, " or "), func(_ wire.Reply, model wire.Members) string {
		if got, ok := model.String(field); ok && slices.Contains(values, got) {
			return ""
		}
		return fieldIs(field, model)
	})
}

// ShowEveryField accepts a session with all the fields that the documents
// call always present, each of its documented type (reference, section 3).
func ShowEveryField() types.GomegaMatcher {
	return modelMatcher("every field that is always present", func(_ wire.Reply, model wire.Members) string {
		for _, field := range []string{"library_item_id", "library_item_content_version", "state", "expiration_time"} {
			if _, ok := model.String(field); !ok {
				return fieldIs(field, model) + ", want a string"
			}
		}
		if _, ok := model.Int("client_progress"); !ok {
			return fieldIs("client_progress", model) + ", want a whole number"
		}
		return ""
	})
}

// clockSkew is how far the target's clock may be behind the Date that it
// sends: Date has whole seconds and may come from a proxy.
const clockSkew = time.Minute

// ShowFutureTime accepts a session whose time lies ahead by the server's own
// clock. A time without a zone may be off by any zone's distance.
func ShowFutureTime(field string) types.GomegaMatcher {
	return modelMatcher(field+" in the future", func(reply wire.Reply, model wire.Members) string {
		instant, ok := model.Time(field)
		if !ok {
			return fieldIs(field, model)
		}
		now := serverTime(reply)
		slack := clockSkew
		if text, _ := model.String(field); !wire.HasZone(text) {
			slack += furthestZone
		}
		if instant.Add(slack).After(now) {
			return ""
		}
		return fmt.Sprintf("a time gone by\n%s, where the server's clock says %s", fieldIs(field, model), now.UTC().Format(time.RFC3339))
	})
}

// furthestZone is the largest distance of a time zone from UTC.
const furthestZone = 14 * time.Hour

func serverTime(reply wire.Reply) time.Time {
	if date, err := time.Parse(time.RFC1123, reply.AnswerHeader.Get("Date")); err == nil {
		return date
	}
	return time.Now()
}

// ShowTime accepts a session whose field is written as a time in one of the
// documented forms; in api with a zone (reference, DS.get.time_format).
func ShowTime(field string) types.GomegaMatcher {
	return modelMatcher(field+" as a documented date-time", func(reply wire.Reply, model wire.Members) string {
		written, _ := model.String(field)
		_, ok := model.Time(field)
		if ok && (reply.Variant.Binding != wire.API || wire.HasZone(written)) {
			return ""
		}
		if written != "" {
			return "it in another form\n" + fieldIs(field, model)
		}
		return fieldIs(field, model)
	})
}

func fieldIs(field string, model wire.Members) string {
	if value, there := model[field]; there {
		return fmt.Sprintf("%s is %s", field, wire.Describe(value))
	}
	return field + " is absent"
}
