package updatefile

import (
	"fmt"
	"strings"

	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Update session file: add",
	// The answer alone: whether list and get know added files is documented
	// less firmly, and judged by their own behaviours.
	Behaviour("updatesession.file.add.ok", func(s *Spec) {
		reply := s.UpdateSession(InUse).Files().Add(PushSpec(added))

		s.Expect(reply).To(BeDocumented())
		s.Expect(reply).To(Show("name", added))
	}),

	Behaviour("updatesession.file.add.unknown_id", func(s *Spec) {
		reply := s.Unknown(Update).Files().Add(PushSpec(added))

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("updatesession.file.add.push", func(s *Spec) {
		reply := s.UpdateSession(InUse).Files().Add(PushSpec(added))

		s.Expect(reply).To(Show("source_type", "PUSH"))
		s.Expect(reply).To(ShowEndpoint("upload_endpoint"))
		s.Expect(reply).To(ShowNo("source_endpoint"))
	}),

	Behaviour("updatesession.file.add.push_waiting", func(s *Spec) {
		reply := s.UpdateSession(Active).Files().Add(PushSpec(added))

		s.Expect(reply).To(Show("status", "WAITING_FOR_TRANSFER"))
		s.Expect(reply).To(ShowNumber("bytes_transferred", 0))
	}),

	Behaviour("updatesession.file.add.pull_no_endpoint", refuses(wire.Object{
		{Name: "name", Value: added}, {Name: "source_type", Value: "PULL"},
	})),
	Behaviour("updatesession.file.add.name_required", refuses(
		PushSpec(added).Without("name"),
		PushSpec(""),
	)),
	Behaviour("updatesession.file.add.source_type_required", refuses(PushSpec(added).Without("source_type"))),
	Behaviour("updatesession.file.add.source_type_bad", refuses(PushSpec(added).With("source_type", "X"))),
	Behaviour("updatesession.file.push.checksum_required_field", refuses(
		PushSpec(added).With("checksum_info", wire.Object{{Name: "algorithm", Value: "SHA1"}}),
	)),

	Behaviour("updatesession.file.add.source_type_none", func(s *Spec) {
		reply := s.UpdateSession(InUse).Files().Add(PushSpec(added).With("source_type", "NONE"))

		s.Observe("add with source_type NONE answered %s", Answer(reply))
	}),

	Behaviour("updatesession.file.add.same_name_updates", func(s *Spec) {
		first := File{Name: added, Content: []byte("the first content, which must not win\n")}
		session := s.UpdateSession(Active, On(s.OwnItem()), With(first))

		s.Step("add the same name again")
		reply := session.Files().Add(PushSpec(added))

		s.Expect(reply).To(Succeed())
		s.Step("list, which must hold the name once")
		s.Expect(session.Files().List()).To(HoldFile(added))
		content := []byte("the second content\n")
		s.Step("upload the second content")
		upload, infos := send(s, session, added, uploadURL(s, reply), content)
		expectReady(s, "the file that was added again", upload, infos)
		expectOnItem(s, session, added, content)
	}).Long(),

	Behaviour("updatesession.file.add.pull_file_scheme_denied", func(s *Spec) {
		session := s.SessionOfOther(Update)

		s.Step("add a file to be pulled from the storage, as the second account")
		reply := sessions.PullFromStorage(s, session)
		s.Step("list, which must not hold the file")
		after := session.Files().List(As(s.Other()))
		s.Step("control: the second account adds a file to be pushed")
		control := session.Files().Add(PushSpec(added), As(s.Other()))

		if !control.Succeeded() {
			s.Skip("the second account may not add to this session at all, so the refusal says nothing about the storage")
		}
		sessions.SkipIfStorageIsOpen(s, reply.Succeeded(), func() Reply {
			there := s.SessionOfOther(Download)
			return sessions.PrepareDirect(s, there, s.FileOf(there.Item))
		})
		s.Expect(reply).To(BeRefusedWith(Unauthorized))
		s.Expect(after).To(NotHoldFile(sessions.Stored))
	}),

	Behaviour("updatesession.file.add.ovf_metadata_order", func(s *Spec) {
		item := s.OVFItem()
		s.Step("control: manifest and certificate before the descriptor")
		control := s.UpdateSession(Active, On(item))
		for _, name := range []string{sessions.Manifest, sessions.Certificate, sessions.OVF} {
			s.Expect(control.Files().Add(PushSpec(name))).To(Succeed())
		}
		s.Step("cancel, for the item to be free")
		control.Cancel()

		session := sessionWith(s, item, sessions.Descriptor())
		for _, name := range []string{sessions.Manifest, sessions.Certificate} {
			s.Step("add " + name + " after the descriptor")
			s.Expect(session.Files().Add(PushSpec(name))).To(BeRefusedWith(NotAllowedInCurrentState))
			s.Expect(session.Files().List()).To(NotHoldFile(name))
		}
	}).Long(),

	Behaviour("updatesession.file.add.not_active", func(s *Spec) {
		observeAfterTheEnd(s, func(session *Session) Reply { return session.Files().Add(PushSpec(added)) })
	}).Long(),
)

// refuses returns the body of a behaviour in which each of the specs is
// invalid and adds nothing, under whatever name.
func refuses(specs ...wire.Object) func(*Spec) {
	return func(s *Spec) {
		session := s.UpdateSession(Active)
		s.Step("list before")
		before := session.Files().List()
		for _, spec := range specs {
			s.Step("add what is not valid")
			s.Expect(session.Files().Add(spec)).To(BeRefusedWith(InvalidArgument))
			s.Step("list, which must hold the same files")
			s.Expect(session.Files().List()).To(HoldFiles(FileNames(s.Infos(before))...))
		}
	}
}

// observeAfterTheEnd notes what the operation answers in each state that is
// not ACTIVE: the documents leave that open.
func observeAfterTheEnd(s *Spec, act func(*Session) Reply) {
	var seen []string
	note := func(state string, session *Session) {
		s.Step("the act, after the session is " + state)
		seen = append(seen, fmt.Sprintf("in %s answered %s", state, Answer(act(session))))
	}
	note("ERROR", s.UpdateSession(Errored))
	if canceled := s.CanceledUpdate(); canceled.Gone {
		note("no state, since cancel deletes,", canceled)
	} else {
		note("CANCELED", canceled)
	}
	note("DONE", s.UpdateSession(Done))
	s.Observe("%s", strings.Join(seen, "; "))
}
