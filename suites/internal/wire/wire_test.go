package wire

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// A server may close a kept connection at the moment when it is used.
func TestNoConnectionIsUsedTwiceWhereNoneIsTrusted(t *testing.T) {
	for name, test := range map[string]struct {
		context     func(context.Context) context.Context
		connections int64
	}{
		"kept": {func(ctx context.Context) context.Context { return ctx }, 1},
		"new":  {OnNewConnections, 5},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var connections atomic.Int64
			server := httptest.NewUnstartedServer(http.NotFoundHandler())
			server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
				if state == http.StateNew {
					connections.Add(1)
				}
			}
			server.Start()
			t.Cleanup(server.Close)
			client := NewClient(Options{Target: server.URL, RequestTimeout: 5 * time.Second, Connections: 2})
			t.Cleanup(client.Close)
			for range 5 {
				g.Expect(client.Do(test.context(t.Context()), post).Status).To(Equal(404))
			}
			g.Expect(connections.Load()).To(Equal(test.connections))
		})
	}
}

const noContent = "HTTP/1.1 204 No Content\r\n\r\n"

func TestBytesOnTheWire(t *testing.T) {
	const id = "a:b-1._~!$&'()*+,;=@"
	const escaped = "a:b-1._~%21$&%27%28%29%2A+%2C%3B=@"
	create := Object{{"client_token", "t-1"}, {"create_spec", Object{{"library_item_id", "i:1"}}}}
	fail := Object{{"client_error_message", `<&"> é`}}
	for _, test := range []struct {
		name    string
		variant Variant
		call    Call
		line    string
		header  string
		body    string
	}{
		{"action and id: go out as they are", Variant{Binding: Rest, Route: Path, Representation: JSON}, Call{Operation: "download_session.cancel", Subject: id},
			"POST /rest/com/vmware/content/library/item/download-session/id:" + escaped + "?~action=cancel", "Content-Length: 0", ""},
		{"rest get", Variant{Binding: Rest, Route: Path, Representation: JSON}, Call{Operation: "update_session.get", Subject: "u:1"},
			"GET /rest/com/vmware/content/library/item/update-session/id:u:1", "Accept: application/json", ""},
		{"rest create", Variant{Binding: Rest, Route: Path, Representation: JSON}, Call{Operation: "update_session.create", Arguments: create},
			"POST /rest/com/vmware/content/library/item/update-session", "Content-Type: application/json",
			`{"client_token":"t-1","create_spec":{"library_item_id":"i:1"}}`},
		{"api create", Variant{Binding: API, Route: Path, Representation: JSON}, Call{Operation: "update_session.create", Arguments: create},
			"POST /api/content/library/item/update-session", "Client-Token: t-1", `{"library_item_id":"i:1"}`},
		{"api cancel", Variant{Binding: API, Route: Path, Representation: JSON}, Call{Operation: "download_session.cancel", Subject: "d:1"},
			"POST /api/content/library/item/download-session/d:1?action=cancel", "Content-Length: 0", ""},
		{"api file get", Variant{Binding: API, Route: Path, Representation: JSON}, Call{Operation: "updatesession.file.get", Subject: "u", Arguments: Object{{"file_name", "a b#c"}}},
			"GET /api/content/library/item/update-session/u/file/a%20b%23c", "Accept: application/json", ""},
		{"api list", Variant{Binding: API, Route: Path, Representation: JSON}, Call{Operation: "download_session.list", Subject: "i:1"},
			"GET /api/content/library/item/download-session?library_item_id=i%3A1", "Accept: application/json", ""},
		{"legacy action", Variant{Binding: Legacy, Route: Action, Representation: JSON}, Call{Operation: "download_session.delete", Subject: "d"},
			"POST /com/vmware/content/library/item/download-session/id:d?~action=delete", "Content-Length: 0", ""},
		{"legacy collection", Variant{Binding: Legacy, Route: Collection, Representation: JSON}, Call{Operation: "download_session.get", Subject: "d"},
			"POST /com/vmware/content/library/item/download-session?~action=get", "Content-Length: 27", `{"download_session_id":"d"}`},
		{"legacy xml", Variant{Binding: Legacy, Route: Collection, Representation: XML}, Call{Operation: "download_session.fail", Subject: "d", Arguments: fail},
			"POST /com/vmware/content/library/item/download-session?~action=fail", "Content-Type: application/xml",
			"<?xml version=\"1.0\" ?>\n<ns0:Fail-Input xmlns:ns0=\"http://vmware.com/content/library/item/download_session\">" +
				"<download_session_id>d</download_session_id><client_error_message>&lt;&amp;&#34;&gt; é</client_error_message></ns0:Fail-Input>"},
		{"legacy query", Variant{Binding: Legacy, Route: Collection, Representation: Query}, Call{Operation: "download_session.create", Arguments: create},
			"POST /com/vmware/content/library/item/download-session?~action=create&client_token=t-1&create_spec.library_item_id=i%3A1",
			"Content-Length: 0", ""},
		{"legacy list by action", Variant{Binding: Legacy, Route: Action, Representation: JSON}, Call{Operation: "download_session.list", Subject: "i"},
			"POST /com/vmware/content/library/item/download-session/id:i?~action=list", "Content-Length: 0", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			target, seen := listenRaw(t, noContent)
			client := NewClient(Options{Target: target, RequestTimeout: 5 * time.Second})
			defer client.Close()
			request, err := Encode(DocumentedPrefixes(), test.variant, test.call)
			g.Expect(err).NotTo(HaveOccurred())

			exchange := client.Do(context.Background(), request)

			sent := <-seen
			head, body, _ := strings.Cut(sent, "\r\n\r\n")
			g.Expect(exchange.Err).NotTo(HaveOccurred())
			g.Expect(strings.Split(head, "\r\n")[0]).To(Equal(test.line + " HTTP/1.1"))
			g.Expect(strings.Split(head, "\r\n")).To(ContainElement(test.header))
			g.Expect(head).NotTo(ContainSubstring("Transfer-Encoding"))
			g.Expect(body).To(Equal(test.body))
		})
	}
}

