package suites_test

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/hostile"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// crashing serves the reference server at one address, and dies of a request;
// a supervisor starts it anew after the pause, with nothing in it, if there is one.
type crashing struct {
	address string
	dies    func(*http.Request) bool
	// diesBehind, if set, is a request behind the answer of which it dies.
	diesBehind func(*http.Request) bool
	pause      time.Duration

	mu      sync.Mutex
	web     *http.Server
	closed  bool
	crashes int
}

func newCrashing(t *testing.T, pause time.Duration, dies func(*http.Request) bool) *crashing {
	t.Helper()
	c := &crashing{address: "127.0.0.1:0", dies: dies, pause: pause}
	c.start(t)
	t.Cleanup(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.closed = true; c.web != nil {
			c.web.Close()
		}
	})
	return c
}

func (c *crashing) start(t *testing.T) {
	right, err := fake.New(fake.Options{Users: map[string]string{hostile.User: hostile.Password}})
	if err != nil {
		t.Error(err)
		return
	}
	listener, err := net.Listen("tcp", c.address)
	if err != nil {
		t.Error(err)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		listener.Close()
		return
	}
	c.address = listener.Addr().String()
	web := &http.Server{}
	web.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.dies != nil && c.dies(r) {
			c.crash(t, web)
			right.Close()
			panic(http.ErrAbortHandler)
		}
		right.ServeHTTP(w, r)
		if c.diesBehind != nil && c.diesBehind(r) {
			time.AfterFunc(10*time.Millisecond, func() {
				c.crash(t, web)
				right.Close()
			})
		}
	})
	c.web = web
	go web.Serve(listener) // ends with Close
}

func (c *crashing) crash(t *testing.T, web *http.Server) {
	c.mu.Lock()
	if c.web != web { // it has crashed already
		c.mu.Unlock()
		return
	}
	c.crashes++
	c.web = nil
	c.mu.Unlock()
	web.Close()
	if c.pause > 0 {
		time.AfterFunc(c.pause, func() { c.start(t) })
	}
}

func failsADownload(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/") && strings.Contains(r.URL.Path, "/download-session/") &&
		r.URL.RawQuery == "action=fail"
}

func judgeCrashing(t *testing.T, c *crashing, change func(*suites.Options)) *report.Run {
	t.Helper()
	options := suites.Options{
		Target: "http://" + c.address, Username: hostile.User, Password: hostile.Password, Seed: 1,
		LabelFilter: "api && download_session && !get", RequestTimeout: 5 * time.Second, WaitForTarget: 5 * time.Second, NoReplay: true,
	}
	change(&options)
	run, err := suites.Run(t.Context(), options)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return run
}

func TestTheRequestThatStopsATargetIsFoundAndTheRestIsJudged(t *testing.T) {
	t.Parallel() // it mostly waits
	g := NewWithT(t)
	target := newCrashing(t, 300*time.Millisecond, failsADownload)

	run := judgeCrashing(t, target, func(*suites.Options) {})

	stopped := 0
	for _, result := range run.Results {
		switch {
		case strings.Contains(result.Message, "the target stopped answering after this request, 2 of 2 times"):
			stopped++
		case result.Outcome == report.Failed || result.Outcome == report.Warned || result.Outcome == report.TimedOut:
			t.Errorf("%s %s: %s", result.ID, result.Outcome, result.Message)
		}
	}
	g.Expect(stopped).To(BeNumerically(">", 0), run.Summary)
	g.Expect(run.Verdict).To(Equal(report.NotConformant), run.Summary)
	g.Expect(run.Counts.Passed).To(BeNumerically(">", 10), run.Summary)
	g.Expect(run.Leftovers).To(BeEmpty())
}

func TestATargetThatStaysAwayIsNeverConformant(t *testing.T) {
	t.Parallel() // it mostly waits
	g := NewWithT(t)
	target := newCrashing(t, 0, failsADownload)

	run := judgeCrashing(t, target, func(o *suites.Options) {
		o.WaitForTarget = 300 * time.Millisecond
		o.Focus = []string{"download_session.fail"}
		o.Waivers = []suites.Waiver{{Behaviour: "download_session.fail.*", Note: "it is known"}}
	})

	g.Expect(run.Verdict).NotTo(Equal(report.Conformant), run.Summary)
	g.Expect(run.Counts.Failed).To(BeZero())
	for _, result := range run.Results {
		if result.Outcome == report.Waived && strings.Contains(result.Message, "under way were") {
			return
		}
	}
	t.Error("no result names the request that was under way", run.Summary)
}

