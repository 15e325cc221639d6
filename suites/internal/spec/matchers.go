package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"session-conformance/suites/internal/wire"
)

// replyMatcher judges a reply by a function that says what is wrong with it;
// nil is a match. What is wrong lacks what was expected, which expected tells.
type replyMatcher struct {
	judge    func(wire.Reply) *Failure
	expected func(wire.Reply) string
	// wanted is the documented answer; nil where a status was not judged.
	wanted func(wire.Reply) Outline
}

func (m replyMatcher) Match(actual any) (bool, error) {
	reply, ok := actual.(wire.Reply)
	if !ok {
		return false, fmt.Errorf("want a wire.Reply, got %T", actual)
	}
	return m.judge(reply) == nil, nil
}

// Failure implements Judge.
func (m replyMatcher) Failure(actual any) Failure {
	reply := actual.(wire.Reply)
	failure := *m.judge(reply)
	failure.Expected = m.expected(reply)
	if m.wanted != nil {
		failure.Wanted = new(m.wanted(reply))
	}
	return failure.About(reply)
}

// NegatedFailure implements Judge.
func (m replyMatcher) NegatedFailure(actual any) Failure {
	reply := actual.(wire.Reply)
	failure := *wrongAnswer(reply)
	failure.Expected = "anything but " + m.expected(reply)
	return failure.About(reply)
}

func (m replyMatcher) FailureMessage(actual any) string { return m.Failure(actual).Sentence() }

func (m replyMatcher) NegatedFailureMessage(actual any) string {
	return m.NegatedFailure(actual).Sentence()
}

// wrongAnswer is a failure of the answer as a whole.
func wrongAnswer(reply wire.Reply) *Failure { return wrongShape(reply, "") }

// wrongShape is a failure of the answer for the problem with its result.
func wrongShape(reply wire.Reply, problem string) *Failure {
	outline := outlineOf(reply, problem)
	return &Failure{Got: outline.String(), Answer: &outline}
}

// wrong is a failure of something in the answer.
func wrong(got string, details ...string) *Failure { return &Failure{Got: got, Details: details} }

func always(text string) func(wire.Reply) string {
	return func(wire.Reply) string { return text }
}

// BeRefusedWith accepts an answer with the documented status of one of the
// errors. The body's own type must be that error's where the body tells it;
// where it tells none, protocol.error judges the body.
func BeRefusedWith(accepted ...ErrorType) types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) *Failure {
			for _, errorType := range accepted {
				if errorType.refuses(reply) {
					return nil
				}
			}
			return wrongAnswer(reply)
		},
		expected: func(reply wire.Reply) string {
			var all []string
			for _, errorType := range accepted {
				all = append(all, errorType.describe(reply.Variant.Binding))
			}
			return strings.Join(all, " or ")
		},
		wanted: func(reply wire.Reply) Outline {
			var statuses []int
			for _, errorType := range accepted {
				statuses = append(statuses, errorType.statuses(reply.Variant.Binding)...)
			}
			wanted := Outline{Status: statuses[0], Also: statuses[1:]}
			if len(accepted) == 1 {
				wanted.Type = accepted[0].Name
			}
			return wanted
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
		judge: func(reply wire.Reply) *Failure {
			if reply.Err == nil && reply.Status >= 400 && reply.Status < 500 {
				return nil
			}
			return wrongAnswer(reply)
		},
		expected: always("a refusal (4xx)"),
		wanted:   func(wire.Reply) Outline { return Outline{Status: 400, Also: rejections} },
	}
}

// rejections are other statuses by which servers tell a client's error.
var rejections = []int{401, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 422}

// BeAnsweredWith accepts an answer with the status, whatever its body.
func BeAnsweredWith(status int) types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) *Failure {
			if reply.Err == nil && reply.Status == status {
				return nil
			}
			return wrongAnswer(reply)
		},
		expected: always(fmt.Sprint(status)),
		wanted:   func(wire.Reply) Outline { return Outline{Status: status} },
	}
}

// BeUnsuccessful accepts every answer that is not of success.
func BeUnsuccessful() types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) *Failure {
			if reply.Err == nil && !reply.Succeeded() {
				return nil
			}
			return wrongAnswer(reply)
		},
		expected: always("no success"),
	}
}

// BeDocumented accepts an answer of success exactly as documented: its status,
// its wrapper and the shape of its result.
func BeDocumented() types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) *Failure {
			if reply.Err != nil || reply.Status != wire.SuccessStatus(reply.Operation, reply.Variant.Binding) {
				return wrongAnswer(reply)
			}
			if problem := shape(reply); problem != "" {
				return wrongShape(reply, problem)
			}
			return nil
		},
		expected: func(reply wire.Reply) string {
			return fmt.Sprintf("%d with %s", wire.SuccessStatus(reply.Operation, reply.Variant.Binding),
				kinds[wire.Result(reply.Operation)])
		},
		wanted: success,
	}
}

// Succeed accepts an answer of success with the documented wrapper and shape,
// whichever status of success it has: BeDocumented is about that one.
func Succeed() types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) *Failure {
			if reply.Err != nil || !reply.Succeeded() {
				return wrongAnswer(reply)
			}
			if problem := shape(reply); problem != "" {
				return wrongShape(reply, problem)
			}
			return nil
		},
		expected: func(reply wire.Reply) string { return "success with " + kinds[wire.Result(reply.Operation)] },
		wanted:   success,
	}
}

// success is the documented answer of success.
func success(reply wire.Reply) Outline {
	return Outline{Status: wire.SuccessStatus(reply.Operation, reply.Variant.Binding)}
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
		judge: func(reply wire.Reply) *Failure {
			if reply.Err == nil && reply.Status == 404 {
				return nil
			}
			model, problem := reply.AsMembers()
			if state, ok := model.String("state"); problem == "" && ok && over[State(state)] {
				return nil
			}
			return wrongAnswer(reply)
		},
		expected: always("a session that is not ACTIVE any more"),
	}
}
