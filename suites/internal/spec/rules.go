package spec

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"slices"

	"github.com/onsi/gomega/types"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

// Deviation is an answer that breaks a rule of its binding, whichever behaviour
// had asked for it.
type Deviation struct {
	// Behaviour is the id of the rule's, which the deviation breaks in Binding.
	Behaviour string
	Binding   wire.Binding
	// Operation is the one that was answered.
	Operation string
	Failure   Failure
}

// rule is a behaviour that every answer of its binding has to keep; broken says
// in what an answer does not, nil for nothing.
type rule struct {
	behaviour string
	holds     func(wire.Reply) bool
	broken    func(wire.Reply) *Failure
}

// rules are what the documents say of every operation's answers.
var rules = []rule{
	{"protocol.content_type.json", isJSON, wronglyLabelled},
	{"protocol.wrapper.value", all(isResult, isClassic), wronglyWrapped},
	{"protocol.wrapper.bare", all(isResult, isAPI), notBare},
	{"protocol.void.empty", all(isVoid, isClassic), notVoid},
	{"protocol.void.no_content", all(isVoid, isAPI), notVoid},
	{"protocol.legacy.xml_response", all(isResult, isClassic, asksXML), wronglyRooted},
	{"protocol.error.shape_rest", all(isRefusal, isClassic, asksJSON), misshapenError},
	{"protocol.error.shape_xml", all(isRefusal, isClassic, asksXML), misshapenError},
	{"protocol.error.shape_api", all(isRefusal, isAPI), misshapenError},
	{"protocol.error.status_matches_type", isRefusal, mismatchedStatus},
}

// RulesOf are the ids of the behaviours that hold for every answer.
func RulesOf() (ids []string) {
	for _, one := range rules {
		ids = append(ids, one.behaviour)
	}
	return ids
}

// hold holds an answer against the rules of its binding. What a behaviour asks
// of which no document speaks may be answered in any way.
func (s *Spec) hold(reply wire.Reply) {
	if reply.Err != nil || s.Behaviour.Levels[string(s.Variant.Binding)] == ledger.Undocumented {
		return
	}
	for _, deviation := range deviationsOf(reply) {
		if !slices.ContainsFunc(s.report.Deviations, deviation.repeats) {
			s.locate(&deviation.Failure)
			s.report.Deviations = append(s.report.Deviations, deviation)
		}
	}
}

// deviationsOf are the rules that an answer breaks.
func deviationsOf(reply wire.Reply) (deviations []Deviation) {
	for _, one := range rules {
		if !one.holds(reply) {
			continue
		}
		if broken := one.broken(reply); broken != nil {
			deviations = append(deviations, Deviation{one.behaviour, reply.Variant.Binding, reply.Operation, broken.About(reply)})
		}
	}
	return deviations
}

// repeats says whether the same was seen before: once is enough for each operation.
func (d Deviation) repeats(known Deviation) bool {
	return known.Behaviour == d.Behaviour && known.Binding == d.Binding && known.Operation == d.Operation
}

func all(conditions ...func(wire.Reply) bool) func(wire.Reply) bool {
	return func(reply wire.Reply) bool {
		return !slices.ContainsFunc(conditions, func(is func(wire.Reply) bool) bool { return !is(reply) })
	}
}

func isAPI(reply wire.Reply) bool     { return reply.Variant.Binding == wire.API }
func isClassic(reply wire.Reply) bool { return !isAPI(reply) }
func asksXML(reply wire.Reply) bool   { return reply.Variant.Representation == wire.XML }
func asksJSON(reply wire.Reply) bool  { return !asksXML(reply) }

func isVoid(reply wire.Reply) bool {
	return reply.Succeeded() && wire.Result(reply.Operation) == wire.Void
}

// isResult leaves out what has no body that could be read: that breaks the
// operation's own behaviour.
func isResult(reply wire.Reply) bool {
	return reply.Succeeded() && reply.Broken == "" && len(reply.Answer) > 0 && wire.Result(reply.Operation) != wire.Void
}

// isRefusal leaves out what something between may have written, and what is
// answered to a login that is none, which authentication is about.
func isRefusal(reply wire.Reply) bool {
	switch reply.Status {
	case http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return false
	}
	return reply.Status >= http.StatusBadRequest
}

// isJSON says whether the body is JSON, whatever its label says.
func isJSON(reply wire.Reply) bool {
	return asksJSON(reply) && (reply.Succeeded() || isRefusal(reply)) && len(reply.Answer) > 0 && json.Valid(reply.Answer)
}

func wronglyLabelled(reply wire.Reply) *Failure {
	written := reply.AnswerHeader.Get("Content-Type")
	if media, _, err := mime.ParseMediaType(written); err == nil && media == "application/json" {
		return nil
	}
	failure := Expected("Content-Type application/json").Got("%q with status %d", written, reply.Status).Of("Content-Type").
		Compare("application/json", written)
	return &failure
}

func wronglyWrapped(reply wire.Reply) *Failure {
	if reply.Problem == "" {
		return nil
	}
	failure := *wrongShape(reply, reply.Problem)
	failure.Expected = `the result in the one member "value"`
	return &failure
}

// wronglyRooted is of answers in XML. That one is in XML at all is for the behaviours of
// the operation.
func wronglyRooted(reply wire.Reply) *Failure {
	root, want := reply.Root, wire.ResultRoot(reply.Operation)
	if root.Local == "" || root == want {
		return nil
	}
	failure := *wrongShape(reply, "")
	failure.Expected = fmt.Sprintf("the XML root %s in namespace %q", want.Local, want.Space)
	failure.Got = fmt.Sprintf("%q in %q", root.Local, root.Space)
	return &failure
}

// notBare finds the wrappers that a bare result may have got. A null or a shape
// that is wrong in itself breaks the operation's own behaviour.
func notBare(reply wire.Reply) *Failure {
	members, isObject := reply.Result.(wire.Members)
	_, wrapped := members["value"]
	switch wire.Result(reply.Operation) {
	case wire.ID, wire.IDs, wire.Infos:
		wrapped = isObject
	}
	if !wrapped {
		return nil
	}
	failure := *wrongShape(reply, "got "+wire.Describe(reply.Result))
	failure.Expected = "the bare result"
	return &failure
}

func notVoid(reply wire.Reply) *Failure {
	want := wire.SuccessStatus(reply.Operation, reply.Variant.Binding)
	if reply.Status == want && reply.Problem == "" {
		return nil
	}
	failure := *wrongShape(reply, reply.Problem)
	failure.Expected = fmt.Sprintf("%d and no body", want)
	return &failure
}

func misshapenError(reply wire.Reply) *Failure {
	problem := ""
	switch {
	case reply.Fault == nil:
	case asksXML(reply) && reply.Root.Local == "":
		problem = "in JSON, though XML was asked for"
	case reply.Fault.Documented == "":
		return nil
	default:
		problem = reply.Fault.Documented
	}
	failure := *wrongAnswer(reply)
	failure.Expected = "an error body of the documented shape"
	if problem != "" {
		failure.Got += ": " + problem
	}
	return &failure
}

// TellItsError accepts an error whose body has the shape that its binding
// documents.
func TellItsError() types.GomegaMatcher {
	return replyMatcher{judge: misshapenError, expected: always("an error body of the documented shape")}
}

func mismatchedStatus(reply wire.Reply) *Failure {
	documented := StatusesOfType(reply)
	if len(documented) == 0 || slices.Contains(documented, reply.Status) {
		return nil
	}
	failure := *wrongAnswer(reply)
	failure.Expected = "the documented status of the error's type, " + Either(documented)
	return &failure
}
