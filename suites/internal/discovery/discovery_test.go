package discovery_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/wire"
)

const budget = 30 * time.Second

func TestEachReleaseServesItsBindingsInAllTheirForms(t *testing.T) {
	for release, modern := range map[string][]string{
		"6.0": nil, "6.5": {"rest"}, "6.7u1": {"rest"}, "7.0": {"rest"},
		"7.0u2": {"api", "rest"}, "8.0": {"api", "rest"}, "9.0": {"api", "rest"},
	} {
		t.Run(release, func(t *testing.T) {
			g := NewWithT(t)
			found, server := find(t, release, nil)

			want := append(modern, allLegacy...)
			if release == "6.0" {
				// Its paths under /rest are those of rest, in JSON; who serves them
				// cannot be told apart by asking.
				want = append([]string{"rest"}, allLegacy...)
			}
			g.Expect(served(found)).To(ConsistOf(want))
			g.Expect(found).To(HaveField("Any()", true))
			g.Expect(found.Prefixes).To(Equal(wire.DocumentedPrefixes()))
			for _, binding := range found.Bindings {
				g.Expect(binding.Evidence).NotTo(BeEmpty())
			}
			g.Expect(server.Inventory().DownloadSessions).To(BeEmpty())
		})
	}
}

const session = `{"library_item_id":"another item","state":"ACTIVE"}`

// An answer counts only with the documented shape, whatever its status.
func TestServersThatIgnoreTheQuestionServeNothing(t *testing.T) {
	for name, answer := range map[string]struct {
		status      int
		media, body string
	}{
		"200 with nothing":    {200, "", ""},
		"200 {}":              {200, "application/json", "{}"},
		"200 null":            {200, "application/json", "null"},
		"200 null value":      {200, "application/json", `{"value":null}`},
		"200 a session":       {200, "application/json", session},
		"200 in value":        {200, "application/json", `{"value":` + session + `}`},
		"200 an empty string": {200, "application/json", `""`},
		"200 an XML root":     {200, "application/xml", "<Get-Result/>"},
		"204":                 {204, "", ""},
		"302":                 {302, "", ""},
		"401":                 {401, "application/json", `{"error_type":"UNAUTHENTICATED","messages":[]}`},
		"404":                 {404, "text/plain", "404 page not found"},
		"500":                 {500, "text/plain", "internal server error"},
		"500 with a list":     {500, "application/json", `{"value":[]}`},
		"a login page":        {200, "text/html", "<!DOCTYPE html><html><body>Log in</body></html>"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			found := probe(t, "item", func(w http.ResponseWriter, _ *http.Request) {
				if answer.media != "" {
					w.Header().Set("Content-Type", answer.media)
				}
				w.WriteHeader(answer.status)
				io.WriteString(w, answer.body)
			})
			g.Expect(served(found)).To(BeEmpty())
			g.Expect(found).To(HaveField("Any()", false))
			g.Expect(found.Bindings).To(HaveLen(3))
			for _, binding := range found.Bindings {
				g.Expect(binding.Evidence).To(ContainSubstring(fmt.Sprintf("answered %d", answer.status)), "what was tried")
			}
			g.Expect(found.Prefixes).To(Equal(wire.DocumentedPrefixes()))
		})
	}
}

// Each question may cost a whole timeout.
func TestAServerThatNeverAnswersServesNothingAndIsAskedLittle(t *testing.T) {
	g := NewWithT(t)
	var asked atomic.Int64
	found := probe(t, "item", func(_ http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/session") {
			asked.Add(1)
		}
		panic(http.ErrAbortHandler)
	})
	g.Expect(served(found)).To(BeEmpty())
	g.Expect(found.Bindings[0].Evidence).To(ContainSubstring("without an answer"))
	g.Expect(asked.Load()).To(BeNumerically("<=", 14),
		"two questions in each binding, and at most the forms of legacy that were asked at once")
	g.Expect(found.Bindings[2].Evidence).To(ContainSubstring("/rest/com/vmware: POST /rest/com/vmware/content/library/item/download-session: not asked"))
}

