package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"session-conformance/suites/internal/wire"
)

// replyMatcher judges a reply by a function that says what is wrong with it;
// the empty string is a match.
type replyMatcher struct {
	judge    func(wire.Reply) string
	expected func(wire.Reply) string
}

func (m replyMatcher) Match(actual any) (bool, error) {
	reply, ok := actual.(wire.Reply)
	if !ok {
		return false, fmt.Errorf("want a wire.Reply, got %T", actual)
	}
	return m.judge(reply) == "", nil
}

// FailureMessage begins with a line that stands alone: expected this, got
// that. What differs from run to run, such as ids, is in the lines behind it.
func (m replyMatcher) FailureMessage(actual any) string {
	reply := actual.(wire.Reply)
	return fmt.Sprintf("expected %s, got %s%s", m.expected(reply), m.judge(reply), Body(reply))
}

func (m replyMatcher) NegatedFailureMessage(actual any) string {
	reply := actual.(wire.Reply)
	return fmt.Sprintf("expected anything but %s, got %s", m.expected(reply), Answer(reply))
}

func always(text string) func(wire.Reply) string {
	return func(wire.Reply) string { return text }
}

// BeRefusedWith accepts an answer with the documented status of one of the
// errors. The body's own type must be that error's where the body tells it;
// where it tells none, protocol.error judges the body.
func BeRefusedWith(accepted ...ErrorType) types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) string {
			for _, errorType := range accepted {
				if errorType.refuses(reply) {
					return ""
				}
			}
			return Answer(reply)
		},
		expected: func(reply wire.Reply) string {
			var all []string
			for _, errorType := range accepted {
				all = append(all, errorType.describe(reply.Variant.Binding))
			}
			return strings.Join(all, " or ")
		},
	}
}

func (t ErrorType) refuses(reply wire.Reply) bool {
	if reply.Err != nil || !slices.Contains(t.statuses(reply.Variant.Binding), reply.Status) {
		return false
	}
	return reply.Fault == nil || reply.Fault.Type == "" || reply.Fault.Type == t.Name
}

// BeRejected accepts every answer of a client's error, 4xx: what the
// documents refuse without naming how.
func BeRejected() types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) string {
			if reply.Err == nil && reply.Status >= 400 && reply.Status < 500 {
				return ""
			}
			return Answer(reply)
		},
		expected: always("a refusal (4xx)"),
	}
}

// BeAnsweredWith accepts an answer with the status, whatever its body.
func BeAnsweredWith(status int) types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) string {
			if reply.Err == nil && reply.Status == status {
				return ""
			}
			return Answer(reply)
		},
		expected: always(fmt.Sprint(status)),
	}
}

// BeUnsuccessful accepts every answer that is not of success.
func BeUnsuccessful() types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) string {
			if reply.Err == nil && !reply.Succeeded() {
				return ""
			}
			return Answer(reply)
		},
		expected: always("no success"),
	}
}

// BeDocumented accepts an answer of success exactly as documented: its status,
// its wrapper and the shape of its result.
func BeDocumented() types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) string {
			if reply.Err != nil || reply.Status != wire.SuccessStatus(reply.Operation, reply.Variant.Binding) {
				return Answer(reply)
			}
			if problem := shape(reply); problem != "" {
				return misshapen(reply, problem)
			}
			return ""
		},
		expected: func(reply wire.Reply) string {
			return fmt.Sprintf("%d with %s", wire.SuccessStatus(reply.Operation, reply.Variant.Binding), kinds[wire.Result(reply.Operation)])
		},
	}
}

// Succeed accepts an answer of success with the documented wrapper and shape,
// whichever status of success it has: BeDocumented is about that one.
func Succeed() types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) string {
			if reply.Err != nil || !reply.Succeeded() {
				return Answer(reply)
			}
			if problem := shape(reply); problem != "" {
				return misshapen(reply, problem)
			}
			return ""
		},
		expected: func(reply wire.Reply) string { return "success with " + kinds[wire.Result(reply.Operation)] },
	}
}

// kinds names the shapes of results.
var kinds = map[wire.Kind]string{
	wire.Void: "no body", wire.ID: "an id", wire.IDs: "an array of ids", wire.Model: "a session",
	wire.Info: "a file's info", wire.Infos: "an array of file infos", wire.Validation: "a validation result",
}

// shape says what keeps a reply of success from the shape of its operation.
func shape(reply wire.Reply) string {
	var problem string
	switch wire.Result(reply.Operation) {
	case wire.Void:
		problem = reply.Problem
	case wire.ID:
		_, problem = reply.AsID()
	case wire.IDs:
		_, problem = reply.AsIDs()
	case wire.Infos:
		if problem = reply.Problem; problem == "" {
			if _, isList := reply.Result.([]any); !isList {
				problem = "want an array, got " + wire.Describe(reply.Result)
			}
		}
	default:
		_, problem = reply.AsMembers()
	}
	return problem
}

// BeGone accepts the answer to a get of what does not exist any more.
func BeGone() types.GomegaMatcher { return BeRefusedWith(NotFound) }

// BeOver accepts the answer to a get of a session that is not ACTIVE: it is
// gone, or in another of the documented states.
func BeOver() types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) string {
			if reply.Err == nil && reply.Status == 404 {
				return ""
			}
			model, problem := reply.AsMembers()
			if state, ok := model.String("state"); problem == "" && ok && over[State(state)] {
				return ""
			}
			return Answer(reply)
		},
		expected: always("a session that is not ACTIVE any more"),
	}
}
