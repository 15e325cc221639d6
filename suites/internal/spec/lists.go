package spec

import (
	"slices"

	"github.com/onsi/gomega/types"

	"session-conformance/suites/internal/wire"
)

// Hold accepts a list of sessions with this one in it; what names it in words.
func Hold(what string, session *Session) types.GomegaMatcher {
	return listMatcher("a list with "+what, false, func(ids []string) *Failure {
		if slices.Contains(ids, session.ID) {
			return nil
		}
		return &Failure{Got: "one without it", Lacks: []string{session.ID}, Details: []string{"its id is " + session.ID}}
	})
}

// NotHold accepts a list of sessions without this one; what names it in words.
// A null in place of the empty array is list.empty_is_array's matter.
func NotHold(what string, session *Session) types.GomegaMatcher {
	return listMatcher("a list without "+what, true, func(ids []string) *Failure {
		if !slices.Contains(ids, session.ID) {
			return nil
		}
		return &Failure{Got: "one with it", Holds: []string{session.ID}, Details: []string{"its id is " + session.ID}}
	})
}

// HoldNothing accepts a list of no sessions: an array, which is empty.
func HoldNothing() types.GomegaMatcher {
	return listMatcher("an empty array", false, func(ids []string) *Failure {
		if len(ids) == 0 {
			return nil
		}
		return wrong("one that is not empty")
	})
}

// ListedIDs are the ids in a reply to list. A null in place of the empty array
// is none, and list.empty_is_array's matter.
func ListedIDs(reply wire.Reply) ([]string, string) {
	if reply.Problem == "" && reply.Result == nil {
		return nil, ""
	}
	return reply.AsIDs()
}

// listMatcher judges the ids in a reply to list; a reply without an array of
// ids is no match, but for null where that is accepted as no ids.
func listMatcher(expected string, acceptNull bool, judge func([]string) *Failure) types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) *Failure {
			if reply.Err != nil || !reply.Succeeded() {
				return wrongAnswer(reply)
			}
			ids, problem := reply.AsIDs()
			if acceptNull {
				ids, problem = ListedIDs(reply)
			}
			if problem != "" {
				return wrongShape(reply, problem)
			}
			return judge(ids)
		},
		expected: always(expected),
	}
}
