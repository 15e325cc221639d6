package engine

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/spec"
)

func TestAFailureReachesItsResultWithoutSecrets(t *testing.T) {
	g := NewWithT(t)
	book := &secret.Book{}
	book.Hide("hunter2-is-secret", "$PASSWORD")
	was := "it was hunter2-is-secret"
	broke := &spec.Failure{
		Expected: "a", Got: "b hunter2-is-secret", Field: "f", Want: new("w"), Was: &was,
		Details: []string{"hunter2-is-secret"}, Body: "hunter2-is-secret",
		Answer: &spec.Outline{Status: 404, Type: "not_found", Body: "JSON"}, Step: "get",
		Operation: "download_session.get", Exchange: new(2),
	}
	g.Expect(failure(broke, book)).To(Equal(&report.Failure{
		Expected: "a", Got: "b $PASSWORD", Field: "f", Want: new("w"), Was: new("it was $PASSWORD"),
		Details: []string{"$PASSWORD"}, Body: "$PASSWORD",
		Answer: &report.Answer{Status: 404, Type: "not_found", Body: "JSON"}, Step: "get",
		Operation: "download_session.get", Exchange: new(2),
	}))
	g.Expect(failure(nil, book)).To(BeNil())
}

func TestWhatBrokeIsToldAsDataAtEveryLevel(t *testing.T) {
	g := NewWithT(t)
	broken := func(s *spec.Spec) { s.Fail(spec.Failure{Expected: "this", Got: "that"}) }
	results := play(t, "api", map[string]func(*spec.Spec){"get.ok": broken, "get.should": broken, "get.open": broken}, nil)
	for _, name := range []string{"get.ok api", "get.should api", "get.open api"} {
		g.Expect(results[name]).To(And(HaveField("Message", "expected this, got that"),
			HaveField("Failure", Equal(&report.Failure{Expected: "this", Got: "that"}))))
	}
	g.Expect(results["get.newer api"].Failure).To(BeNil())
}
