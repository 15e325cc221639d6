package updatefile

import (
	"slices"

	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

// sound is a file in which there is nothing to find.
var sound = File{Name: added, Content: []byte("a file without faults\n")}

var _ = Describe("Update session file: validate",
	Behaviour("updatesession.file.validate.ok", func(s *Spec) {
		reply := s.UpdateSession(InUse).Files().Validate()

		s.Expect(reply).To(BeDocumented())
		s.Expect(reply).To(ShowSome("has_errors"))
	}),

	Behaviour("updatesession.file.validate.fields", func(s *Spec) {
		reply := s.UpdateSession(InUse).Files().Validate()

		s.Expect(reply).To(ShowSome("has_errors"))
		s.Expect(reply).To(ShowList("missing_files"))
		s.Expect(reply).To(ShowList("invalid_files"))
	}),

	Behaviour("updatesession.file.validate.unknown_id", func(s *Spec) {
		reply := s.Unknown(Update).Files().Validate()

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("updatesession.file.validate.clean", func(s *Spec) {
		session := s.UpdateSession(Active, With(sound))

		reply := session.Files().Validate()

		s.Expect(reply).To(FindErrors(false))
		if _, entries := FindingsOf(reply); entries > 0 {
			s.Fail(Expected("no missing and no invalid files").Got("%d", entries).About(reply))
		}
	}),

	Behaviour("updatesession.file.validate.missing", func(s *Spec) {
		reply := sessionWith(s, s.OVFItem(), sessions.Descriptor()).Files().Validate()

		s.Expect(reply).To(FindErrors(true))
		s.Expect(reply).To(FindMissing(sessions.Disk))
	}),

	Behaviour("updatesession.file.validate.retry", func(s *Spec) {
		session := sessionWith(s, s.OVFItem(), sessions.Descriptor())
		s.Step("validate without the disk")
		before := session.Files().Validate()
		if has, _ := FindingsOf(before); !has {
			s.Block("updatesession.file.validate.missing", "no error to get rid of: validate answered %s%s",
				Answer(before), Body(before))
		}
		session.Files().Receive(sessions.DiskFile())

		s.Step("validate with the disk")
		after := session.Files().Validate()
		if invalid := InvalidFiles(after); len(invalid) > 0 && !slices.Equal(invalid, InvalidFiles(before)) {
			sessions.RefusesOVF(s, "validate names %q as invalid", invalid)
		}
		s.Expect(after).To(FindErrors(false))
	}).Long(),

	Behaviour("updatesession.file.validate.invalid_file", func(s *Spec) {
		reply := sessionWith(s, s.OVFItem(), sessions.BrokenDescriptor()).Files().Validate()

		s.Expect(reply).To(FindErrors(true))
		s.Expect(reply).To(FindInvalid(sessions.OVF))
	}),

	Behaviour("updatesession.file.validate.has_errors_implies_entry", func(s *Spec) {
		reply := sessionWith(s, s.OVFItem(), sessions.Descriptor()).Files().Validate()

		s.Expect(reply).To(Succeed())
		has, entries := FindingsOf(reply)
		if has && entries == 0 {
			s.Fail(Expected("an entry in missing_files or invalid_files beside has_errors true").Got("none").About(reply))
		}
		if !has {
			s.Skip("has_errors was not true for a missing disk")
		}
	}),

	Behaviour("updatesession.file.validate.not_received", func(s *Spec) {
		session := s.UpdateSession(Active)
		session.Files().Announce(PushSpec(added))

		reply := session.Files().Validate()

		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(session.Get()).To(HaveState(Active))
	}),

	Behaviour("updatesession.file.validate.not_active", refusesValidateIn(Done)),
	Behaviour("updatesession.file.validate.not_active_error", refusesValidateIn(Errored)),

	Behaviour("updatesession.file.validate.not_active_canceled", func(s *Spec) {
		session := s.CanceledUpdate()

		reply := session.Files().Validate()

		if session.Gone {
			s.Expect(reply).To(BeRefusedWith(NotFound))
			return
		}
		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(session.Get()).To(HaveState(Canceled))
	}),

	Behaviour("updatesession.file.validate.no_side_effect", func(s *Spec) {
		faulty := sessionWith(s, s.OVFItem(), sessions.Descriptor())
		s.Expect(faulty.Files().Validate()).To(Succeed())
		s.Expect(faulty.Get()).To(HaveState(Active))

		session := s.UpdateSession(Active, With(sound))
		s.Expect(session.Files().Validate()).To(Succeed())
		s.Expect(session.Get()).To(HaveState(Active))
	}).Long(),
)

// sessionWith arranges a session on the item that has received the descriptor.
func sessionWith(s *Spec, item Item, descriptor File) *Session {
	return s.UpdateSession(Active, On(item), With(descriptor))
}

// refusesValidateIn returns the body of a behaviour in which a session in the
// state is not validated.
func refusesValidateIn(state State) func(*Spec) {
	return func(s *Spec) {
		session := s.UpdateSession(state)

		reply := session.Files().Validate()

		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(session.Get()).To(HaveState(state))
	}
}
