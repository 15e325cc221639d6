// make test runs this without the race detector, under which it lasts minutes.

//go:build !race

package explore

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
)

// firstBytes serves what a file of an item was uploaded with first, for ever.
type firstBytes struct {
	next http.Handler

	mu sync.Mutex
	// files are the files of items by the paths of their URLs, first what each got first.
	files map[string]string
	first map[string][]byte
}

// note is an Around.
func (f *firstBytes) note(asked *fake.Call, do do) (any, error) {
	result, err := do()
	info, isFile := result.(fake.Fields)
	field, get := "", ""
	switch asked.Operation {
	case "updatesession.file.add":
		field, get = "upload_endpoint", "update_session.get"
	case "downloadsession.file.prepare":
		field, get = "download_endpoint", "download_session.get"
	}
	if err != nil || !isFile || field == "" {
		return result, err
	}
	session, _ := asked.Also(get, asked.Arguments)
	if endpoint, given := info.Get(field).(fake.Fields); given {
		address, _ := url.Parse(endpoint.Get("uri").(string))
		f.mu.Lock()
		defer f.mu.Unlock()
		f.files[address.Path] = session.(fake.Fields).Get("library_item_id").(string) + info.Get("name").(string)
	}
	return result, err
}

func (f *firstBytes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	file, known := f.files[r.URL.Path]
	first, uploaded := f.first[file]
	f.mu.Unlock()
	switch {
	case known && r.Method == http.MethodPut:
		body, _ := io.ReadAll(r.Body)
		f.mu.Lock()
		if !uploaded {
			f.first[file] = body
		}
		f.mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(body))
	case known && uploaded && r.Method == http.MethodGet:
		recorded := httptest.NewRecorder()
		if f.next.ServeHTTP(recorded, r); recorded.Code == http.StatusOK {
			_, _ = w.Write(first)
			return
		}
		w.WriteHeader(recorded.Code)
		return
	}
	f.next.ServeHTTP(w, r)
}

func TestAFileThatReplacesOneKeepsTheOldBytes(t *testing.T) {
	t.Parallel()
	wrong := &firstBytes{files: map[string]string{}, first: map[string][]byte{}}
	server, err := fake.New(fake.Options{Around: wrong.note})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(server.Close)
	wrong.next = server
	web := httptest.NewServer(wrong)
	t.Cleanup(web.Close)
	tellsOf(t, exploredAt(t, web.URL, "", aboutWrong, 1), "that were uploaded last")
}
