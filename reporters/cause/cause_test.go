package cause_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/cause"
	"session-conformance/reporters/report"
)

// absent is a failed result of a get that leaves the field out.
func absent(id, service, field, want string) report.Result {
	return report.Result{ID: id, Service: service, Operation: "get", Binding: "api", Level: report.Must, Outcome: report.Failed,
		Failure: &report.Failure{Operation: service + ".get", Expected: field + " " + want, Got: field + " is absent",
			Field: field, Absent: true, Want: &want}}
}

// answered is a failed result of an operation for an answer as a whole.
func answered(id, operation string, wanted, came report.Answer) report.Result {
	return report.Result{ID: id, Service: "update_session", Operation: operation, Binding: "api",
		Outcome: report.Failed, Failure: &report.Failure{
			Operation: "update_session." + operation, Expected: "this", Got: "that", Wanted: &wanted, Answer: &came,
		}}
}

// compared is a failed result of an operation for a field of its answer.
func compared(id, operation, field, want, was string) report.Result {
	return report.Result{ID: id, Service: "update_session", Operation: operation, Binding: "api", Outcome: report.Failed,
		Failure: &report.Failure{Expected: field + " " + want, Got: field + " " + was, Field: field, Want: &want, Was: &was}}
}

// stopping is a failed result of cancel behind which the target stops answering.
func stopping(id string) report.Result {
	one := answered(id, "cancel", refusal, empty)
	one.Failure.StopsTarget = true
	return one
}

func passed(operation string) report.Result {
	return report.Result{ID: operation, Service: "update_session", Operation: operation, Binding: "api", Outcome: report.Passed}
}

func blocked(id, by string) report.Result {
	return report.Result{ID: id, Binding: "api", Outcome: report.Blocked, BlockedBy: by}
}

var (
	refusal = report.Answer{Status: 400, Type: "not_allowed_in_current_state"}
	empty   = report.Answer{Status: 204, Body: "no body"}
)

func TestOneCauseExplainsWhatHasItInCommon(t *testing.T) {
	shape := func(id, representation string) report.Result {
		one := answered(id, "get", report.Answer{Status: 200},
			report.Answer{Status: 200, Body: "XML", Problem: "want the one member \"value\""})
		one.Binding, one.Representation = "legacy", representation
		return one
	}
	noError := answered("e", "get", report.Answer{Status: 404, Type: "not_found"},
		report.Answer{Status: 404, Body: "a body that is text/plain, not JSON"})
	for name, test := range map[string]struct {
		results []report.Result
		want    string
	}{
		"what stops the target": {[]report.Result{stopping("a"), stopping("b")},
			"update_session.cancel: the target stops answering behind a"},
		"a field": {[]report.Result{absent("a", "update_session", "client_progress", "0"),
			absent("b", "download_session", "client_progress", "0")},
			"client_progress is left out of the answers of download_session.get and update_session.get while it is 0"},
		"a state that is not looked at": {[]report.Result{answered("a", "cancel", refusal, empty),
			answered("b", "complete", refusal, empty)},
			"update_session.cancel and complete: success where 400 not_allowed_in_current_state is documented"},
		"a shape in many variants": {[]report.Result{shape("a", "xml"), shape("a", "json"), shape("b", "xml")},
			`update_session.get: the answer has the wrong shape: want the one member "value"`},
		"errors that are no errors": {[]report.Result{noError, noError},
			"errors of update_session.get are no documented ones: 404 with a body that is text/plain, not JSON"},
		"no answer": {[]report.Result{answered("a", "create", refusal, report.Answer{Error: "it was closed"}),
			answered("b", "add", refusal, report.Answer{Error: "it was closed"})},
			"update_session.add and create: it was closed"},
		"an operation that is not served": {[]report.Result{
			answered("a", "get", report.Answer{Status: 200}, report.Answer{Status: 404, Type: "operation_not_found"}),
			answered("b", "get", report.Answer{Status: 200}, report.Answer{Status: 404, Type: "operation_not_found"}),
		}, "update_session.get does not work: expected this, got that"},
		"a wrong status": {[]report.Result{answered("a", "cancel", report.Answer{Status: 204}, report.Answer{Status: 200}),
			answered("b", "fail", report.Answer{Status: 204}, report.Answer{Status: 200})},
			"update_session.cancel and fail: 200 where 204 is documented"},
		"files that are not looked into": {[]report.Result{
			compared("a", "validate", "has_errors", "true", "false"), compared("b", "get", "state", "ERROR", "DONE"),
			{ID: "c", Service: "update_session", Operation: "complete", Outcome: report.Failed,
				Failure: &report.Failure{Expected: "a file with a wrong SHA1 to fail", Got: "success", Unnoticed: true}},
		}, "what is wrong with a file goes unnoticed by update_session.complete, get and validate: " +
			"update_session.validate: expected has_errors true, got has_errors false"},
		"a target without states": {[]report.Result{
			answered("a", "cancel", refusal, empty), answered("b", "complete", refusal, empty),
			answered("c", "delete", refusal, empty), answered("d", "fail", refusal, empty),
			answered("e", "create", report.Answer{Status: 400, Type: "resource_busy"}, empty),
		}, "update_session.cancel, complete, create, delete and 1 more: success where 400 not_allowed_in_current_state " +
			"and 400 resource_busy are documented"},
		"what ran out of time": {[]report.Result{{Service: "a", Operation: "b", Outcome: report.TimedOut, Message: "no verdict within 30 s\nmore"}}, "a.b: no verdict within 30 s"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			causes := cause.Of(append(test.results, passed("list")))
			g.Expect(causes).To(HaveLen(1))
			g.Expect(causes[0].Summary).To(Equal(test.want))
			g.Expect(causes[0].Results).To(HaveLen(len(test.results)))
		})
	}
}

