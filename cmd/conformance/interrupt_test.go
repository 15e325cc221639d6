package main

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

// At how many random moments a run is interrupted, and killed; the variable asks for
// more of both.
const (
	momentsVariable = "CONFORMANCE_INTERRUPTS"

	interruptions = 20
	kills         = 3
)

// moments is that number, or another that was asked for.
func moments(t *testing.T, usual int) int {
	t.Helper()
	asked := os.Getenv(momentsVariable)
	if asked == "" {
		return usual
	}
	count, err := strconv.Atoi(asked)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return count
}

// delayed is the latency that makes a run long enough to be interrupted.
const delayed = 20 * time.Millisecond

// complete is what a whole run against the delayed server has.
type complete struct {
	took    time.Duration
	results int
}

// undisturbed runs against the delayed server once.
func undisturbed(t *testing.T) complete {
	t.Helper()
	g := NewWithT(t)
	_, _, args := reference(t, fake.Options{Latency: delayed}, asItIs)
	json, junit, flags := savedReports(t)
	command, stdout, _ := process(t, append(append(args, "--parallel", "16", "--label-filter", "api && download_session"),
		flags...)...)
	started := time.Now()
	g.Expect(command.Run()).To(Succeed(), stdout.String())
	return complete{time.Since(started), agree(g, json, junit).Counts.Total}
}

func TestInterruptedAtRandomMomentsLeavesNothing(t *testing.T) {
	whole := undisturbed(t)
	t.Logf("a whole run: %d results in %s", whole.results, whole.took)
	for range moments(t, interruptions) {
		delay := rand.N(whole.took)
		t.Run(delay.String(), func(t *testing.T) {
			t.Parallel() // they mostly wait
			interrupt(t, os.Interrupt, delay, whole)
		})
	}
	t.Run("SIGTERM", func(t *testing.T) { interrupt(t, syscall.SIGTERM, whole.took/2, whole) })
}

// interrupt sends the signal after the delay, which is the stimulus, and
// checks what the run leaves: on the target, in its files, and as exit code.
func interrupt(t *testing.T, signal os.Signal, delay time.Duration, whole complete) {
	t.Helper()
	g := NewWithT(t)
	server, _, args := reference(t, fake.Options{Latency: delayed}, asItIs)
	json, junit, flags := savedReports(t)
	command, stdout, stderr := process(t, append(append(args, "--parallel", "16", "--label-filter", "api && download_session"),
		flags...)...)
	g.Expect(command.Start()).To(Succeed())
	<-time.After(delay)
	sent := time.Now()
	_ = command.Process.Signal(signal) // it may have ended
	_ = command.Wait()
	code := command.ProcessState.ExitCode()
	t.Logf("%s after %s: exit %d %s later", signal, delay, code, time.Since(sent))

	if quiet := !strings.Contains(stderr.String(), "logging in"); quiet && code != 0 {
		// Before the first request, or before main could even listen: there is
		// nothing to keep or to clean.
		g.Expect(code).To(BeElementOf(-1, 130), stderr)
		g.Expect(server.Inventory()).To(Equal(fake.Inventory{}))
		return
	}
	g.Expect(code).To(BeElementOf(0, 130), "%s%s", stdout, stderr)
	g.Expect(server.Inventory()).To(Equal(fake.Inventory{}), "left on the target")
	run := agree(g, json, junit)
	g.Expect(run.Leftovers).To(BeEmpty())
	g.Expect(stdout.String()).To(HaveSuffix(run.Summary + "\n"))
	if code == 0 {
		g.Expect(run.Verdict).To(Equal(report.Conformant))
		return
	}
	g.Expect(run.Verdict).To(Equal(report.Interrupted))
	g.Expect(run).To(HaveField("Partial", true))
	g.Expect(stderr.String()).To(ContainSubstring("interrupted: finishing what is under way"))
	g.Expect(run.Counts.Total).To(BeElementOf(0, whole.results), "all that was planned is in it")
	g.Expect(run.Counts.Failed+run.Counts.Warned+run.Counts.TimedOut+run.Counts.Fault).To(BeZero(),
		"an interruption is no fault of the target: %s", stdout)
}

// What a killed run leaves, sweep deletes.
func TestKilledAtRandomMomentsLeavesWhatSweepDeletes(t *testing.T) {
	whole := undisturbed(t)
	for range moments(t, kills) {
		delay := rand.N(whole.took)
		t.Run(delay.String(), func(t *testing.T) {
			t.Parallel() // they mostly wait
			g := NewWithT(t)
			server, _, args := reference(t, fake.Options{Latency: delayed}, asItIs)
			command, _, _ := process(t, append(args, "--parallel", "16", "--label-filter", "api && download_session")...)
			g.Expect(command.Start()).To(Succeed())
			<-time.After(delay)
			_ = command.Process.Kill() // it may have ended
			_ = command.Wait()
			swept := conformance(t, append([]string{"sweep", "--older-than", "0s"}, args[1:]...)...)
			g.Expect(swept.code).To(BeZero(), swept.stderr)
			left := server.Inventory()
			left.Logins = nil // they end by themselves: nobody else knows their tokens
			g.Expect(left).To(Equal(fake.Inventory{}), swept.stdout)
		})
	}
}

// calls tells when requests arrive.
type calls struct{ arrived chan *http.Request }

func (c calls) spy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case c.arrived <- r:
		default: // nobody listens any more
		}
		next.ServeHTTP(w, r)
	})
}

// output is a buffer that can be waited on while a process writes to it.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

func TestSecondSignalLeavesAtOnce(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	spy := calls{make(chan *http.Request, 64)}
	server, _, args := reference(t, fake.Options{Latency: 2 * time.Second}, spy.spy)
	command, _, _ := process(t, args...)
	stderr := &output{}
	command.Stderr = stderr
	g.Expect(command.Start()).To(Succeed())
	// The library exists as soon as something is asked of an item.
	for r := range within(t, spy.arrived, deadline/2) {
		if strings.HasSuffix(r.URL.Path, "/library/item") {
			break
		}
	}
	g.Expect(command.Process.Signal(os.Interrupt)).To(Succeed())
	g.Eventually(stderr.String, "5s", "1ms").Should(ContainSubstring("interrupt again to leave at once"))
	sent := time.Now()
	g.Expect(command.Process.Signal(os.Interrupt)).To(Succeed())
	err := command.Wait()
	g.Expect(err).To(BeAssignableToTypeOf(&exec.ExitError{}))
	g.Expect(time.Since(sent)).To(BeNumerically("<", deadline/2), "it waits for nothing")
	g.Expect(command.ProcessState.ExitCode()).To(Equal(130))

	left := server.Inventory()
	g.Expect(left.Libraries).To(HaveLen(1), "or this test shows nothing")
	named := regexp.MustCompile(`(?m)^left on the target: library (\S+) conformance-[0-9a-f]{8}$`).FindStringSubmatch(stderr.String())
	g.Expect(named).To(HaveLen(2), stderr.String())
	g.Expect(named[1]).To(Equal(left.Libraries[0]))
	g.Expect(one(g, stderr.String())).To(MatchRegexp(`left at once; left on the target: [1-9]`))
}

// within yields what arrives until the deadline, which fails the test.
func within(t *testing.T, arrived <-chan *http.Request, limit time.Duration) func(func(*http.Request) bool) {
	return func(yield func(*http.Request) bool) {
		timer := time.NewTimer(limit)
		defer timer.Stop()
		for {
			select {
			case r := <-arrived:
				if !yield(r) {
					return
				}
			case <-timer.C:
				t.Fatalf("what was waited for did not come within %s", limit)
			}
		}
	}
}
