package spec

import (
	"fmt"
	"net/http"
	"time"

	"session-conformance/suites/internal/wire"
)

// prepareBudget is how long a right server may take from prepare to PREPARED;
// the documents set no limit.
const prepareBudget = 30 * time.Second

// PreparedURL prepares a file of the session's item for download and returns
// its URL; what goes wrong blocks the behaviour.
func (s *Spec) PreparedURL(session *Session) string {
	const service = "downloadsession.file"
	name := wire.Object{{Name: "file_name", Value: s.FileOf(session.Item)}}
	s.Step("arrange: prepare a file")
	defer s.Step("")
	reply := s.Call(service+".prepare", session.ID, name)
	for deadline := time.Now().Add(prepareBudget); ; {
		info, problem := reply.AsMembers()
		if !reply.Succeeded() || problem != "" {
			s.Block(service+".prepare.ok", "no download URL to test with: answered %s", Answer(reply))
		}
		if endpoint, there := info["download_endpoint"].(wire.Members); there {
			if address, ok := endpoint.String("uri"); ok {
				return address
			}
		}
		if time.Now().After(deadline) {
			status, _ := info.String("status")
			s.Block(service+".prepare.reaches_prepared", "no download URL %s after prepare: status %s", prepareBudget, status)
		}
		s.pause(pollPause)
		reply = s.Call(service+".get", session.ID, name)
	}
}

// Transfer is what an address answered that the target named.
type Transfer struct {
	wire.Exchange
	// Served says that it answered a GET with success and content, Accepted a
	// PUT with success.
	Served, Accepted bool
}

func (t Transfer) String() string {
	if t.Status == 0 {
		return "no answer: " + wire.Explain(t.Err)
	}
	return fmt.Sprintf("%d with %d bytes", t.Status, len(t.Answer))
}

// Download gets the address.
func (s *Spec) Download(address string) Transfer {
	exchange := s.Fetch(wire.Request{Method: http.MethodGet}, address)
	success := exchange.Status >= 200 && exchange.Status < 300
	return Transfer{Exchange: exchange, Served: success && len(exchange.Answer) > 0}
}