func TestWhatUnblocksMostComesFirst(t *testing.T) {
	g := NewWithT(t)
	warned := answered("warned", "fail", report.Answer{Status: 204}, report.Answer{Status: 500})
	warned.Outcome = report.Warned
	results := []report.Result{
		passed("get"), answered("busy", "create", refusal, empty), warned,
		blocked("middle", "warned"), blocked("leaf", "middle"), blocked("lost", "the login of the other user"), blocked("ring", "ring"),
	}
	causes := cause.Of(results)

	g.Expect(causes).To(HaveLen(2))
	g.Expect(causes[0]).To(And(HaveField("Warned", 1), HaveField("Blocked", 2), HaveField("Results", []int{2}),
		HaveField("BlockedResults", []int{3, 4}), HaveField("Operations", []string{"update_session.fail"})))
	g.Expect(causes[1]).To(And(HaveField("Failed", 1), HaveField("Results", []int{1})))
	g.Expect(cause.Verdict(causes, report.Count(results))).To(Equal("2 causes explain 4 of 6 results; first: " + causes[0].Summary))
	g.Expect(cause.Tally(causes[0])).To(Equal("1 warned, 2 blocked"))
}

func TestOtherFaultsHaveOtherCauses(t *testing.T) {
	busy := report.Answer{Status: 400, Type: "resource_busy"}
	causes := cause.Of([]report.Result{
		passed("get"), answered("a", "create", busy, empty), answered("b", "cancel", refusal, empty),
		answered("c", "get", report.Answer{Status: 200}, report.Answer{Status: 500}),
		absent("d", "update_session", "state", "ACTIVE"), {ID: "e", Outcome: report.Fault, Message: "a mistake of ours"},
	})
	NewWithT(t).Expect(causes).To(HaveLen(4))
}

func TestARunThatPassedHasNoCause(t *testing.T) {
	g := NewWithT(t)
	g.Expect(cause.Of([]report.Result{passed("get")})).To(BeEmpty())
	g.Expect(cause.Verdict(nil, report.Counts{Passed: 1})).To(BeEmpty())
	saved := []report.Cause{{Summary: "as it was saved"}}
	g.Expect(cause.Known(&report.Run{Causes: saved, Results: []report.Result{answered("a", "cancel", refusal, empty)}})).To(Equal(saved))
}
