package reproduce_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
	"session-conformance/reporters/reproduce"
)

// wrongly is a behaviour whose last answer fails for the reason.
func wrongly(failure report.Failure, exchanges ...report.Exchange) report.Result {
	result := behaviour(exchanges...)
	failure.Exchange = new(len(exchanges) - 1)
	failure.Expected, failure.Got = "what is documented", "something else"
	result.Outcome, result.Failure = report.Failed, &failure
	return result
}

// answering is an exchange with the answer.
func answering(status int, body string) report.Exchange {
	one := exchange("GET", "/x", "")
	one.Status, one.Response.Body = status, body
	return one
}

// A script ends with 1 where the answer is the wrong one, and with 0 where it is as
// documented, whatever differs from answer to answer.
func TestAScriptHoldsTheAnswerToWhatIsDocumented(t *testing.T) {
	const id = "0b0d5a52-6b2c-4f6e-9d1c-0123456789ab"
	text := func(text string) *string { return &text }
	for name, c := range map[string]struct {
		failure     report.Failure
		was         report.Exchange
		wrong, fine string
		status      string
	}{
		"a status": {report.Failure{Answer: &report.Answer{Status: 204}, Wanted: &report.Answer{Status: 404, Type: "not_found"}}, answering(204, ""), "", `{"error_type":"NOT_FOUND"}`, "404"},
		"a type": {report.Failure{Answer: &report.Answer{Status: 400, Type: "error"}, Wanted: &report.Answer{Status: 400, Type: "invalid_argument"}}, answering(400, `{"error_type":"ERROR"}`),
			`{"error_type":"ERROR"}`, `{"type":"com.vmware.vapi.std.errors.invalid_argument"}`, "400"},
		"another status that is as good": {report.Failure{Answer: &report.Answer{Status: 200}, Wanted: &report.Answer{Status: 400, Also: []int{500}}}, answering(200, "{}"), "{}", "", "500"},
		"a value":                        {report.Failure{Field: "state", Want: text("CANCELED"), Was: text("ACTIVE")}, answering(200, `{"state":"ACTIVE"}`), `{"preview":{"state":"CANCELED"},"state":"ACTIVE"}`, `{"preview":{"state":"A"},"state" : "CANCELED"}`, ""},
		"a value in XML":                 {report.Failure{Field: "state", Want: text("CANCELED"), Was: text("ACTIVE")}, answering(200, `<a><state>ACTIVE</state></a>`), `<a><b><state>CANCELED</state></b><state>ACTIVE</state></a>`, `<?xml version="1.0"?><a><b/><b><state>A</state></b><state>CANCELED</state></a>`, ""},
		"a number":                       {report.Failure{Field: "size", Want: text("0"), Was: text("7")}, answering(200, `{"size":7}`), `{"size":8}`, `{"name":"size","size": 0}`, ""},
		"a kind":                         {report.Failure{Field: "size", Want: text("7"), Was: text("7")}, answering(200, `{"size":"7"}`), `{"size":"7"}`, `{"size":7}`, ""},
		"an absence":                     {report.Failure{Field: "size", Absent: true}, answering(200, `{}`), `{"a":"size"}`, `{"size":0}`, ""},
		"a presence":                     {report.Failure{Field: "note", Was: text("x")}, answering(200, `{"note":"x"}`), `{"note":"x"}`, `{"a":1}`, ""},
		"a time in another form":         {report.Failure{Field: "time", Was: text("2126-01-02 03:04:05.123")}, answering(200, `{"time":"2126-01-02 03:04:05.123"}`), `{"time":"2126-11-12 13:14:15.7"}`, `{"time":"2126-11-12T13:14:15.7Z"}`, ""},
		"a time gone by":                 {report.Failure{Field: "time", Was: text("2020-01-02T03:04:05Z")}, answering(200, `{"time":"2020-01-02T03:04:05Z"}`), `{"time":"2021-01-02T03:04:05Z"}`, `{"time":"2126-11-12T13:14:15.7Z"}`, ""},
		"a shape":                        {report.Failure{Answer: &report.Answer{Status: 200, Problem: "it"}, Wanted: &report.Answer{Status: 200}}, answering(200, `{"value":{"id":"s-1","n":12}}`), `{ "value": {"id": "other", "n":7} }`, `{"id":"s-1","n":12}`, ""},
		"a shape of a list": {report.Failure{Answer: &report.Answer{Status: 200, Problem: "it"}, Wanted: &report.Answer{Status: 200}},
			answering(200, `{"value":["a","b","c"]}`), `{"value":["d"]}`, `["d"]`, ""},
		"a label":                {report.Failure{Field: "Content-Type", Want: text("application/json"), Was: text("text/html")}, answering(200, "{}"), "{}", "{}", "200 application/json; charset=utf-8"},
		"a list with too little": {report.Failure{Lacks: []string{id}}, answering(200, `[]`), `[]`, `["` + id + `"]`, ""},
		"a list with too much":   {report.Failure{Holds: []string{id}}, answering(200, `["`+id+`"]`), `["` + id + `"]`, `[]`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			script := reproduce.Script(reporttest.Run(), wrongly(c.failure, c.was))
			g := NewWithT(t)
			g.Expect(exitCode(t, script, c.wrong, fmt.Sprint(c.was.Status))).To(Equal(1), script)
			g.Expect(exitCode(t, script, c.fine, cmp.Or(c.status, "200"))).To(Equal(0), script)
		})
	}
}