func TestSkipLeavesOutAndSaysSo(t *testing.T) {
	t.Parallel() // it mostly waits
	g := NewWithT(t)
	target := newCrashing(t, 0, func(*http.Request) bool { return false })

	run := judgeCrashing(t, target, func(o *suites.Options) {
		o.LabelFilter, o.Focus, o.Skip = "api", []string{"download_session.(fail|cancel)"}, []string{"download_session.fail.*"}
	})

	g.Expect(run.Verdict).To(Equal(report.Conformant), run.Summary)
	g.Expect(run.Summary).To(ContainSubstring("partial (filtered"))
	for _, result := range run.Results {
		g.Expect(result.Operation).To(Equal("cancel"))
	}

	_, err := suites.New(suites.Options{Target: "http://127.0.0.1:1", SessionID: "x", Skip: []string{"no_such.*"}})
	g.Expect(err).To(MatchError(ContainSubstring(`Skip "no_such.*" matches no behaviour`)))
	_, err = suites.New(suites.Options{Target: "http://127.0.0.1:1", SessionID: "x",
		LabelFilter: "!updatesession.file.add.pull_no_endpoint"})
	g.Expect(err).To(MatchError(ContainSubstring(`names the label "updatesession.file.add.pull_no_endpoint", which matches no behaviour`)))
}

func TestADeadlineOrAFirstFailureEndsTheRunAndReportsIt(t *testing.T) {
	t.Parallel() // it mostly waits
	g := NewWithT(t)
	target := newCrashing(t, 0, func(*http.Request) bool { return false })

	run := judgeCrashing(t, target, func(o *suites.Options) { o.MaxRPS, o.Deadline, o.LabelFilter = 100, 2*time.Second, "" })

	g.Expect(run.Verdict).To(Equal(report.Interrupted), run.Summary)
	g.Expect(run.Summary).To(HavePrefix("the run is not complete, its deadline of 2s passed: "))
	g.Expect(run.Counts.NotRun).To(BeNumerically(">", 1000))
	g.Expect(run.Leftovers).To(BeEmpty())
}

// accusedIn are the results that are accused of stopping the target, and of anything else.
func accusedIn(run *report.Run) (stopping, others []string) {
	for _, result := range run.Results {
		line := fmt.Sprintf("%s %s: %s", result.ID, result.Outcome, result.Message)
		switch {
		case result.Failure != nil && result.Failure.StopsTarget:
			stopping = append(stopping, line)
		case result.Outcome == report.Failed || result.Outcome == report.Warned || result.Outcome == report.TimedOut:
			others = append(others, line)
		}
	}
	return stopping, others
}

// cancelsADownload is a request of which a server may die behind its answer.
func cancelsADownload(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/") && strings.Contains(r.URL.Path, "/download-session/") &&
		r.URL.RawQuery == "action=cancel"
}

func TestWhatStopsATargetBehindItsAnswerIsFound(t *testing.T) {
	t.Parallel() // it mostly waits
	g := NewWithT(t)
	target := newCrashing(t, 300*time.Millisecond, nil)
	target.diesBehind = cancelsADownload

	run := judgeCrashing(t, target, func(o *suites.Options) { o.LabelFilter = "api && download_session && (fail || cancel || keep_alive)" })

	stopping, others := accusedIn(run)
	g.Expect(stopping).To(HaveEach(HavePrefix("download_session.cancel")))
	g.Expect(others).To(BeEmpty())
	g.Expect(run.Outages).To(ContainElement(HaveField("By", ContainSubstring("download_session.cancel"))))
	g.Expect(run.Verdict).To(Equal(report.NotConformant), run.Summary)
	g.Expect(run.Leftovers).To(BeEmpty())
}

// A target that goes away by itself now and then is no behaviour's fault.
func TestWhatGoesAwayByItselfIsStoppedByNobody(t *testing.T) {
	t.Parallel() // it mostly waits
	g := NewWithT(t)
	target := newCrashing(t, 100*time.Millisecond, nil)
	var answers atomic.Int64
	const untilJudged, each = 150, 60
	target.diesBehind = func(*http.Request) bool { n := answers.Add(1); return n > untilJudged && n%each == 0 }

	run := judgeCrashing(t, target, func(o *suites.Options) { o.LabelFilter = "api && download_session" })

	g.Expect(run.Outages).NotTo(BeEmpty(), "or this shows nothing")
	stopping, _ := accusedIn(run)
	g.Expect(stopping).To(BeEmpty())
	g.Expect(run.Outages).To(HaveEach(HaveField("By", "")))
}
