package spec

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"time"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// The documents set no limit to either. A right server may take a few seconds
// to settle a file of a few bytes, each look costing a slow one another; what
// it copies to make a file ready for download may be a long one of the user's.
const (
	transferBudget = 15 * time.Second
	prepareBudget  = 30 * time.Second
)

// Transfer is what an address answered that the target named.
type Transfer struct {
	wire.Exchange
	// Accepted says that the whole answer was one of success, Served that it
	// was one with content.
	Accepted, Served bool
}

func transferred(exchange wire.Exchange) Transfer {
	success := exchange.Status >= 200 && exchange.Status < 300
	return Transfer{exchange, success && exchange.Err == nil, success && len(exchange.Answer) > 0}
}

func (t Transfer) String() string {
	switch {
	case t.Status == 0:
		return "no answer: " + wire.Explain(t.Err)
	case t.Err != nil:
		return fmt.Sprintf("%d with %d bytes, then: %s", t.Status, len(t.Answer), wire.Explain(t.Err))
	}
	return fmt.Sprintf("%d with %d bytes", t.Status, len(t.Answer))
}

// Upload puts the content to an upload URL, whole.
func (s *Spec) Upload(address string, content []byte) Transfer {
	return transferred(s.Fetch(wire.Request{Method: http.MethodPut, Body: content}, address))
}

// Download gets the address.
func (s *Spec) Download(address string) Transfer {
	return transferred(s.Fetch(wire.Request{Method: http.MethodGet}, address))
}

// DownloadBare gets the address without any header of the run's, login
// included: the address alone has to be enough.
func (s *Spec) DownloadBare(address string) Transfer {
	return transferred(s.fetch(s.target.Client.DoURL, wire.Request{Method: http.MethodGet}, address))
}

// WatchFile polls a file of the session until it has one of the statuses, or
// the budget is over, and returns every reply to get.
func (s *Spec) WatchFile(session *Session, name string, statuses ...string) []wire.Reply {
	operation, promise, budget := session.FileService()+".get", ".ok", prepareBudget
	if session.Service == Update {
		// What the session had from the start is another promise.
		promise, budget = ".added", transferBudget
	}
	var seen []wire.Reply
	s.Poll(budget, func() bool {
		reply := s.Via(s.PlainVariant(operation), operation, session.ID, Named(name))
		if _, problem := reply.AsMembers(); !reply.Succeeded() || problem != "" {
			s.Block(operation+promise, "the file cannot be looked at: get answered %s%s", Answer(reply), Body(reply))
		}
		seen = append(seen, reply)
		return slices.Contains(statuses, FileStatus(reply))
	})
	return seen
}

// AwaitFile is WatchFile for who only needs the last status.
func (s *Spec) AwaitFile(session *Session, name string, statuses ...string) string {
	seen := s.WatchFile(session, name, statuses...)
	return FileStatus(seen[len(seen)-1])
}

// FileStatus is the status in a file's info; empty where there is none.
func FileStatus(reply wire.Reply) string {
	info, _ := reply.AsMembers()
	status, _ := info.String("status")
	return status
}

// Pushed arranges a file that the target has received whole.
func (s *Spec) Pushed(session *Session, name string, content []byte) {
	defer s.Step(s.step)
	address := s.Added(session, PushSpec(name))
	s.Step("arrange: upload the file")
	if upload := s.Upload(address, content); !upload.Accepted {
		s.Block(UpdateFile+".push.put", "no uploaded file to test with: PUT answered %s", upload)
	}
	if status := s.AwaitFile(session, name, "READY", "ERROR"); status != "READY" {
		s.Block(UpdateFile+".push.put", "no uploaded file to test with: its status is %q, want READY within %s", status, transferBudget)
	}
}

// PreparedURL prepares a file of the session's item for download and returns
// its URL; what goes wrong blocks the behaviour.
func (s *Spec) PreparedURL(session *Session) string {
	return s.PreparedURLOf(session, s.FileOf(session.Item))
}

// PreparedURLOf is PreparedURL for the file of that name.
func (s *Spec) PreparedURLOf(session *Session, name string) string {
	s.Step("arrange: prepare a file")
	defer s.Step("")
	reply := s.Prepare(session, name)
	var address string
	prepared := s.Poll(prepareBudget, func() bool {
		if _, problem := reply.AsMembers(); !reply.Succeeded() || problem != "" {
			s.Block(DownloadFile+".prepare.ok", "no download URL to test with: answered %s%s", Answer(reply), Body(reply))
		}
		if address = Endpoint(reply, "download_endpoint"); address != "" || FileStatus(reply) == "ERROR" {
			return true
		}
		reply = s.GetFile(session, name)
		return false
	})
	switch {
	case address != "":
		return address
	case prepared:
		s.Block(DownloadFile+".prepare.reaches_prepared", "no download URL to test with: the file is in ERROR%s", Body(reply))
	}
	s.Block(DownloadFile+".prepare.reaches_prepared", "no download URL %s after prepare: status %s%s", prepareBudget, FileStatus(reply), Body(reply))
	return ""
}

// FileContent reads a file of the item as every client would: through a
// download session.
func (s *Spec) FileContent(item library.Item, name string) []byte {
	session := s.SessionOn(item, Download, Active)
	address := s.PreparedURLOf(session, name)
	s.Step("download the item's file")
	download := s.Download(address)
	if !download.Accepted {
		s.Block(DownloadFile+".transfer.get_bytes", "the item's file cannot be downloaded: the URL answered %s", download)
	}
	return download.Answer
}

// Digest is the checksum of the content as the documents write it, in
// hexadecimal digits; empty for an algorithm that none of them names.
func Digest(algorithm string, content []byte) string {
	var sum []byte
	switch algorithm {
	case "SHA1":
		digest := sha1.Sum(content)
		sum = digest[:]
	case "MD5":
		digest := md5.Sum(content)
		sum = digest[:]
	case "SHA256":
		digest := sha256.Sum256(content)
		sum = digest[:]
	case "SHA512":
		digest := sha512.Sum512(content)
		sum = digest[:]
	}
	return hex.EncodeToString(sum)
}
