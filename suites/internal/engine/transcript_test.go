package engine

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

const token = "s3cret-token"

// knowing is the book of a run that has the token and an account.
func knowing() *secret.Book {
	book := &secret.Book{}
	book.Hide(token, "$SESSION_ID")
	book.Hide("dGVzdGVyOnBhc3N3b3Jk", "$USERNAME:$PASSWORD")
	return book
}

func written(all ...wire.Exchange) []report.Exchange {
	var steps []spec.Step
	for _, one := range all {
		steps = append(steps, spec.Step{Name: "step", Exchange: one})
	}
	return exchanges(spec.Report{Ending: spec.Broken, Steps: steps}, bookOf(knowing(), steps))
}

func TestSecretsNeverReachATranscript(t *testing.T) {
	g := NewWithT(t)
	one := written(wire.Exchange{
		Request: wire.Request{
			Method: "POST", Body: []byte(`{"token":"` + token + `"}`),
			Header: http.Header{"Authorization": {"Basic dXNlcjpwdw=="}, "Vmware-Api-Session-Id": {"another"}, "Cookie": {"a=b"},
				"X-Echo": {"is " + token}, "cookie": {"c=d"}},
		},
		URL: "http://target/a?token=" + token, Status: 200,
		AnswerHeader: http.Header{
			"Set-Cookie": {"sid=unheard-of-cookie; Path=/"}, "Location": {"/" + token}, "Vmware-Api-Session-Id": {"unheard-of-token"},
		},
		Answer: []byte("\xff\xfe" + token + "\x00"),
		Err:    errors.New("cannot send " + token),
	})[0]
	text := fmt.Sprintf("%+v", one)
	for _, hidden := range []string{token, "dXNlcjpwdw", "another", "a=b", "c=d", "unheard-of"} {
		g.Expect(text).NotTo(ContainSubstring(hidden))
	}
	g.Expect(one.Request.Header).To(HaveKeyWithValue("X-Echo", []string{"is $SESSION_ID"}))
	g.Expect(one.Response.Encoding).To(Equal("base64"))
	bytes, err := base64.StdEncoding.DecodeString(one.Response.Body)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(bytes)).To(Equal("\xff\xfe$SESSION_ID\x00"))
}

// A reader has to see by which login a request was made.
func TestCredentialsAreNamed(t *testing.T) {
	for value, want := range map[string]string{
		token: "$SESSION_ID", token + "x": "$UNKNOWN_SESSION_ID", "x": "$UNKNOWN_SESSION_ID", "": "$UNKNOWN_SESSION_ID",
		"$HOME/x": "$UNKNOWN_SESSION_ID",
	} {
		g := NewWithT(t)
		one := written(wire.Exchange{Request: wire.Request{Header: http.Header{"vmware-api-session-id": {value}}}})[0]
		g.Expect(one.Request.Header).To(HaveKeyWithValue("vmware-api-session-id", []string{want}), value)
	}
	for value, want := range map[string]string{
		"Basic dGVzdGVyOnBhc3N3b3Jk": "Basic $USERNAME:$PASSWORD", "Basic dXNlcjpwdw==": "$UNKNOWN_AUTHORIZATION",
		"Bearer x": "$UNKNOWN_AUTHORIZATION",
	} {
		g := NewWithT(t)
		one := written(wire.Exchange{Request: wire.Request{Header: http.Header{"Authorization": {value}}}})[0]
		g.Expect(one.Request.Header).To(HaveKeyWithValue("Authorization", []string{want}), value)
	}
}

func TestTransferURLsShowTheirHostOnly(t *testing.T) {
	const (
		path    = "/cls/data/8f14e45f-ceea-467f-a1b2-0123456789ab/disk.vmdk?a=1&b=2"
		address = "https://vc.example:443" + path
	)
	slashed, err := json.Marshal(strings.ReplaceAll(address, "/", "\x00"))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for name, answer := range map[string]string{
		"api":     `{"name":"disk.vmdk","upload_endpoint":{"ssl_certificate_thumbprint":"AA:BB","uri":"` + address + `"}}`,
		"escaped": `{"download_endpoint": {"uri": ` + strings.ReplaceAll(string(slashed), `\u0000`, `\/`) + `}}`,
		"a list":  `{"value":[{"upload_endpoint":{"uri":"` + address + `"}},{"upload_endpoint":{"uri":"https://vc.example:443/cls/data/another-secret/x"}}]}`,
		"XML": `<r:Get-Result xmlns:r="x"><value><download_endpoint><uri>` + strings.ReplaceAll(address, "&",
			"&amp;") + `</uri></download_endpoint></value></r:Get-Result>`,
		"cut JSON": `{"upload_endpoint":{"uri":"` + address + `"},"status":"WAI`,
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			all := written(
				wire.Exchange{Status: 200, Answer: []byte(answer)},
				wire.Exchange{URL: address, Status: 404, AnswerHeader: http.Header{"Location": {path}}, Answer: []byte("no " + address)},
			)
			text := fmt.Sprintf("%+v", all)
			g.Expect(text).NotTo(Or(ContainSubstring("8f14e45f"), ContainSubstring("another-secret")))
			g.Expect(all[0].Response.Body).To(ContainSubstring("vc.example:443/$TRANSFER_PATH_1"))
			g.Expect(all[1].URL).To(Equal("https://vc.example:443/$TRANSFER_PATH_1"))
			g.Expect(all[1].Response.Body).To(Equal("no https://vc.example:443/$TRANSFER_PATH_1"))
			if name == "a list" {
				g.Expect(all[0].Response.Body).To(ContainSubstring("https://vc.example:443/$TRANSFER_PATH_2"), "two URLs stay two")
			}
		})
	}
}

