package suites_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// recorded is a request as it came to the target.
type recorded struct {
	method, path string
	header       http.Header
	body         []byte
}

// tape records the requests to a server.
type tape struct {
	next http.Handler

	mu       sync.Mutex
	requests []recorded
}

func (t *tape) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	t.mu.Lock()
	t.requests = append(t.requests, recorded{r.Method, r.URL.RequestURI(), r.Header.Clone(), body})
	t.mu.Unlock()
	t.next.ServeHTTP(w, r)
}

// BenchmarkRun compares a whole run, from login to the last deletion, with a
// bare net/http client that sends the same requests at the same concurrency,
// to a server of the same kind. The ratio is the run's time by the client's.
// What records the requests is in neither's way.
func BenchmarkRun(b *testing.B) {
	for _, one := range []struct {
		name     string
		latency  time.Duration
		parallel int
	}{
		{"0ms/parallel=8", 0, 8},
		{"50ms/parallel=8", 50 * time.Millisecond, 8},
		{"50ms/parallel=32", 50 * time.Millisecond, 32},
	} {
		b.Run(one.name, func(b *testing.B) {
			requests := record(b, one.parallel)
			var run, bare time.Duration
			for b.Loop() {
				against(b, one.latency, nil, func(target, subscribed string) {
					run += timed(func() { judge(b, target, subscribed, one.parallel) })
				})
				against(b, one.latency, nil, func(target, _ string) {
					bare += timed(func() { replay(b, target, requests, one.parallel) })
				})
			}
			b.ReportMetric(run.Seconds()/float64(b.N), "run-s/op")
			b.ReportMetric(bare.Seconds()/float64(b.N), "bare-s/op")
			b.ReportMetric(run.Seconds()/bare.Seconds(), "ratio")
			b.ReportMetric(float64(len(requests)), "requests")
		})
	}
}

// record lists the requests of a run.
func record(b *testing.B, parallel int) []recorded {
	tape := &tape{}
	against(b, 0, tape, func(target, subscribed string) { judge(b, target, subscribed, parallel) })
	return tape.requests
}

// against serves a new reference server, behind the tape if there is one.
func against(b *testing.B, latency time.Duration, tape *tape, do func(target, subscribed string)) {
	reference, err := fake.New(fake.Options{Latency: latency})
	if err != nil {
		b.Fatal(err)
	}
	defer reference.Close()
	var handler http.Handler = reference
	if tape != nil {
		tape.next, handler = reference, tape
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	do(server.URL, reference.SubscribedItem())
}

func timed(work func()) time.Duration {
	started := time.Now()
	work()
	return time.Since(started)
}

func judge(b *testing.B, target, subscribed string, parallel int) {
	run, err := suites.Run(context.Background(), suites.Options{
		Target: target, Username: "admin", Password: "secret", SubscribedItem: subscribed, Parallel: parallel, Exchanges: suites.FailedExchanges,
	})
	if err != nil || run.Verdict != report.Conformant {
		b.Fatalf("%v %+v", err, run)
	}
}

// replay sends the recorded requests with as many workers, each taking the next,
// by a login of its own: a server that refused them all would have less to do.
func replay(b *testing.B, target string, requests []recorded, parallel int) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: parallel}}
	defer client.CloseIdleConnections()
	login := logIn(b, client, target)
	next := make(chan recorded)
	var group sync.WaitGroup
	for range parallel {
		group.Go(func() {
			for one := range next {
				request, err := http.NewRequest(one.method, target+one.path, bytes.NewReader(one.body))
				if err != nil {
					b.Error(err)
					continue
				}
				request.Header = one.header.Clone()
				if request.Header.Get(library.SessionHeader) != "" {
					request.Header.Set(library.SessionHeader, login)
				}
				answer, err := client.Do(request)
				if err != nil {
					b.Error(err)
					continue
				}
				io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
			}
		})
	}
	for _, one := range requests {
		next <- one
	}
	close(next)
	group.Wait()
}

// logIn answers the id of a new login.
func logIn(b *testing.B, client *http.Client, target string) (id string) {
	request, err := http.NewRequest(http.MethodPost, target+"/api/session", nil)
	if err != nil {
		b.Fatal(err)
	}
	request.SetBasicAuth("admin", "secret")
	answer, err := client.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&id); err != nil {
		b.Fatal(err)
	}
	return id
}
