package spec_test

import (
	"context"
	"net/http"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// However a body ends, what it made is deleted and its items come back.
func TestEveryEndingCleansUp(t *testing.T) {
	for name, test := range map[string]struct {
		end     func(s *spec.Spec, stage *stage)
		ending  spec.Ending
		message string
		blocked string
	}{
		"by itself": {func(*spec.Spec, *stage) {}, spec.Held, "", ""},
		"observed":  {func(s *spec.Spec, _ *stage) { s.Observe("seen %d", 7) }, spec.Held, "seen 7", ""},
		"assertion": {func(s *spec.Spec, _ *stage) { s.Expect(1).To(Equal(2)) }, spec.Broken, "to equal", ""},
		"fail": {func(s *spec.Spec, _ *stage) { s.Fail(spec.Expected("%d", 7).Got("%d", 8)) },
			spec.Broken, "expected 7, got 8", ""},
		"skip":  {func(s *spec.Spec, _ *stage) { s.Skip("not here") }, spec.Skipped, "not here", ""},
		"block": {func(s *spec.Spec, _ *stage) { s.Block("a.b.c", "no %s", "way") }, spec.Blocked, "no way", "a.b.c"},
		"panic": {func(*spec.Spec, *stage) { panic("oops") }, spec.Fault, "the spec itself failed: oops\ngoroutine", ""},
		"runtime error": {func(*spec.Spec, *stage) { var none *spec.Session; _ = none.ID }, spec.Fault,
			"TestEveryEndingCleansUp", ""},
		"items twice":     {func(s *spec.Spec, _ *stage) { s.Items(2) }, spec.Fault, "leases items twice", ""},
		"unknown binding": {func(s *spec.Spec, _ *stage) { s.PlainVariant("no.such") }, spec.Fault, "does not have no.such", ""},
		"stopped": {func(s *spec.Spec, stage *stage) {
			stage.Client.Stop()
			s.Unknown(spec.Download).Get()
		}, spec.NotRun, "the run was interrupted", ""},
		"request timeout": {func(s *spec.Spec, stage *stage) {
			stage.Client = stage.impatient
			s.Send(spec.Call{Operation: "download_session.get", Subject: "hang"}, spec.In(api))
		}, spec.TimedOut, "download_session.get: no complete answer in time", ""},
		"transfer timeout": {func(s *spec.Spec, stage *stage) {
			stage.Client = stage.impatient
			s.Download(stage.url + "/hang")
		}, spec.TimedOut, "transfer: no complete answer in time", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			stage := set(t, "9.0", hanging)
			report := stage.run(t.Context(), api, "download_session.get", func(s *spec.Spec) {
				s.DownloadSession(spec.Active)
				s.UpdateSession(spec.Active)
				s.DownloadSession(spec.Canceled)
				test.end(s, stage)
			})

			g.Expect(report.Ending).To(Equal(test.ending), report.Message)
			g.Expect(report.Message).To(ContainSubstring(test.message))
			g.Expect(report.BlockedBy).To(Equal(test.blocked))
			g.Expect(report.Steps[0].Name).To(Equal("arrange: create download_session"))
			stage.noSessionLeft(g)
			if test.ending != spec.NotRun {
				stage.bothItemsAreBack(g, t)
			}
		})
	}
}

// hanging answers everything but what asks for it by name: there it goes
// silent until its own deadline, which the client meets first.
func hanging(w http.ResponseWriter, r *http.Request, right http.Handler) {
	if r.URL.Path == "/hang" || is(r, "GET", "/hang") {
		silence(r)
		return
	}
	right.ServeHTTP(w, r)
}

func TestABehaviourHasADeadline(t *testing.T) {
	g := NewWithT(t)
	stage := set(t, "9.0", hanging)
	stage.Timeout = short

	report := stage.run(t.Context(), api, "download_session.get", func(s *spec.Spec) {
		s.Send(spec.Call{Operation: "download_session.get", Subject: "hang"}, spec.In(api))
	})

	g.Expect(report.Ending).To(Equal(spec.TimedOut))
}

func TestAnAbandonedRunCleansUpWhatItKnows(t *testing.T) {
	g := NewWithT(t)
	stage := set(t, "9.0", nil)
	ctx, abandon := context.WithCancel(t.Context())

	report := stage.run(ctx, api, "download_session.get", func(s *spec.Spec) {
		session := s.DownloadSession(spec.Active)
		abandon()
		session.Get()
	})

	g.Expect(report.Ending).To(Equal(spec.NotRun))
	stage.noSessionLeft(g)
	stage.bothItemsAreBack(g, t)
}

func TestItemsThatCannotBeHad(t *testing.T) {
	refused := func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		if is(r, "POST", "/library/item") {
			w.WriteHeader(507)
			return
		}
		right.ServeHTTP(w, r)
	}
	for name, test := range map[string]struct {
		wrong   middleware
		body    func(*spec.Spec, *stage)
		ending  spec.Ending
		message string
	}{
		"too few": {nil, func(s *spec.Spec, _ *stage) { s.Items(3) }, spec.Skipped, "needs 3 items at once, have 2"},
		"refused": {refused, func(s *spec.Spec, _ *stage) { s.Item() }, spec.Blocked,
			"no library item to work on: create an item: POST /api/content/library/item answered 507"},
		"stopped": {nil, func(s *spec.Spec, stage *stage) { stage.Client.Stop(); s.Item() },
			spec.NotRun, "the run was interrupted"},
		"no subscribed": {nil, func(s *spec.Spec, _ *stage) { s.SubscribedItem() }, spec.Skipped, "name one with SubscribedItem"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			stage := set(t, "9.0", test.wrong)
			report := stage.run(t.Context(), api, "download_session.create", func(s *spec.Spec) { test.body(s, stage) })
			g.Expect(report.Ending).To(Equal(test.ending))
			g.Expect(report.Message).To(ContainSubstring(test.message))
		})
	}
}

func TestTheOperationUnderTestUsesItsVariantAndTheOthersThePlainest(t *testing.T) {
	g := NewWithT(t)
	stage := set(t, "6.7u1", nil)
	variant := wire.Variant{Binding: wire.Legacy, Route: wire.Collection, Representation: wire.XML}
	report := stage.run(t.Context(), variant, "download_session.cancel", func(s *spec.Spec) {
		session := s.DownloadSession(spec.Active)
		s.Expect(session.Cancel()).To(spec.Succeed())
		s.Expect(session.Get()).To(spec.HaveState(spec.Canceled))
	})
	g.Expect(report.Ending).To(Equal(spec.Held), report.Message)
	var sent []string
	for _, step := range report.Steps {
		sent = append(sent, step.Method+" "+step.Header.Get("Content-Type"))
	}
	g.Expect(sent).To(Equal([]string{"POST application/json", "POST application/xml", "GET "}))
}
