package sessions

import (
	. "session-conformance/suites/internal/spec"
)

// Stored is a file that a server would have to read from its storage, whoever asks.
const Stored = "conformance-stored.bin"

// PullFromStorage adds a file to be pulled from the storage, as the second account.
func PullFromStorage(s *Spec, session *Session) Reply {
	return session.Files().Add(PullSpec(Stored, "ds:///vmfs/volumes/conformance/"+Stored, len(Stored)), As(s.Other()))
}

// PrepareDirect prepares a file to be read from the storage, as the second account.
func PrepareDirect(s *Spec, session *Session, file string) Reply {
	return session.Files().Use("prepare", FileName(file).With("endpoint_type", "DIRECT"), As(s.Other()))
}

// SkipIfStorageIsOpen skips where the second account was given the storage, unless the
// other way to it is closed to the account: then it lacks ContentLibrary.ReadStorage,
// which both need (reference, section 10).
func SkipIfStorageIsOpen(s *Spec, given bool, otherWay func() Reply) {
	if !given {
		return
	}
	s.Step("whether the other way to the storage is open to the second account")
	if closed, _ := BeRefusedWith(Unauthorized).Match(otherWay()); !closed {
		s.Skip("the second account was given the storage; " +
			"the suite cannot tell whether it holds ContentLibrary.ReadStorage: name one that does not")
	}
}
