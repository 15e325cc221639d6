package cost

import (
	"net/http"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/wire"
)

func TestTheSumTellsOperationsApart(t *testing.T) {
	for _, test := range []struct {
		request wire.Request
		name    string
		creates bool
	}{
		{wire.Request{Method: "POST", Path: "/x?~action=create", Operation: "update_session.create"}, "update_session.create", true},
		{wire.Request{Method: "GET", Path: "/x", Operation: "update_session.get"}, "update_session.get", false},
		{wire.Request{Method: "POST", Path: "/api/content/library/item/update-session"}, "library", true},
		{wire.Request{Method: "POST", Path: "/rest/com/vmware/content/library/item?~action=create"}, "library", true},
		{wire.Request{Method: "POST", Path: "/api/content/library/item?action=find"}, "library", false},
		{wire.Request{Method: "DELETE", Path: "/api/content/local-library/7"}, "library", false},
		{wire.Request{Method: "POST", Path: "/api/session"}, "login", false},
		{wire.Request{Method: "DELETE", Path: "/api/session"}, "logout", false},
		{wire.Request{Method: "PUT"}, "transfer.upload", false},
		{wire.Request{Method: "GET"}, "transfer.download", false},
		{wire.Request{Method: "GET", Path: "/"}, "other", false},
	} {
		g := NewWithT(t)
		exchange := wire.Exchange{Request: test.request}
		g.Expect(nameOf(exchange)).To(Equal(test.name))
		g.Expect(creates(exchange)).To(Equal(test.creates), "%s %s", test.request.Method, test.request.Path)
	}
}

func TestRequestsAddUp(t *testing.T) {
	g := NewWithT(t)
	var sum Sum
	get := wire.Request{Method: "GET", Path: "/a", Header: http.Header{"A": {"b"}}, Operation: "download_session.get"}
	for i := range 100 {
		sum.Note(wire.Exchange{Request: get, URL: "http://h/a", Status: 200, Answer: make([]byte, i),
			Duration: time.Duration(i+1) * time.Millisecond})
	}
	sum.Note(wire.Exchange{Request: get, URL: "http://h/a", Err: http.ErrHandlerTimeout, Duration: time.Hour})
	sum.Note(wire.Exchange{Request: wire.Request{Method: "POST", Path: "/api/session"}, Status: 201, Duration: time.Microsecond})

	whole := sum.Whole()
	g.Expect(whole).To(And(HaveField("Requests", 102), HaveField("Creates", 0), HaveField("Logins", 1)))
	g.Expect(whole.BytesSent).To(BeEquivalentTo(101*(len("GET")+len("http://h/a")+len("A: b\r\n")) + len("POST")))
	g.Expect(whole.BytesReceived).To(BeEquivalentTo(99 * 100 / 2))
	g.Expect(whole.Operations).To(HaveLen(2))
	g.Expect(whole.Operations[0]).To(And(HaveField("Requests", 101), HaveField("Answered", 100),
		HaveField("LongestAnswer", int64(99)),
		HaveField("MedianMS", BeNumerically("~", 50, 50*0.05)), HaveField("P95MS", BeNumerically("~", 95, 95*0.05)),
		HaveField("MostMS", 100.0)))
	g.Expect(whole.Operations[1]).To(Equal(report.OperationCost{Operation: "login", Requests: 1, Answered: 1, MedianMS: 0.001, P95MS: 0.001, MostMS: 0.001}))
}
