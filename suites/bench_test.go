package suites_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
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

// commandGC is the GC percentage that the command sets for a run, unless the
// environment says another (cmd/conformance, memory.go).
const commandGC = 400

// BenchmarkRun compares a whole run, from login to the last deletion, with a
// bare net/http client that sends the same requests at the same concurrency,
// to a server of the same kind. The ratio is the run's time by the client's.
// What records the requests is in neither's way.
//
// Whether keep_alive moves a time on that is told in whole seconds shows when the
// server's clock has come to the next one. A run near enough to end before that waits
// for it, for up to a second, which says nothing of the run: the servers tell legacy
// times with fractions, as they may, and the one whose name says so does not.
func BenchmarkRun(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(commandGC))
	for _, one := range []struct {
		name     string
		server   fake.Options
		parallel int
		// histories has the run walk histories and let clients act at once, as the
		// command does by itself.
		histories bool
	}{
		{"0ms/parallel=8", fake.Options{Adjust: fractions}, 8, false},
		{"0ms/parallel=8/histories", fake.Options{Adjust: fractions}, 8, true},
		{"0ms/parallel=8/whole_seconds", fake.Options{}, 8, false},
		{"50ms/parallel=8", fake.Options{Latency: 50 * time.Millisecond}, 8, false},
		{"50ms/parallel=8/histories", fake.Options{Latency: 50 * time.Millisecond}, 8, true},
		{"50ms/parallel=32", fake.Options{Latency: 50 * time.Millisecond}, 32, false},
	} {
		b.Run(one.name, func(b *testing.B) {
			options := suites.Options{Parallel: one.parallel}
			if one.histories {
				options.Explore, options.Races = suites.DefaultExplore, suites.DefaultRaces
			}
			requests := record(b, options)
			var run, bare time.Duration
			for b.Loop() {
				against(b, one.server, nil, func(target, subscribed string) {
					run += timed(func() { judge(b, target, subscribed, options) })
				})
				against(b, one.server, nil, func(target, _ string) {
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

// fractions lets every binding tell times with fractions of a second.
func fractions(binding fake.Binding, rules *fake.Rules) {
	if binding == fake.Legacy {
		rules.TimeLayout += ".000"
	}
}

// record lists the requests of a run.
func record(b *testing.B, options suites.Options) []recorded {
	tape := &tape{}
	against(b, fake.Options{Adjust: fractions}, tape, func(target, subscribed string) { judge(b, target, subscribed, options) })
	return tape.requests
}

// against serves a new reference server, behind the tape if there is one.
func against(b *testing.B, options fake.Options, tape *tape, do func(target, subscribed string)) {
	reference, err := fake.New(options)
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

func judge(b *testing.B, target, subscribed string, options suites.Options) {
	options.Target, options.Username, options.Password, options.SubscribedItem = target, "admin", "secret", subscribed
	options.Exchanges = suites.FailedExchanges
	run, err := suites.Run(context.Background(), options)
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