func TestQueryRepresentationCountsListsFromOne(t *testing.T) {
	g := NewWithT(t)
	g.Expect(encodeQuery(Object{{"create_spec", Object{{"error_message", Object{{"args", List{"a b", "c"}}}}}}})).
		To(Equal("create_spec.error_message.args.1=a%20b&create_spec.error_message.args.2=c"))
}

func TestVariantsAreThoseOfThePages(t *testing.T) {
	g := NewWithT(t)
	total := 0
	routes := map[Route]bool{}
	for name := range operations {
		clear(routes)
		for _, variant := range Variants(name, Legacy) {
			routes[variant.Route] = true
		}
		total += len(routes)
	}
	g.Expect(total).To(Equal(54), "legacy routes in the reference, section 2")
	g.Expect(Variants("update_session.update", Legacy)).To(BeEmpty())
	g.Expect(Variants("download_session.get", API)).To(HaveLen(1))
}

func TestAfterStopNothingIsSentButCleanup(t *testing.T) {
	g := NewWithT(t)
	target, _ := listenRaw(t, noContent)
	client := NewClient(Options{Target: target, RequestTimeout: 5 * time.Second})
	client.Stop()
	g.Expect(client.Do(context.Background(), Request{Method: "GET", Path: "/"}).Err).To(MatchError(ErrStopped))
	g.Expect(client.Unstoppable().Do(context.Background(), Request{Method: "GET", Path: "/"}).Status).To(Equal(204))
}