// A target may write the id of the session into its transfer URLs.
func TestASessionIsShownByItsIDAlsoWhereAURLHoldsIt(t *testing.T) {
	g := NewWithT(t)
	const session = "8f14e45f-ceea-467f-a1b2-0123456789ab"
	all := written(
		wire.Exchange{Status: 201, Request: wire.Request{Path: "/api/content/library/item/update-session/" + session + "/file"},
			Answer: []byte(`{"upload_endpoint":{"uri":"https://vc.example/cls/data/` + session + `/disk.vmdk"}}`)},
		wire.Exchange{Status: 200, Answer: []byte(`{"id":"` + session + `"}`)},
	)
	g.Expect(all[0].Response.Body).To(ContainSubstring("vc.example/$TRANSFER_PATH_1"), "the whole URL lets everyone in")
	g.Expect(all[1].Response.Body).To(Equal(`{"id":"` + session + `"}`))
}

// What the suite offers to be fetched is no secret of the target's.
func TestOtherEndpointsAreShown(t *testing.T) {
	g := NewWithT(t)
	const answer = `{"source_endpoint":{"uri":"http://192.0.2.1:8080/offered/0123456789"},"upload_endpoint":null,"download_endpoint":{"uri":"ds:///vmfs/volumes/a-datastore/file"}}`
	g.Expect(written(wire.Exchange{Status: 200, Answer: []byte(answer)})[0].Response.Body).To(Equal(answer))
}

func TestALongBodyIsCutWithoutHalfASecretOrCharacter(t *testing.T) {
	for name, body := range map[string]string{
		"a secret at the cut":    strings.Repeat("x", keptBody-3) + token + "y",
		"a character at the cut": strings.Repeat("x", keptBody-1) + "éé",
		"ascii":                  strings.Repeat("x", keptBody+1),
		"a secret at the end":    strings.Repeat(token, 2*keptBody/len(token)+1),
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			one := written(wire.Exchange{Status: 200, Answer: []byte(body)})[0].Response
			g.Expect(one).To(HaveField("Truncated", true))
			g.Expect(one.Encoding).To(BeEmpty())
			g.Expect(one.Body).To(Satisfy(utf8.ValidString))
			g.Expect(len(one.Body)).To(BeNumerically("~", keptBody, 3))
			g.Expect(one.Body).NotTo(ContainSubstring(token[:3]))
		})
	}
	g := NewWithT(t)
	g.Expect(written(wire.Exchange{Answer: []byte(strings.Repeat("x", keptBody))})[0]).To(HaveField("Response.Truncated", false))
	g.Expect(written(wire.Exchange{Answer: []byte("x"), Truncated: true})[0]).To(HaveField("Response.Truncated", true))
}

// A hostile target pads all that it sends; what a run keeps stays small.
func TestALongMessageIsCutInAllItsParts(t *testing.T) {
	g := NewWithT(t)
	long := strings.Repeat("x", 100_000)
	one := written(wire.Exchange{
		Request: wire.Request{Method: "GET"}, URL: "http://target/" + long, Status: 200, Answer: []byte(long),
		AnswerHeader: http.Header{"A": {"first", long, "behind"}, "B": {long}},
	})[0]

	g.Expect(len(one.URL)).To(Equal(keptURL))
	g.Expect(len(one.Response.Body)).To(Equal(keptBody))
	g.Expect(one.Response.Header).To(HaveLen(1))
	kept := one.Response.Header["A"]
	g.Expect(kept).To(HaveLen(2))
	g.Expect(kept[0]).To(Equal("first"))
	g.Expect(len("A") + len(kept[0]) + len(kept[1])).To(Equal(keptHeader))
}

// What holds needs no long look at its exchanges.
func TestLessIsKeptOfWhatHolds(t *testing.T) {
	for ending, most := range map[string]int{"held": keptHeld, "broken": keptBody} {
		g := NewWithT(t)
		target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, strings.Repeat("x", 100_000))
		}))
		client := wire.NewClient(wire.Options{Target: target.URL, RequestTimeout: budget})

		result := play(t, "api && get", map[string]func(*spec.Spec){"get.ok": func(s *spec.Spec) {
			s.SessionNamed(spec.Download, "unknown").Get()
			if ending == "broken" {
				s.Fail(spec.Expected("x").Got("%s", strings.Repeat("y", 100_000)))
			}
		}}, func(o *Options) { o.Target.Client = client })["get.ok api"]

		g.Expect(len(result.Exchanges[0].Response.Body)).To(Equal(most), ending)
		g.Expect(result.Exchanges[0].Response).To(HaveField("Truncated", true))
		g.Expect(len(result.Message)).To(BeNumerically("<=", keptMessage))
		client.Close()
		target.Close()
	}
}

func TestMessagesOfResultsAreRedacted(t *testing.T) {
	g := NewWithT(t)
	results := play(t, "api && get", map[string]func(*spec.Spec){"get.ok": func(s *spec.Spec) { s.Fail(spec.Expected("none").Got("%s", token)) }}, func(o *Options) { o.Secrets = knowing() })
	g.Expect(results["get.ok api"].Message).To(Equal("expected none, got $SESSION_ID"))
	g.Expect(results["get.refused api"].Message).To(ContainSubstring("(expected none, got $SESSION_ID)"))
}

func TestItemsAreNamed(t *testing.T) {
	g := NewWithT(t)
	g.Expect(items(spec.Report{Items: []library.Item{{ID: "i-1", File: "a.txt"}, {ID: "i-2"}}})).To(Equal([]report.Item{{ID: "i-1", File: "a.txt"}, {ID: "i-2"}}))
	g.Expect(items(spec.Report{})).To(BeEmpty())
}
