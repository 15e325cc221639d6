package reproduce_test

import (
	"encoding/base64"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
	"session-conformance/reporters/reproduce"
	"session-conformance/reporters/visible"
)

// recorder stands in for curl: it writes its arguments, each ended by a NUL,
// with what is in the file that one of them names, and answers from a file.
const recorder = `#!/bin/sh
for argument in "$@"; do
  printf '%s\0' "$argument" >>"$RECORD"
  case $argument in @*) printf 'base64:%s\0' "$(base64 <"${argument#@}" | tr -d '\n')" >>"$RECORD" ;; esac
done
printf 'END\0' >>"$RECORD"
cat "$ANSWER"
case " $* " in *http_code*) printf '\n< %s' "${STATUS:-200}" ;; esac
`

func TestHostileTextIsSentAsItWas(t *testing.T) {
	for name, body := range map[string]string{
		"quotes":      `it's "$(touch owned)" ` + "`touch owned`" + ` \ $PATH ${IFS} !! 'a'`,
		"lines":       "a\n'b'\n\nc\n\t",
		"a file":      "@/etc/passwd",
		"an option":   "--next",
		"binary":      "\x00\x01\xff\xfe\r\n",
		"invisible":   "a\u202eb\x1b[2J",
		"emoji":       "😀 ]]> é",
		"of a secret": `{"user":"$USERNAME","other":"$USERNAMES $NOBODY_KNOWS"}`,
		"the sample":  reporttest.Hostile,
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			run := reporttest.Run()
			sent := exchange("POST", "/x", body)
			if name == "binary" || name == "the sample" {
				sent.Request = report.Message{Body: base64.StdEncoding.EncodeToString([]byte(body)), Encoding: "base64"}
			}
			script := reproduce.Script(run, behaviour(sent))
			g.Expect(visible.Text(script)).To(Equal(script), "nothing hidden can be in a script")

			// curl would read a file for anything else that begins with @.
			g.Expect(script).To(Or(ContainSubstring(" --data-raw "), ContainSubstring(` --data-binary "@$file"`)))

			calls, out := play(t, script, "")

			want := strings.ReplaceAll(body, `"$USERNAME"`, `"me"`)
			g.Expect(calls).To(HaveLen(1), out)
			g.Expect(calls[0]).To(ContainElement(Or(Equal(want), Equal("base64:"+base64.StdEncoding.EncodeToString([]byte(want))))), script)
			g.Expect(calls[0]).To(ContainElement("https://vc.example/x"))
		})
	}
}

func TestHostileTextElsewhereRunsNothing(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	result := behaviour(report.Exchange{
		Step: reporttest.Hostile, Method: "POST", URL: "https://vc.example/" + reporttest.Hostile,
		Request: report.Message{Header: map[string][]string{"X-Hostile": {reporttest.Hostile}, "X-Empty": {""}}, Body: "x"},
	})
	result.ID, result.Promise, result.Message = reporttest.Hostile, reporttest.Hostile, reporttest.Hostile
	result.Items = []report.Item{{ID: reporttest.Hostile, File: reporttest.Hostile}}
	script := reproduce.Script(run, result)
	g.Expect(visible.Text(script)).To(Equal(script))

	calls, out := play(t, script, `"token"`, "LIBRARY_ITEM_ID=x", "FILE_NAME=x")

	g.Expect(calls).To(HaveLen(2), out)
	g.Expect(calls[1]).To(ContainElements("X-Empty;", "Content-Type:", HavePrefix("X-Hostile: "), HavePrefix("https://vc.example/")))
	g.Expect(out).NotTo(Or(ContainSubstring("\x1b"), ContainSubstring("not found")))
}