// A comparison of two answers keeps the first.
func TestAScriptComparesTwoAnswers(t *testing.T) {
	g := NewWithT(t)
	before, now := answering(200, `{"content_version":"2"}`), answering(200, `{"content_version":"1"}`)
	now.URL += "?again"
	result := wrongly(report.Failure{Field: "content_version", Before: new(0), Want: new("2"), Was: new("1")}, before, now)
	script := reproduce.Script(reporttest.Run(), result)
	g.Expect(script).To(ContainSubstring("BEFORE=$(value content_version)\n"))
	g.Expect(script).To(ContainSubstring("expect same \"$BEFORE\" content_version\n"))
	g.Expect(exitCode(t, script, `{"content_version":"7"}`, "200")).To(Equal(0), "the same twice")
}

func TestWhatOneAnswerDoesNotShowHasNoScript(t *testing.T) {
	g := NewWithT(t)
	of := func(failure report.Failure) string {
		result := behaviour(answering(200, `{"state":"ACTIVE"}`))
		result.Failure = &failure
		return reproduce.Script(reporttest.Run(), result)
	}
	g.Expect(of(report.Failure{Expected: "the same by each route", Got: "another one"})).To(BeEmpty())
	g.Expect(of(report.Failure{Exchange: new(0), Want: new("listed"), Was: new("not listed")})).To(BeEmpty(), "words of ours")
	g.Expect(of(report.Failure{Exchange: new(0), Before: new(0), Field: "state"})).To(BeEmpty(), "both show it alike")
	g.Expect(of(report.Failure{Exchange: new(0), Timeline: &report.Timeline{}})).To(BeEmpty())
}

// exitCode is that of the script where every answer is this one.
func exitCode(t *testing.T, script, answer, status string) int {
	t.Helper()
	folder := t.TempDir()
	stub, answers := filepath.Join(folder, "curl"), filepath.Join(folder, "answer")
	g := NewWithT(t)
	g.Expect(os.WriteFile(stub, []byte(recorder), 0o755)).To(Succeed())
	g.Expect(os.WriteFile(answers, []byte(answer), 0o644)).To(Succeed())
	shell := exec.CommandContext(t.Context(), "sh")
	shell.Stdin = strings.NewReader(script)
	shell.Env = append(os.Environ(), "CURL="+stub, "RECORD="+os.DevNull, "ANSWER="+answers, "STATUS="+status)
	text, _ := shell.CombinedOutput()
	g.Expect(string(text)).NotTo(ContainSubstring("not found"))
	return shell.ProcessState.ExitCode()
}
