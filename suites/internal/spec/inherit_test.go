package spec_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/spec"
)

// sessions counts the sessions on the target.
func (s *stage) sessions() int {
	there := s.fake.Inventory()
	return len(there.DownloadSessions) + len(there.UpdateSessions)
}

const cancel = "download_session.cancel"

// refused is a body that leaves the session as it is.
func refused(id *string) func(*spec.Spec) {
	return func(s *spec.Spec) {
		session := s.DownloadSession(spec.Canceled)
		*id = session.ID
		s.Expect(session.Cancel()).To(spec.BeRefusedWith(spec.NotAllowedInCurrentState))
	}
}

func TestRefusalsFollowEachOtherOnOneSession(t *testing.T) {
	g := NewWithT(t)
	stage := set(t, "9.0", nil)
	var first, second string

	before := stage.runAfterOthers(t.Context(), api, cancel, refused(&first))
	after := stage.runAfterOthers(t.Context(), api, cancel, refused(&second))

	g.Expect(before).To(HaveField("Inherited", false))
	g.Expect(after).To(HaveField("Inherited", true))
	g.Expect(second).To(Equal(first))
	g.Expect(stage.sessions()).To(Equal(1))
	var names []string
	for _, step := range after.Steps {
		names = append(names, step.Name)
	}
	g.Expect(names).To(Equal([]string{
		"arrange: create download_session", "arrange: cancel, to be CANCELED", "arrange: get, to see CANCELED", cancel,
	}), "the transcript shows how the session came to be")
	stage.Library.Close(t.Context())
	g.Expect(stage.sessions()).To(BeZero())
	g.Expect(stage.Library.Created.Left()).To(BeEmpty())
}

func TestWhatIsNotLeftAsItWasIsNotInherited(t *testing.T) {
	for name, first := range map[string]func(*spec.Spec){
		"something was done":      func(s *spec.Spec) { s.DownloadSession(spec.Active).KeepAlive(20) },
		"something was not known": func(s *spec.Spec) { s.DownloadSession(spec.Active).Files().Prepare("conformance.txt") },
		"it does not hold":        func(s *spec.Spec) { s.DownloadSession(spec.Active); s.Fail(spec.Expected("it").Got("none")) },
		"another state":           func(s *spec.Spec) { s.DownloadSession(spec.Canceled) },
		"another service":         func(s *spec.Spec) { s.UpdateSession(spec.Active) },
		"beside another session":  func(s *spec.Spec) { s.DownloadSession(spec.Active); s.DownloadSession(spec.Active) },
		"with a file": func(s *spec.Spec) {
			s.UpdateSession(spec.Active, spec.With(spec.File{Name: "a.txt", Content: []byte("a")}))
		},
		"on an item of its own": func(s *spec.Spec) { s.DownloadSession(spec.Active, spec.On(s.OwnItem())) },
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			stage := set(t, "9.0", nil)
			stage.runAfterOthers(t.Context(), api, cancel, first)

			second := stage.runAfterOthers(t.Context(), api, cancel, func(s *spec.Spec) { s.DownloadSession(spec.Active) })

			g.Expect(second.Ending).To(Equal(spec.Held), second.Message)
			g.Expect(second).To(HaveField("Inherited", false))
			stage.bothItemsAreBack(g, t)
			g.Expect(stage.sessions()).To(BeZero(), "who leases an item finds none of it")
		})
	}
}

func TestWhoIsIsolatedTakesNothingAndLeavesNothing(t *testing.T) {
	g := NewWithT(t)
	stage := set(t, "9.0", nil)
	var left, own string
	stage.runAfterOthers(t.Context(), api, cancel, refused(&left))

	report := stage.run(t.Context(), api, cancel, refused(&own))

	g.Expect(report).To(HaveField("Inherited", false))
	g.Expect(own).NotTo(Equal(left))
	g.Expect(stage.fake.Inventory().DownloadSessions).NotTo(ContainElement(own))
}

// What an item was only tried to be changed by is looked at before it is lent
// again; what was changed is not.
func TestAnItemIsLentAgainIfItIsAsItWas(t *testing.T) {
	pushed := spec.File{Name: "a.txt", Content: []byte("a")}
	for name, test := range map[string]struct {
		body func(*spec.Spec)
		same bool
	}{
		"canceled":  {func(s *spec.Spec) { s.UpdateSession(spec.Active, spec.On(s.OwnItem()), spec.With(pushed)).Cancel() }, true},
		"completed": {func(s *spec.Spec) { s.UpdateSession(spec.Active, spec.On(s.OwnItem()), spec.With(pushed)).Complete() }, false},
		"arranged":  {func(s *spec.Spec) { s.UpdateSession(spec.Done, spec.On(s.OwnItem()), spec.With(pushed)) }, false},
		"refused": {func(s *spec.Spec) {
			s.UpdateSession(spec.Active)
			s.Create(spec.Update, spec.CreateFor(s.Item()))
		}, true},
		"not held": {func(s *spec.Spec) { s.OwnItem(); s.Fail(spec.Expected("it").Got("none")) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			stage := set(t, "9.0", nil)
			first := stage.run(t.Context(), api, cancel, test.body)

			second := stage.run(t.Context(), api, cancel, func(s *spec.Spec) { s.Item() })

			g.Expect(second.Items[0].ID == first.Items[0].ID).To(Equal(test.same))
			stage.noSessionLeft(g)
		})
	}
}