func TestWhatTheTargetMadeUpIsTakenFromItsAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		answer, later string
		now           string
		want          string
	}{
		"bare":          {`"s-1"`, "/id/s-1?x=1", `  "t 2"  `, "/id/t 2?x=1"},
		"value":         {`{"value":"s-1"}`, "/id:s-1", `{ "value" : "t-2" }`, "/id:t-2"},
		"XML":           {`<r><value>s-1</value></r>`, "/id:s-1", `<?xml version="1.0"?><x:r xmlns:x="y"><value>t&amp;2</value></x:r>`, "/id:t&2"},
		"a list":        {`["s-0","s-1"]`, "/id:s-1", `["t-1", "t-2"]`, "/id:t-2"},
		"the second":    {`[{"name":"a"},{"name":"s-1"}]`, "/id:s-1", `[{"size":1,"name":"b"},{"name" : "t-2"}]`, "/id:t-2"},
		"a name as one": {`{"name":"name","id":"s-1"}`, "/id:s-1", `{"id":"t-2","name":"id"}`, "/id:t-2"},
		"a slash":       {`{"uri":"https://vc.example/$TRANSFER_PATH_1"}`, "/$TRANSFER_PATH_1", `{"uri":"https:\/\/h\/p"}`, "https://h/p"},
		"to be escaped": {`"s/1"`, "/id:s%2F1", `"t/2"`, "/id:%74%2f%32"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			first := exchange("POST", "/create", "")
			first.Response.Body = c.answer
			script := reproduce.Script(reporttest.Run(), behaviour(first, exchange("DELETE", c.later, "")))

			calls, _ := play(t, script, c.now)

			g.Expect(calls).To(HaveLen(2), script)
			address := c.want
			if strings.HasPrefix(address, "/") {
				address = "https://vc.example" + address
			}
			g.Expect(calls[1]).To(ContainElement(address), script)
		})
	}
}

func TestOnlyWhatTheTargetMadeUpIsTakenFromItsAnswers(t *testing.T) {
	g := NewWithT(t)
	first := exchange("POST", "/create", `{"name":"mine"}`)
	first.Response.Body = `{"name":"mine","state":"ACTIVE","id":"s-1"}`
	script := reproduce.Script(reporttest.Run(), behaviour(first, exchange("DELETE", "/s-10/s-1.txt/mine", "")))
	g.Expect(script).NotTo(MatchRegexp(`(?m)^\w+=\$\(`))
}

func TestAScriptLogsInByItsBinding(t *testing.T) {
	for binding, path := range map[string]string{"api": "/api/session", "rest": "/rest/com/vmware/cis/session", "legacy": "/rest/com/vmware/cis/session"} {
		g := NewWithT(t)
		result := behaviour(withLogin(exchange("GET", "/x", "")))
		result.Binding = binding

		calls, _ := play(t, reproduce.Script(reporttest.Run(), result), `{"value": "the-token"}`)

		g.Expect(calls).To(HaveLen(2))
		g.Expect(calls[0]).To(ContainElements("-u", "me:my $(secret)", "https://vc.example"+path))
		g.Expect(calls[1]).To(ContainElement("vmware-api-session-id: the-token"))
	}
}

func TestScriptsNameTheirCredentials(t *testing.T) {
	g := NewWithT(t)
	login := exchange("POST", "/api/session", "")
	login.Request.Header = map[string][]string{"Authorization": {"Basic $USERNAME:$PASSWORD"}}
	login.Response.Body = `"$OWN_SESSION_ID"`
	own, wrong, unknown, other := exchange("GET", "/own", ""), login, exchange("GET", "/unknown", ""), exchange("GET", "/other", "")
	own.Request.Header = map[string][]string{"vmware-api-session-id": {"$OWN_SESSION_ID"}}
	wrong.Request.Header = map[string][]string{"Authorization": {"$UNKNOWN_AUTHORIZATION"}}
	unknown.Request.Header = map[string][]string{"vmware-api-session-id": {"$UNKNOWN_SESSION_ID"}}
	other.Request.Header = map[string][]string{"vmware-api-session-id": {"$OTHER_SESSION_ID"}}

	calls, _ := play(t, reproduce.Script(reporttest.Run(), behaviour(login, own, wrong, unknown, other)), `"tok"`, "OTHER_USERNAME=you", "OTHER_PASSWORD=yours")

	g.Expect(calls).To(HaveLen(6))
	g.Expect(calls[0]).To(ContainElement("you:yours"))
	g.Expect(calls[1]).To(ContainElement("me:my $(secret)"))
	g.Expect(calls[2]).To(ContainElement("vmware-api-session-id: tok"))
	g.Expect(calls[3]).To(ContainElement("me:wrong-password"))
	g.Expect(calls[4]).To(ContainElement("vmware-api-session-id: 00000000-0000-0000-0000-000000000000"))
	g.Expect(calls[5]).To(ContainElement("vmware-api-session-id: tok"))
}

