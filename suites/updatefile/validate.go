package updatefile

import (
	"fmt"

	. "session-conformance/suites/internal/spec"
)

// Names of the files of an OVF: the descriptor, what goes with it, and the
// disk that it refers to.
const (
	ovf         = "conformance.ovf"
	manifest    = "conformance.mf"
	certificate = "conformance.cert"
	disk        = "conformance-disk1.vmdk"
)

// diskContent is not a disk; no document says that validate looks into one.
var diskContent = []byte("the disk of the conformance suite's OVF\n")

// descriptor is a small OVF descriptor, sound but for nothing to run in it.
var descriptor = fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
  <References>
    <File ovf:href=%q ovf:id="file1" ovf:size="%d"/>
  </References>
  <DiskSection>
    <Info>The disks</Info>
    <Disk ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="disk1" ovf:fileRef="file1" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
  </DiskSection>
  <VirtualSystem ovf:id="conformance">
    <Info>A virtual machine of the conformance suite</Info>
  </VirtualSystem>
</Envelope>
`, disk, len(diskContent))

// broken ends in the middle of its references.
var broken = []byte(`<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"><References><File`)

var _ = Describe("Update session file: validate",
	Behaviour("updatesession.file.validate.ok", func(s *Spec) {
		reply := s.Validate(s.UpdateSession(Active))

		s.Expect(reply).To(BeDocumented())
		s.Expect(reply).To(ShowSome("has_errors"))
	}),

	Behaviour("updatesession.file.validate.unknown_id", func(s *Spec) {
		reply := s.Validate(s.Unknown(Update))

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("updatesession.file.validate.clean", func(s *Spec) {
		session := s.UpdateSession(Active)
		s.Pushed(session, added, []byte("a file without faults\n"))

		reply := s.Validate(session)

		s.Expect(reply).To(FindErrors(false))
		s.Expect(reply).To(ShowEmptyList("missing_files"))
		s.Expect(reply).To(ShowEmptyList("invalid_files"))
	}),

	Behaviour("updatesession.file.validate.missing", func(s *Spec) {
		reply := s.Validate(sessionWith(s, s.OVFItem(), descriptor))

		s.Expect(reply).To(FindErrors(true))
		s.Expect(reply).To(FindMissing(disk))
	}),

	Behaviour("updatesession.file.validate.retry", func(s *Spec) {
		session := sessionWith(s, s.OVFItem(), descriptor)
		s.Step("validate without the disk")
		before := s.Validate(session)
		if has, _ := FindingsOf(before); !has {
			s.Block("updatesession.file.validate.missing", "no error to get rid of: validate answered %s%s", Answer(before), Body(before))
		}
		s.Pushed(session, disk, diskContent)

		s.Step("validate with the disk")
		s.Expect(s.Validate(session)).To(FindErrors(false))
	}).Long(),

	Behaviour("updatesession.file.validate.invalid_file", func(s *Spec) {
		reply := s.Validate(sessionWith(s, s.OVFItem(), broken))

		s.Expect(reply).To(FindErrors(true))
		s.Expect(reply).To(FindInvalid(ovf))
	}),

	Behaviour("updatesession.file.validate.has_errors_implies_entry", func(s *Spec) {
		seen := false
		for _, content := range [][]byte{descriptor, broken} {
			reply := s.Validate(sessionWith(s, s.OVFItem(), content))
			s.Expect(reply).To(Succeed())
			has, entries := FindingsOf(reply)
			if has && entries == 0 {
				s.Fail("expected an entry in missing_files or invalid_files beside has_errors true, got none%s", Body(reply))
			}
			seen = seen || has
		}
		if !seen {
			s.Observe("has_errors was not true, neither for a missing disk nor for a broken descriptor")
		}
	}).Long(),

	Behaviour("updatesession.file.validate.not_received", func(s *Spec) {
		session := s.UpdateSession(Active)
		s.Added(session, PushSpec(added))

		reply := s.Validate(session)

		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(s.Get(session)).To(HaveState(Active))
	}),

	Behaviour("updatesession.file.validate.not_active", notValidatedIn(Done)),
	Behaviour("updatesession.file.validate.not_active_error", notValidatedIn(Errored)),

	Behaviour("updatesession.file.validate.not_active_canceled", func(s *Spec) {
		session := s.CanceledUpdate()

		reply := s.Validate(session)

		if session.Gone {
			s.Expect(reply).To(BeRefusedWith(NotFound))
			return
		}
		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(s.Get(session)).To(HaveState(Canceled))
	}),

	Behaviour("updatesession.file.validate.no_side_effect", func(s *Spec) {
		faulty := sessionWith(s, s.OVFItem(), descriptor)
		s.Expect(s.Validate(faulty)).To(Succeed())
		s.Expect(s.Get(faulty)).To(HaveState(Active))

		sound := s.UpdateSession(Active)
		s.Pushed(sound, added, []byte("a file without faults\n"))
		s.Expect(s.Validate(sound)).To(Succeed())
		s.Expect(s.Get(sound)).To(HaveState(Active))
	}).Long(),
)

// sessionWith arranges a session on the item that has received the descriptor.
func sessionWith(s *Spec, item Item, content []byte) *Session {
	session := s.SessionOn(item, Update, Active)
	s.Pushed(session, ovf, content)
	return session
}

// notValidatedIn returns the body of a behaviour in which a session in the
// state is not validated.
func notValidatedIn(state State) func(*Spec) {
	return func(s *Spec) {
		session := s.UpdateSession(state)

		reply := s.Validate(session)

		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(s.Get(session)).To(HaveState(state))
	}
}
