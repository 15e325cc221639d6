package spec_test

import (
	"testing"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gstruct"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

func TestAFailureIsAboutTheExchangeThatWasJudged(t *testing.T) {
	g := NewWithT(t)
	report := set(t, "9.0", nil).run(t.Context(), api, "download_session.get", func(s *spec.Spec) {
		session := s.DownloadSession(spec.Active)
		s.Step("get before cancel")
		before := session.Get()
		s.Step("get after cancel")
		session.Cancel()
		session.Get()
		s.Expect(before).To(spec.HaveState(spec.Canceled))
	})

	g.Expect(report.Ending).To(Equal(spec.Broken))
	g.Expect(report.Failure).To(gstruct.PointTo(And(
		HaveField("Step", "get before cancel"), HaveField("Operation", "download_session.get"),
		HaveField("Exchange", gstruct.PointTo(Equal(1))),
		HaveField("Expected", "state CANCELED"), HaveField("Got", `state is the string "ACTIVE"`), HaveField("Answer", BeNil()),
		HaveField("Field", "state"), HaveField("Want", gstruct.PointTo(Equal("CANCELED"))),
		HaveField("Was", gstruct.PointTo(Equal("ACTIVE"))),
	)))
	g.Expect(report.Message).To(Equal(report.Failure.Sentence()))
}

func TestAnAnswerAsAWholeIsData(t *testing.T) {
	for name, test := range map[string]struct {
		judge spec.Judge
		reply wire.Reply
		want  spec.Outline
	}{
		"an error": {spec.Succeed().(spec.Judge),
			reply(rest, get, 404, `{"type":"com.vmware.vapi.std.errors.not_found","value":{"messages":[]}}`),
			spec.Outline{Status: 404, Type: "not_found", Body: "JSON"}},
		"a success": {spec.BeGone().(spec.Judge), reply(xml, get, 200, "<Get-Result/>"), spec.Outline{Status: 200, Body: "XML"}},
		"no wrapper": {spec.Succeed().(spec.Judge), reply(rest, create, 200, `"s-1"`),
			spec.Outline{Status: 200, Body: "JSON", Problem: `want an object with the one member "value", got a string`}},
		"no answer": {spec.Succeed().(spec.Judge), unanswered(), spec.Outline{Error: "broke off"}},
	} {
		NewWithT(t).Expect(test.judge.Failure(test.reply)).To(HaveField("Answer", gstruct.PointTo(Equal(test.want))), name)
	}
}

func TestMatchersOfOthersCanJudge(t *testing.T) {
	g := NewWithT(t)
	run := func(body func(*spec.Spec)) spec.Report {
		return set(t, "9.0", nil).run(t.Context(), api, "download_session.get", body)
	}
	g.Expect(run(func(s *spec.Spec) { s.Expect(1).To(Equal(2)) })).To(And(HaveField("Ending", spec.Broken),
		HaveField("Message", ContainSubstring("to equal")), HaveField("Failure", BeNil())))
	g.Expect(run(func(s *spec.Spec) { s.Expect(1).NotTo(Equal(1)) })).To(And(HaveField("Ending", spec.Broken),
		HaveField("Message", ContainSubstring("not to equal"))))
	g.Expect(run(func(s *spec.Spec) { s.Expect("no reply").To(spec.Succeed()) }).Ending).To(Equal(spec.Fault))
	g.Expect(run(func(s *spec.Spec) { s.Expect(s.List(spec.Download, "")).NotTo(spec.Succeed()) }).Failure.Expected).To(Equal("anything but success with an array of ids"))
}

func TestTheSentenceComparesWhatItsFirstLineDoesNotHold(t *testing.T) {
	a, b := "a", "b"
	for want, failure := range map[string]spec.Failure{
		"expected state a, got state is b": {Expected: "state a", Got: "state is b", Want: &a, Was: &b},
		"expected the item's id, got another one\nwant \"a\", got \"b\"": {Expected: "the item's id",
			Got: "another one", Want: &a, Was: &b},
		"expected x, got y\nits id is 7\nthe body was {}": {Expected: "x", Got: "y",
			Details: []string{"its id is 7"}, Body: "{}"},
		"expected the files, got others": {Expected: "the files", Got: "others",
			Want: spec.Lines([]string{"a", "b"}), Was: &b},
	} {
		NewWithT(t).Expect(failure.Sentence()).To(Equal(want))
	}
}