// A server that answers one question in each binding is asked all of them.
func TestOneAnswerIsEnoughToBeAskedOn(t *testing.T) {
	g := NewWithT(t)
	hang := func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.RequestURI(), "/download-session") {
			panic(http.ErrAbortHandler)
		}
		right.ServeHTTP(w, r)
	}
	found, _ := find(t, "9.0", hang)
	g.Expect(served(found)).To(ConsistOf(append([]string{"api", "rest"}, allLegacy...)))
}

// One broken operation is for its own behaviours: the binding is served.
func TestOneBrokenOperationDoesNotHideABinding(t *testing.T) {
	for name, wrong := range map[string]middleware{
		"create in api":  refuse(500, "POST /api/content/library/item/download-session"),
		"list in api":    refuse(500, "GET /api/content/library/item/download-session?"),
		"create in rest": refuse(500, "POST /rest/com/vmware/content/library/item/download-session"),
		"create in legacy": refuse(500, "POST /com/vmware/content/library/item/download-session?~action=create",
			"POST /com/vmware/content/library/item/download-session "),
		"list in legacy": refuse(500, "?~action=list", "?library_item_id="),
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			found, server := find(t, "9.0", wrong)
			g.Expect(served(found)).To(ConsistOf(append([]string{"api", "rest"}, allLegacy...)))
			g.Expect(found.Prefixes[wire.Legacy]).To(Equal("/com/vmware"))
			g.Expect(server.Inventory().DownloadSessions).To(BeEmpty())
		})
	}
}

func TestLegacyIsFoundUnderRestWhereItIsThereOnly(t *testing.T) {
	for release, want := range map[string][]string{
		"6.5": append([]string{"rest"}, allLegacy...),
		// The paths are those of rest there, which has no XML any more.
		"6.7u1": append([]string{"rest"}, without(allLegacy, "legacy path xml")...),
	} {
		g := NewWithT(t)
		found, server := find(t, release, refuse(404, " /com/vmware/"))
		g.Expect(served(found)).To(ConsistOf(want))
		g.Expect(found.Prefixes[wire.Legacy]).To(Equal("/rest/com/vmware"))
		g.Expect(server.Inventory().DownloadSessions).To(BeEmpty())
	}
}

// The paths of rest are those of legacy, too: without an action or collection
// route they prove nothing.
func TestPathsAloneAreNotTheLegacyBinding(t *testing.T) {
	g := NewWithT(t)
	found, server := find(t, "9.0", refuse(404, "~action="))
	g.Expect(served(found)).To(ConsistOf("api", "rest"))
	g.Expect(found.Bindings[2].Evidence).To(And(ContainSubstring("under /com/vmware"), ContainSubstring("under /rest/com/vmware")))
	g.Expect(server.Inventory().DownloadSessions).To(BeEmpty())
}

func TestARouteOrRepresentationThatIsBrokenIsNotServed(t *testing.T) {
	json := func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		if r.Header.Get("Accept") == "application/xml" {
			r.Header.Set("Accept", "application/json")
		}
		right.ServeHTTP(w, r)
	}
	unread := func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		if action, _, more := strings.Cut(r.URL.RawQuery, "&"); more && strings.HasPrefix(r.URL.Path, "/com/") {
			r.URL.RawQuery = action
		}
		right.ServeHTTP(w, r)
	}
	for name, test := range map[string]struct {
		wrong middleware
		lost  []string
	}{
		"arguments in the query string are not read": {unread, []string{"legacy action query", "legacy collection query"}},
		"no action route": {refuse(404, "POST /com/vmware/content/library/item/download-session/id:"),
			[]string{"legacy action json", "legacy action xml", "legacy action query"}},
		"XML is ignored": {json, []string{"legacy path xml", "legacy action xml", "legacy collection xml"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			found, _ := find(t, "9.0", test.wrong)
			g.Expect(served(found)).To(ConsistOf(append([]string{"api", "rest"}, without(allLegacy, test.lost...)...)))
		})
	}
}