func TestHostileAnswersEndWithTheirCause(t *testing.T) {
	endless := "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("x", maxBody+1)
	long := strings.Repeat("x", maxHeader/2)
	for name, test := range map[string]struct{ answer, cause string }{
		"nothing":      {"", "closed the connection without an answer"},
		"not HTTP":     {"hello\r\n\r\n", "the answer is not HTTP"},
		"a long line":  {long + "\r\n\r\n", "the answer is not HTTP"},
		"no length":    {"HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n", "the answer is not correct HTTP"},
		"no header":    {"HTTP/1.1 200 OK\r\n" + long + "\r\n\r\n", "the answer is not correct HTTP"},
		"no chunk":     {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "the answer is not correct HTTP"},
		"short body":   {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", "in the middle of its answer"},
		"endless body": {endless, "the body is longer than 1048576 bytes"},
		"many headers": {"HTTP/1.1 200 OK\r\n" + headers(maxHeaders+1) + "\r\n", "the headers are more than 500"},
		"too long headers": {"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 2*maxHeader) + "\r\n\r\n",
			"the headers are longer than 65536 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			target, _ := listenRaw(t, test.answer)
			client := NewClient(Options{Target: target, RequestTimeout: 5 * time.Second})
			defer client.Close()
			exchange := client.Do(context.Background(), Request{Method: "GET", Path: "/"})
			g.Expect(exchange.Err).To(HaveOccurred())
			g.Expect(Explain(exchange.Err)).To(ContainSubstring(test.cause))
			g.Expect(len(Explain(exchange.Err))).To(BeNumerically("<", 400), "what the server sent is cut")
		})
	}
}

func TestWhatNetHTTPHasNoWordsFor(t *testing.T) {
	g := NewWithT(t)
	unasked := fmt.Errorf("net/http: HTTP/1.x transport connection broken: %w", errors.New("readLoopPeekFailLocked: %!w(<nil>)"))
	g.Expect(Explain(unasked)).To(Equal("the server sent something before it was asked, which is not HTTP"))
	g.Expect(Explain(errors.New("http: server closed idle connection"))).To(HavePrefix("the server closed the connection without an answer"))
}

// What an answer tells the client to do next is not done: no redirect is
// followed, nothing unpacked, and no other protocol waited for.
func TestAnAnswerIsOnlyLookedAt(t *testing.T) {
	for name, test := range map[string]struct {
		header  string
		status  int
		problem string
	}{
		"a redirect":       {"302 Found\r\nLocation: /elsewhere", 302, "the status is 302"},
		"to no address":    {"302 Found\r\nLocation: http://[::1", 302, "the status is 302"},
		"gzip":             {"200 OK\r\nContent-Encoding: gzip", 200, `packed as "gzip", which nobody asked for`},
		"another protocol": {"101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x", 101, "the status is 101"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			target := listenOpen(t, "HTTP/1.1 "+test.header+"\r\nContent-Length: 2\r\n\r\n{}")
			client := NewClient(Options{Target: target, RequestTimeout: time.Minute})
			defer client.Close()

			exchange := client.Do(t.Context(), Request{Method: "GET", Path: "/"})

			g.Expect(exchange.Err).NotTo(HaveOccurred())
			g.Expect(exchange.Status).To(Equal(test.status))
			name, value, _ := strings.Cut(strings.Split(test.header, "\r\n")[1], ": ")
			g.Expect(exchange.AnswerHeader).To(HaveKeyWithValue(name, []string{value}))
			reply := Decode(exchange, Variant{Binding: API, Route: Path, Representation: JSON}, "download_session.get")
			g.Expect(reply.Problem).To(Equal(test.problem))
		})
	}
}

func TestCheckTarget(t *testing.T) {
	for target, complaint := range map[string]string{
		"https://vc.example":                 "",
		"http://127.0.0.1:80/x":              "",
		"vc.example":                         "must begin with",
		"vc.example:443":                     "such as https://vc.example",
		"10.0.0.1:443":                       "must begin with",
		"https://vc.example/api/":            "ends with /api, which the suite adds",
		"https://vc.example/rest/com/vmware": "ends with /rest/com/vmware",
		"https://vc.example/lab/rest":        "",
		"ftp://vc.example":                   "must begin with",
		"https://":                           "names no host",
		"https://u:p@vc.example":             "must not hold a user",
		"https://vc.example?x=1":             "must not have a query",
		"http://[::1":                        "is not a URL",
	} {
		g := NewWithT(t)
		if complaint == "" {
			g.Expect(CheckTarget(target)).To(Succeed(), target)
		} else {
			g.Expect(CheckTarget(target)).To(MatchError(ContainSubstring(complaint)), target)
		}
	}
}
