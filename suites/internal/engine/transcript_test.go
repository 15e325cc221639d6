package engine

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

const secret = "s3cret-token"

func redact(text string) string { return strings.ReplaceAll(text, secret, "$SESSION_ID") }

func written(exchange wire.Exchange) report.Exchange {
	return exchanges([]spec.Step{{Name: "step", Exchange: exchange}}, redact)[0]
}

func TestSecretsNeverReachATranscript(t *testing.T) {
	g := NewWithT(t)
	one := written(wire.Exchange{
		Request: wire.Request{
			Method: "POST", Body: []byte(`{"token":"` + secret + `"}`),
			Header: http.Header{"Authorization": {"Basic dXNlcjpwdw=="}, "Vmware-Api-Session-Id": {"another"}, "Cookie": {"a=b"}, "X-Echo": {"is " + secret}, "cookie": {"c=d"}},
		},
		URL: "http://target/a?token=" + secret, Status: 200,
		AnswerHeader: http.Header{"Set-Cookie": {"vmware-api-session-id=another"}, "Location": {"/" + secret}},
		Answer:       []byte("\xff\xfe" + secret + "\x00"),
		Err:          errors.New("cannot send " + secret),
	})
	text := fmt.Sprintf("%+v", one)
	for _, hidden := range []string{secret, "dXNlcjpwdw", "another", "a=b", "c=d"} {
		g.Expect(text).NotTo(ContainSubstring(hidden))
	}
	g.Expect(one.Request.Header).To(HaveKeyWithValue("Authorization", []string{"$AUTHORIZATION"}))
	g.Expect(one.Request.Header).To(HaveKeyWithValue("X-Echo", []string{"is $SESSION_ID"}))
	g.Expect(one.Response.Encoding).To(Equal("base64"))
	bytes, err := base64.StdEncoding.DecodeString(one.Response.Body)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(bytes)).To(Equal("\xff\xfe$SESSION_ID\x00"))
}

func TestALongBodyIsCutWithoutHalfASecretOrCharacter(t *testing.T) {
	for name, body := range map[string]string{
		"a secret at the cut":    strings.Repeat("x", keptBody-3) + secret + "y",
		"a character at the cut": strings.Repeat("x", keptBody-1) + "éé",
		"ascii":                  strings.Repeat("x", keptBody+1),
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			one := written(wire.Exchange{Status: 200, Answer: []byte(body)}).Response
			g.Expect(one.Truncated).To(BeTrue())
			g.Expect(one.Encoding).To(BeEmpty())
			g.Expect(utf8.ValidString(one.Body)).To(BeTrue())
			g.Expect(len(one.Body)).To(BeNumerically("~", keptBody, 3))
			g.Expect(one.Body).NotTo(ContainSubstring(secret[:3]))
		})
	}
	g := NewWithT(t)
	g.Expect(written(wire.Exchange{Answer: []byte(strings.Repeat("x", keptBody))}).Response.Truncated).To(BeFalse())
	g.Expect(written(wire.Exchange{Answer: []byte("x"), Truncated: true}).Response.Truncated).To(BeTrue())
}

func TestMessagesOfResultsAreRedacted(t *testing.T) {
	g := NewWithT(t)
	results := play(t, "api && get", map[string]func(*spec.Spec){"get.ok": func(s *spec.Spec) { s.Fail("got %s", secret) }}, func(o *Options) { o.Redact = redact })
	g.Expect(results["get.ok api"].Message).To(Equal("got $SESSION_ID"))
	g.Expect(results["get.refused api"].Message).To(ContainSubstring("(got $SESSION_ID)"))
}
