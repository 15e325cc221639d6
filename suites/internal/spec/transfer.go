package spec

import (
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"time"

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

func transferOf(exchange wire.Exchange) Transfer {
	success := exchange.Succeeded()
	return Transfer{exchange, success && exchange.Err == nil, success && len(exchange.Answer) > 0}
}

func (t Transfer) String() string {
	switch {
	case t.Status == 0:
		return "no answer: " + wire.Explain(t.Err)
	case t.Err != nil:
		return fmt.Sprintf("%d with %d bytes, then: %s", t.Status, len(t.Answer), wire.Explain(t.Err))
	case t.RedirectsTo() != "":
		return fmt.Sprintf("%d, a redirect to %s", t.Status, t.RedirectsTo())
	}
	return fmt.Sprintf("%d with %d bytes", t.Status, len(t.Answer))
}

// Upload puts the content to an upload URL, whole.
func (s *Spec) Upload(address string, content []byte) Transfer {
	return transferOf(s.fetch(s.target.Client.Transfer, wire.Request{Method: http.MethodPut, Body: content}, address))
}

// UploadAround puts the content to an upload URL and does something while the
// last byte of it is still to come.
func (s *Spec) UploadAround(address string, content []byte, between func()) (upload Transfer) {
	var exchange wire.Exchange
	asked := http.MethodPut + " to a transfer URL"
	s.expectAnswer(asked)
	before := s.ctx
	wire.Midway(before, func(ctx context.Context) {
		exchange = s.target.Client.Transfer(ctx, address, wire.Request{Method: http.MethodPut, Body: content})
	}, between)
	s.target.Patience.Note(asked, exchange)
	s.see("transfer", exchange)
	return transferOf(exchange)
}

// Download gets the address.
func (s *Spec) Download(address string) Transfer {
	return transferOf(s.fetch(s.target.Client.Transfer, wire.Request{Method: http.MethodGet}, address))
}

// DownloadBare gets the address without any header of the run's, login
// included: the address alone has to be enough.
func (s *Spec) DownloadBare(address string) Transfer {
	return transferOf(s.fetch(s.target.Client.DoURL, wire.Request{Method: http.MethodGet}, address))
}

// AskURL sends a request of another kind to a transfer URL: what no document
// speaks of.
func (s *Spec) AskURL(address string, request wire.Request) Transfer {
	return transferOf(s.fetch(s.target.Client.Transfer, request, address))
}

// File is a file that a behaviour brings to an update session.
type File struct {
	Name    string
	Content []byte
}

// Announce arranges a file to be pushed and returns its upload URL.
func (f Files) Announce(spec wire.Object) string {
	s := f.session.spec
	defer s.Aside("arrange: add a file")()
	reply := f.arrange("add", OneSpec("file_spec", spec))
	address := Endpoint(reply, "upload_endpoint")
	if !reply.Succeeded() || address == "" {
		s.Block(UpdateFile+".add.push", "no file to test with: add answered %s%s", Answer(reply), Body(reply))
	}
	return address
}

// Push arranges a file whose upload was accepted. Whether get shows it READY is
// another behaviour's matter.
func (f Files) Push(file File) {
	s := f.session.spec
	address := f.Announce(PushSpec(file.Name))
	defer s.Aside("arrange: upload the file")()
	if upload := s.Upload(address, file.Content); !upload.Accepted {
		s.Block(UpdateFile+".push.put", "no uploaded file to test with: PUT answered %s", upload)
	}
}

// Receive arranges a file that the target has received whole. That is proved by
// its status or, where no file comes to READY, by an item that holds its file
// after a complete in the same binding.
func (f Files) Receive(file File) {
	s := f.session.spec
	f.Push(file)
	defer s.Aside("arrange: get the file, until it is READY")()
	status := f.Await(file.Name, "READY", "ERROR")
	if status == "ERROR" || status != "READY" && s.Item().By != string(s.Variant.Binding) {
		s.Block(UpdateFile+".push.put", "no uploaded file to test with: its status is %q, want READY within %s",
			status, transferBudget)
	}
}

// Settle waits until no file of the session is under way: a right server may
// take a while to look into what was uploaded, and refuse to complete before.
func (f Files) Settle() {
	s := f.session.spec
	defer s.Aside("arrange: list the files, until all have arrived")()
	s.PollFor("uploaded files that have arrived", transferBudget, func() bool {
		return !slices.ContainsFunc(s.Infos(f.arrange("list", nil)), func(info wire.Members) bool {
			status, _ := info.String("status")
			return status == "TRANSFERRING" || status == "VALIDATING"
		})
	})
}

// Offer adds a file and uploads it, and says whether the target took it.
func (f Files) Offer(file File) bool {
	s := f.session.spec
	defer s.Aside("arrange: add a file and upload it")()
	address := Endpoint(f.Add(PushSpec(file.Name)), "upload_endpoint")
	return address != "" && s.Upload(address, file.Content).Accepted
}

// DownloadURL arranges that a file is prepared for download, and returns its
// URL; what goes wrong blocks the behaviour.
func (f Files) DownloadURL(name string) string {
	s := f.session.spec
	defer s.Aside("arrange: prepare a file")()
	reply := f.Prepare(name)
	var address string
	prepared := s.PollFor("a download_endpoint", prepareBudget, func() bool {
		if _, problem := reply.AsMembers(); !reply.Succeeded() || problem != "" {
			s.Block(DownloadFile+".prepare.ok", "no download URL to test with: answered %s%s", Answer(reply), Body(reply))
		}
		if address = Endpoint(reply, "download_endpoint"); address != "" || FileStatus(reply) == "ERROR" {
			return true
		}
		reply = f.Get(name)
		return false
	})
	switch {
	case address != "":
		return address
	case prepared:
		s.Block(DownloadFile+".prepare.reaches_prepared", "no download URL to test with: the file is in ERROR%s", Body(reply))
	}
	s.Block(DownloadFile+".prepare.reaches_prepared", "no download URL %s after prepare: status %s%s",
		prepareBudget, FileStatus(reply), Body(reply))
	return ""
}

// DownloadURL is that of a file which the session's item holds.
func (session *Session) DownloadURL() string {
	return session.Files().DownloadURL(session.spec.FileOf(session.Item))
}

// FileContent reads a file of the item as every client would: through a
// download session.
func (s *Spec) FileContent(item Item, name string) []byte {
	address := s.DownloadSession(Active, On(item)).Files().DownloadURL(name)
	defer s.Aside("download the item's file")()
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
