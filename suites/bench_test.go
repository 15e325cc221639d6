package suites_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"session-conformance/fixtures/fake"
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
// to the same server. The ratio is the run's time by the client's.
func BenchmarkRun(b *testing.B) {
	for _, one := range []struct {
		name     string
		latency  time.Duration
		parallel int
	}{{"0ms/parallel=8", 0, 8}, {"50ms/parallel=32", 50 * time.Millisecond, 32}} {
		b.Run(one.name, func(b *testing.B) {
			var run, bare time.Duration
			var requests int
			for b.Loop() {
				reference, err := fake.New(fake.Options{Latency: one.latency})
				if err != nil {
					b.Fatal(err)
				}
				tape := &tape{next: reference}
				server := httptest.NewServer(tape)
				run += timed(func() { judge(b, server.URL, reference.SubscribedItem(), one.parallel) })
				bare += timed(func() { replay(b, server.URL, tape.requests, one.parallel) })
				requests = len(tape.requests) / 2
				server.Close()
				reference.Close()
			}
			b.ReportMetric(run.Seconds()/float64(b.N), "run-s/op")
			b.ReportMetric(bare.Seconds()/float64(b.N), "bare-s/op")
			b.ReportMetric(run.Seconds()/bare.Seconds(), "ratio")
			b.ReportMetric(float64(requests), "requests")
		})
	}
}

func timed(work func()) time.Duration {
	started := time.Now()
	work()
	return time.Since(started)
}

func judge(b *testing.B, target, subscribed string, parallel int) {
	run, err := suites.Run(context.Background(), suites.Options{
		Target: target, Username: "admin", Password: "secret", SubscribedItem: subscribed, Parallel: parallel,
	})
	if err != nil || run.Verdict != report.Conformant {
		b.Fatalf("%v %+v", err, run)
	}
}

// replay sends the recorded requests with as many workers, each taking the next.
func replay(b *testing.B, target string, requests []recorded, parallel int) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: parallel}}
	defer client.CloseIdleConnections()
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
				request.Header = one.header
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
