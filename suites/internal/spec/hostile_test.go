package spec_test

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// halfAnswered is an answer that broke off.
func halfAnswered() wire.Reply {
	return wire.Decode(wire.Exchange{Status: 200, Answer: []byte(`{"state":`), Err: errors.New("broke off")}, api, get)
}

// putOff puts gets of a download session off, as often as it is told.
func putOff(times int64, retryAfter string) middleware {
	var requests atomic.Int64
	return func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		if r.Method != http.MethodGet || !strings.Contains(r.URL.Path, "/download-session/") || requests.Add(1) > times {
			right.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Retry-After", retryAfter)
		w.WriteHeader(http.StatusTooManyRequests)
	}
}

func getIt(s *spec.Spec) {
	s.Expect(s.DownloadSession(spec.Active).Get()).To(spec.HaveState(spec.Active))
}

// A target that puts requests off is not accused of what was asked.
func TestWhatIsPutOffForeverBlocks(t *testing.T) {
	g := NewWithT(t)

	report := set(t, "9.0", putOff(1000, "3600")).run(t.Context(), api, get, getIt)

	g.Expect(report.Ending).To(Equal(spec.Blocked))
	g.Expect(report.Message).To(HavePrefix("download_session.get: the target put the request off, with 429"))
	g.Expect(report.BlockedBy).To(Equal("a target that puts requests off"))
}

func TestWhatIsPutOffOnceIsJudgedAndSeen(t *testing.T) {
	g := NewWithT(t)

	report := set(t, "9.0", putOff(1, "0")).run(t.Context(), api, get, getIt)

	g.Expect(report.Ending).To(Equal(spec.Held), report.Message)
	var seen []int
	for _, step := range report.Steps {
		if step.Name == get {
			seen = append(seen, step.Status)
		}
	}
	g.Expect(seen).To(Equal([]int{429, 200}))
}

// A poll whose budget is over while the target puts its request off goes on.
func TestWhatIsPutOffDoesNotCountInAPoll(t *testing.T) {
	g := NewWithT(t)
	looks := 0

	report := set(t, "9.0", putOff(1, "1")).run(t.Context(), api, get, func(s *spec.Spec) {
		session := s.DownloadSession(spec.Active)
		s.Poll(900*time.Millisecond, func() bool {
			session.Get()
			looks++
			return looks == 2
		})
	})

	g.Expect(report.Ending).To(Equal(spec.Held), report.Message)
	g.Expect(looks).To(Equal(2))
}

// A behaviour may make many requests, each with an answer of a megabyte.
func TestAStepKeepsAPartOfALongAnswer(t *testing.T) {
	g := NewWithT(t)
	padded := func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		rewrite(w, r, right, func(status int, body string) (int, string) { return status, body + strings.Repeat(" ", 100_000) })
	}

	report := set(t, "9.0", padded).run(t.Context(), api, get, getIt)

	g.Expect(report.Ending).To(Equal(spec.Held), report.Message)
	for _, step := range report.Steps {
		g.Expect(len(step.Answer)).To(Equal(16 << 10))
		g.Expect(cap(step.Answer)).To(BeNumerically("<", 32<<10), "the rest is not kept, either")
		g.Expect(step).To(HaveField("Truncated", true))
	}
}

func TestALongSecretIsHiddenInParts(t *testing.T) {
	g := NewWithT(t)
	stage := set(t, "9.0", nil)
	var hidden []string
	stage.Hide = func(secret string) { hidden = append(hidden, secret) }
	answer := "token-" + strings.Repeat("0123456789", 10_000)

	stage.run(t.Context(), api, get, func(s *spec.Spec) {
		s.Hide("short")
		s.Hide(answer)
	})

	g.Expect(hidden[0]).To(Equal("short"))
	g.Expect(strings.Join(hidden[1:], "")).To(Equal(answer[:16<<10]), "as much as a step keeps")
	for _, part := range hidden {
		g.Expect(len(part)).To(BeNumerically("<=", 4<<10))
	}
}

// What is asked about the item is no step, but an answer that does not come
// tells of the target all the same.
func TestSilenceAboutTheItemIsNoted(t *testing.T) {
	for name, look := range map[string]func(*spec.Spec, spec.Item){
		"content version": func(s *spec.Spec, item spec.Item) { s.ContentVersion(item) },
		"files":           func(s *spec.Spec, item spec.Item) { s.Files(item) },
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var hang atomic.Bool
			stage := set(t, "9.0", func(w http.ResponseWriter, r *http.Request, right http.Handler) {
				if hang.Load() && r.Method == http.MethodGet {
					silence(r)
					return
				}
				right.ServeHTTP(w, r)
			})
			stage.Timeout = short

			report := stage.run(t.Context(), api, get, func(s *spec.Spec) {
				item := s.Item()
				hang.Store(true)
				look(s, item)
			})

			g.Expect(report.Ending).To(Equal(spec.Blocked))
			g.Expect(report.Silence).To(ContainSubstring("no complete answer in time"))
		})
	}
}
