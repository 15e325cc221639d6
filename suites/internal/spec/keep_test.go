package spec_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/spec"
)

// What an answer to create names is deleted, whatever else is wrong with it.
func TestWhatAWrongCreateMadeIsDeleted(t *testing.T) {
	for name, change := range map[string]func(int, string) (int, string){
		"wrapper": func(status int, body string) (int, string) { return status, `{"value":` + body + `}` },
		"odd wrapper": func(status int, body string) (int, string) {
			return status, `{"value":{"id":` + body + `,"state":"ACTIVE"}}`
		},
		"status":        func(_ int, body string) (int, string) { return 200, body },
		"trailing line": func(status int, body string) (int, string) { return status, body + "\r\n\r\n" },
	} {
		for _, service := range []string{spec.Download, spec.Update} {
			t.Run(name+" "+service, func(t *testing.T) {
				g := NewWithT(t)
				path := map[string]string{spec.Download: "/download-session", spec.Update: "/update-session"}[service]
				stage := set(t, "9.0", func(w http.ResponseWriter, r *http.Request, right http.Handler) {
					if is(r, "POST", path) {
						rewrite(w, r, right, change)
						return
					}
					right.ServeHTTP(w, r)
				})
				var made int
				report := stage.run(t.Context(), api, service+".create", func(s *spec.Spec) {
					item := s.Item()
					reply := s.Create(service, spec.CreateFor(item))
					now := stage.fake.Inventory()
					made = len(now.DownloadSessions) + len(now.UpdateSessions)
					s.Expect(reply).To(spec.BeDocumented())
					s.Fail(spec.Expected("a wrong answer").Got("a trailing line, which is right"))
				})
				g.Expect(report.Ending).To(Equal(spec.Broken))
				g.Expect(made).To(Equal(1))
				stage.noSessionLeft(g)
			})
		}
	}
}

func TestAnItemWhoseSessionStaysIsNotLentAgain(t *testing.T) {
	g := NewWithT(t)
	stage := set(t, "9.0", func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		if r.Method == "DELETE" {
			w.WriteHeader(500)
			return
		}
		right.ServeHTTP(w, r)
	})
	var first string
	stage.run(t.Context(), api, "download_session.get", func(s *spec.Spec) {
		first = s.DownloadSession(spec.Active).Item.ID
	})
	items, err := stage.Library.Lease(t.Context(), 2)
	g.Expect(err).NotTo(HaveOccurred())
	for _, item := range items {
		g.Expect(item.ID).NotTo(Equal(first))
	}
	g.Expect(stage.Library.Created.Left()).To(ContainElement(And(
		HaveField("Kind", "download_session"), HaveField("Err", MatchError(ContainSubstring("delete answered 500"))))))
}

// A create that was not answered may have made a session that nobody can name.
func TestAnItemWhoseCreateWasNotAnsweredIsNotLentAgain(t *testing.T) {
	g := NewWithT(t)
	stage := set(t, "9.0", func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		if is(r, "POST", "/download-session") {
			right.ServeHTTP(httptest.NewRecorder(), r)
			silence(r)
			return
		}
		right.ServeHTTP(w, r)
	})
	var first string
	report := stage.run(t.Context(), api, "download_session.create", func(s *spec.Spec) {
		item := s.Item()
		first = item.ID
		stage.Client = stage.impatient
		s.Create(spec.Download, spec.CreateFor(item))
	})
	g.Expect(report.Ending).To(Equal(spec.TimedOut))
	items, err := stage.Library.Lease(t.Context(), 2)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(items).NotTo(ContainElement(HaveField("ID", first)))
	stage.Library.Close(t.Context())
	stage.noSessionLeft(g)
}
