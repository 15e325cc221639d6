package spec_test

import (
	"net/http"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/spec"
)

func TestSessionsAreArrangedInEveryState(t *testing.T) {
	for _, release := range []string{"6.7u1", "9.0"} {
		for _, service := range []string{spec.Download, spec.Update} {
			for _, state := range append(spec.States(service), spec.Ended) {
				t.Run(release+" "+service+" "+string(state), func(t *testing.T) {
					g := NewWithT(t)
					stage := set(t, release, nil)
					report := stage.run(t.Context(), rest, service+".get", func(s *spec.Spec) {
						reply := s.SessionOf(service, state).Get()
						if state == spec.Ended {
							s.Expect(reply).To(spec.BeOver())
						} else {
							s.Expect(reply).To(spec.HaveState(state))
						}
					})
					g.Expect(report.Ending).To(Equal(spec.Held), report.Message)
					stage.noSessionLeft(g)
				})
			}
		}
	}
}

// Where cancel deletes an update session, as 6.0 and 6.5 document, none can be
// CANCELED; that is no fault.
func TestWhereCancelDeletesThereIsNoCanceledUpdateSession(t *testing.T) {
	g := NewWithT(t)
	stage := set(t, "6.5", nil)
	report := stage.run(t.Context(), rest, "update_session.get", func(s *spec.Spec) { s.UpdateSession(spec.Canceled) })
	g.Expect(report.Ending).To(Equal(spec.Skipped))
	g.Expect(report.Message).To(ContainSubstring("none can be CANCELED"))
}

// What the arrangement needs and does not get blocks, and names the behaviour
// that is about it.
func TestArrangementsBlockAndNameTheirPrerequisite(t *testing.T) {
	nothing := func(int, string) (int, string) { return 200, "" }
	for name, test := range map[string]struct {
		request [2]string
		change  func(int, string) (int, string)
		body    func(*spec.Spec)
		by      string
		message string
	}{
		"create refused": {[2]string{"POST", "/download-session"}, func(int, string) (int, string) { return 500, "" },
			func(s *spec.Spec) { s.DownloadSession(spec.Active) }, "download_session.create.ok", "create answered 500 with no body"},
		"create without id": {[2]string{"POST", "/download-session"}, nothing,
			func(s *spec.Spec) { s.DownloadSession(spec.Active) }, "download_session.create.ok", "create answered 200 with no body"},
		"cancel refused": {[2]string{"POST", "?action=cancel"}, func(int, string) (int, string) { return 500, "" },
			func(s *spec.Spec) { s.DownloadSession(spec.Canceled) }, "download_session.cancel.ok",
			"no CANCELED session to test with: cancel answered 500"},
		"fail refused": {[2]string{"POST", "?action=fail"}, func(int, string) (int, string) { return 400, "" },
			func(s *spec.Spec) { s.UpdateSession(spec.Errored) }, "update_session.fail.ok", "no ERROR session"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			stage := set(t, "9.0", func(w http.ResponseWriter, r *http.Request, right http.Handler) {
				if is(r, test.request[0], test.request[1]) {
					status, body := test.change(0, "")
					w.WriteHeader(status)
					w.Write([]byte(body))
					return
				}
				right.ServeHTTP(w, r)
			})
			report := stage.run(t.Context(), api, "download_session.get", test.body)
			g.Expect(report.Ending).To(Equal(spec.Blocked), report.Message)
			g.Expect(report.BlockedBy).To(Equal(test.by))
			g.Expect(report.Message).To(ContainSubstring(test.message))
		})
	}
}

func TestAMoveWithoutEffectBlocks(t *testing.T) {
	for operation, test := range map[string]struct {
		state   spec.State
		service string
		by      string
	}{
		"cancel": {spec.Canceled, spec.Download, "download_session.cancel.state"},
		"fail":   {spec.Errored, spec.Download, "download_session.fail.state_error"},
	} {
		t.Run(operation, func(t *testing.T) {
			g := NewWithT(t)
			stage := set(t, "9.0", func(w http.ResponseWriter, r *http.Request, right http.Handler) {
				if is(r, "POST", "?action="+operation) {
					w.WriteHeader(204)
					return
				}
				right.ServeHTTP(w, r)
			})
			report := stage.run(t.Context(), api, "download_session.get", func(s *spec.Spec) { s.SessionOf(test.service, test.state) })
			g.Expect(report.Ending).To(Equal(spec.Blocked))
			g.Expect(report.BlockedBy).To(Equal(test.by))
			g.Expect(report.Message).To(ContainSubstring("get shows state ACTIVE"))
			stage.noSessionLeft(g)
		})
	}
}

// A session is over by the first way that works.
func TestEndedIsReachedByAnyWayThatWorks(t *testing.T) {
	g := NewWithT(t)
	stage := set(t, "9.0", func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		if is(r, "POST", "?action=fail") || is(r, "POST", "?action=complete") {
			w.WriteHeader(500)
			return
		}
		right.ServeHTTP(w, r)
	})
	report := stage.run(t.Context(), api, "update_session.delete", func(s *spec.Spec) {
		s.Expect(s.UpdateSession(spec.Ended).Get()).To(spec.HaveState(spec.Canceled))
	})
	g.Expect(report.Ending).To(Equal(spec.Held), report.Message)
	stage.noSessionLeft(g)
}