func TestTokensAreNewEachTime(t *testing.T) {
	g := NewWithT(t)
	const token = "0b0d5a52-6b2c-4f6e-9d1c-0123456789ab"
	header := exchange("POST", "/x", "")
	header.Request.Header = map[string][]string{"Client-Token": {token}}
	body := exchange("POST", "/y", `{"client_token":"`+token+`","other":"no-uuid"}`)
	script := reproduce.Script(reporttest.Run(), behaviour(header, body, exchange("POST", "/z?a=b&client_token="+token, ""), exchange("POST", "/no?client_token=no-uuid", "")))

	calls, _ := play(t, script, "")

	g.Expect(calls).To(HaveLen(4))
	var fresh string
	for _, argument := range calls[0] {
		if value, found := strings.CutPrefix(argument, "Client-Token: "); found {
			fresh = value
		}
	}
	g.Expect(fresh).To(And(MatchRegexp(`^[0-9a-f-]{36}$`), Not(Equal(token))))
	g.Expect(calls[1]).To(ContainElement(`{"client_token":"` + fresh + `","other":"no-uuid"}`))
	g.Expect(calls[2]).To(ContainElement(HaveSuffix("client_token=" + fresh)))
	g.Expect(calls[3]).To(ContainElement(HaveSuffix("client_token=no-uuid")))
}

func TestALookThatWaitsIsRepeatedUntilItsAnswerChanges(t *testing.T) {
	g := NewWithT(t)
	first, last := exchange("GET", "/x", ""), exchange("GET", "/x", "")
	first.Response.Body, last.Response.Body = `{"state":"ACTIVE"}`, `{"state":"DONE"}`
	script := reproduce.Script(reporttest.Run(), behaviour(first, first, last, exchange("DELETE", "/x", ""), exchange("DELETE", "/x", "")))
	g.Expect(strings.Count(script, "\nsend \"")).To(Equal(1))
	g.Expect(strings.Count(script, "\nsend -X DELETE")).To(Equal(2), "what changes something is sent as often as it was")
	g.Expect(script).To(ContainSubstring("}\nask\nexpect within 30 shows state DONE\nexpect answered 2??\n"))
}

func TestWhatIsAskedInAnotherWayIsNoLook(t *testing.T) {
	g := NewWithT(t)
	anonymous, later := exchange("GET", "/x", ""), exchange("GET", "/x", "")
	later.Step = "afterwards"
	script := reproduce.Script(reporttest.Run(), behaviour(withLogin(anonymous), anonymous, later))
	g.Expect(strings.Count(script, "\nsend \"")).To(Equal(3))
	g.Expect(script).NotTo(ContainSubstring("within"))
}

func TestAScriptSaysWhatItCannotDo(t *testing.T) {
	g := NewWithT(t)
	cut := exchange("POST", "/x", "half")
	cut.Request.Truncated = true
	pull := exchange("POST", "/y", `{"source_endpoint":{"uri":"http://192.0.2.1/it's"}}`)
	script := reproduce.Script(reporttest.Run(), behaviour(cut, pull))
	g.Expect(script).To(ContainSubstring("# The report has only the first 4 bytes of this body."))
	g.Expect(script).To(ContainSubstring("# Set SOURCE_URL."))
	g.Expect(reproduce.Script(reporttest.Run(), behaviour())).To(BeEmpty())

	calls, _ := play(t, script, "", "SOURCE_URL=http://192.0.2.1/it's")
	g.Expect(calls[1]).To(ContainElement(`{"source_endpoint":{"uri":"http://192.0.2.1/it's"}}`))
}

func TestAScriptForTheBundledServerNamesAnother(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	run.Target = report.Target{URL: "http://127.0.0.1:4711", Bundled: true}
	sent := exchange("GET", "/x", "")
	sent.URL = "http://127.0.0.1:4711/x"
	calls, _ := play(t, reproduce.Script(run, behaviour(sent)), "")
	g.Expect(calls[0]).To(ContainElement("http://127.0.0.1:8443/x"))
	calls, _ = play(t, reproduce.Script(run, behaviour(sent)), "", "TARGET=https://vc.example")
	g.Expect(calls[0]).To(ContainElement("https://vc.example/x"))
}
