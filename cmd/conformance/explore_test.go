package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
)

// history is what a right server answers as expected.
const history = `# a life of two sessions
item 1 holds file 1 content 1
download_session.create session 1 item 1 (api)
download_session.cancel session 1 (rest)
download_session.get session 1 (legacy path json)
`

// forgetful refuses to keep an update session alive that was updated.
func forgetful() fake.Options {
	updated := map[string]bool{}
	return fake.Options{Around: func(asked *fake.Call, do func() (any, error)) (any, error) {
		id := asked.Text("update_session_id")
		if updated[id] && asked.Operation == "update_session.keep_alive" {
			return nil, fake.Refuse("not_allowed_in_current_state", "wrong on purpose")
		}
		updated[id] = updated[id] || asked.Operation == "update_session.update"
		return do()
	}}
}

// exploring are the flags of explore for those of run.
func exploring(run []string, more ...string) []string {
	return append(append([]string{"explore"}, run[1:]...), more...)
}

func TestExploreOfTheBundledServer(t *testing.T) {
	g := NewWithT(t)
	path, drawing := filepath.Join(t.TempDir(), "run.json"), filepath.Join(t.TempDir(), "map.svg")
	got := conformance(t, "explore", "--requests", "300", "--races", "60", "--seed", "5", "--json", path, "--map", drawing)
	g.Expect(got.code).To(BeZero(), got.stdout+got.stderr)
	g.Expect(got.stdout).To(MatchRegexp(`\nconformant, partial \(.*no behaviours, histories and races alone\): \d+ histories of \d+ requests\n$`))
	g.Expect(got.stdout).To(ContainSubstring("\nLifecycle: update_session ("))
	g.Expect(contentOf(g, drawing)).To(And(HavePrefix("<svg "), ContainSubstring(">CANCELED<")))
	run := saved(g, path)
	g.Expect(run.Options).To(HaveField("Exploring", true))
	g.Expect(run.Exploration.Requests).To(BeNumerically(">=", 300))
	g.Expect(run.Exploration.Findings).To(BeEmpty())
	for _, result := range run.Results {
		g.Expect(result.ID).To(HaveSuffix(".concurrency.linearizable"), "no behaviour was run")
	}
}

// What explore finds it saves, and what it saves a replay finds again.
func TestExploreSavesWhatItFindsAndReplaysIt(t *testing.T) {
	g := NewWithT(t)
	_, _, flags := reference(t, forgetful(), asItIs)
	folder := filepath.Join(t.TempDir(), "findings")
	got := conformance(t, exploring(flags, "--requests", "1500", "--races", "0", "--seed", "1", "--save", folder)...)
	g.Expect(got.code).To(Equal(1), got.stdout+got.stderr)
	name := report.HistoryFile("update_session.keep_alive.ok")
	g.Expect(got.stdout).To(And(
		ContainSubstring("FAIL  "), ContainSubstring("expected success behind create, update\n"),
		ContainSubstring("the shortest history that shows it, as "+name+":"), ContainSubstring("--replay "+name+"\n"),
		MatchRegexp(`\n +update_session.update session \d+ .*\(\w+.*\)\n`),
	))
	text, err := os.ReadFile(filepath.Join(folder, name))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(And(HavePrefix("# update_session.keep_alive.ok, in "),
		MatchRegexp(`\nupdate_session.create session \d+ item \d.* \(`)))

	got = conformance(t, exploring(flags, "--replay", filepath.Join(folder, name))...)
	g.Expect(got.code).To(Equal(1), got.stdout+got.stderr)
	g.Expect(got.stdout).To(And(
		ContainSubstring("\nReplay (3 steps)\n"), ContainSubstring("\n1. update_session.create session "),
		ContainSubstring("\n   expected success\n   got      400 not_allowed_in_current_state\n   it deviates\n"),
		ContainSubstring("\nnot conformant: in a history that deviates in step 3 of 3, 1 failed"),
	))
}

// A race is saved as a history is, in the text that --replay reads.
func TestExploreSavesARaceThatClashed(t *testing.T) {
	g := NewWithT(t)
	mutant, err := mutants.Find("race.download_session.cancel@api")
	g.Expect(err).NotTo(HaveOccurred())
	_, _, flags := reference(t, fake.Options{}, func(http.Handler) http.Handler {
		server, err := mutant.New(fake.Options{Users: map[string]string{testUser: testPassword}})
		g.Expect(err).NotTo(HaveOccurred())
		t.Cleanup(server.Close)
		return server
	})
	folder := t.TempDir()
	got := conformance(t, exploring(flags, "--requests", "20", "--seed", "1", "--strict", "--save", folder)...)
	g.Expect(got.code).To(Equal(1), got.stdout+got.stderr)
	path := filepath.Join(folder, report.HistoryFile("download_session.concurrency.linearizable"))
	g.Expect(os.ReadFile(path)).To(And(HavePrefix("# download_session.concurrency.linearizable, in api\n"), ContainSubstring("\nat once:\n")))
	got = conformance(t, exploring(flags, "--replay", path)...)
	g.Expect(got.code).To(BeElementOf(0, 1), "it clashes or not: %s%s", got.stdout, got.stderr)
	g.Expect(got.stdout).To(ContainSubstring("histories and races alone): a history "))
}

func TestReplayTellsEachStep(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "one.history")
	g.Expect(os.WriteFile(path, []byte(history), 0o600)).To(Succeed())
	got := conformance(t, "explore", "--replay", path)
	g.Expect(got.code).To(BeZero(), got.stdout+got.stderr)
	g.Expect(got.stdout).To(And(
		ContainSubstring("\n3. download_session.get session 1 (legacy path json)\n   expected success, state CANCELED\n   got      200, state CANCELED\n"),
		HaveSuffix("\nconformant, partial (no behaviours, histories and races alone): a history of 3 steps\n"),
	))
	root := newCommand()
	var stdout, stderr bytes.Buffer
	root.SetIn(strings.NewReader(history))
	root.SetOut(&stdout)
	g.Expect(execute(root, []string{"explore", "--replay", "-"}, &stderr)).To(BeZero(), stderr.String())
	g.Expect(stdout.String()).To(ContainSubstring("got      200, state CANCELED"))
}

func TestWhatExploreCannotDoIsOneLine(t *testing.T) {
	folder := t.TempDir()
	at := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := at("good", history)
	for _, test := range []struct {
		name string
		args []string
		code int
		want []string
	}{
		{"no requests", []string{"--requests", "0"}, exitUsage, []string{"--requests must be more than 0"}},
		{"negative time", []string{"--for", "-1s"}, exitUsage, []string{"--for must not be negative"}},
		{"negative races", []string{"--races", "-1"}, exitUsage, []string{"--races must be 0 or more"}},
		{"no file", []string{"--replay", filepath.Join(folder, "none")}, exitUsage, []string{"--replay", "none: no such file"}},
		{"no name", []string{"--replay", ""}, exitUsage, []string{"--replay is empty"}},
		{"empty history", []string{"--replay", at("empty", "# nothing\n")}, exitUsage, []string{"it has no steps"}},
		{"no history", []string{"--replay", at("text", "hello\n")}, exitUsage, []string{"line 1", "hello"}},
		{"unknown operation", []string{"--replay", at("operation", "download_session.explode session 1 (api)\n")}, exitUsage, []string{"line 1", "download_session.explode"}},
		{"unknown binding", []string{"--replay", at("binding", "download_session.get session 1 (soap)\n")}, exitUsage, []string{"line 1", "(soap)"}},
		{"too many sessions", []string{"--replay", at("many", "download_session.get session 99 (api)\n")}, exitUsage, []string{"session", "99", "from 1 to 16"}},
		{"replay with bounds", []string{"--replay", good, "--requests", "5"}, exitUsage, []string{"--requests and --replay exclude each other"}},
		{"complete with bounds", []string{"--complete", "0", "--for", "5m"}, exitUsage, []string{"--for and --complete exclude each other"}},
		{"complete beyond reason", []string{"--complete", "9"}, exitUsage, []string{"--complete must be a number from 0 to 2"}},
		{"folder that cannot be", []string{"--save", filepath.Join(good, "below")}, exitUsage, []string{"--save", "not a directory"}},
		{"map that cannot be", []string{"--map", filepath.Join(folder, "none", "a.svg")}, exitUsage, []string{"--map"}},
		{"report that cannot be", []string{"--html", filepath.Join(folder, "none", "a.html")}, exitUsage, []string{"--html"}},
		{"binding that is not served", []string{"--release", "6.5", "--replay", good}, report.Unusable.ExitCode(), []string{"step in (api), which it does not serve"}},
		{"flag of run", []string{"--focus", "x"}, exitUsage, []string{"--focus", "explore --help"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			got := conformance(t, append([]string{"explore"}, test.args...)...)
			g.Expect(got.code).To(Equal(test.code), got.stdout+got.stderr)
			line := one(g, got.stderr)
			for _, want := range test.want {
				g.Expect(line).To(ContainSubstring(want))
			}
		})
	}
}

// The sets for no extra state cost less than six thousand requests, both services
// in all bindings together, and a right server is complete.

// A server that reads the token where the pages of 8.0 have it is right.
func TestAHistorySpellsATokenInEveryDocumentedWay(t *testing.T) {
	g := NewWithT(t)
	_, _, flags := reference(t, fake.Options{Release: "8.0"}, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.Header.Del("Client-Token")
			next.ServeHTTP(w, r)
		})
	})
	path := filepath.Join(t.TempDir(), "token.history")
	g.Expect(os.WriteFile(path, []byte(`download_session.create session 1 item 1 token 1 (api)
download_session.create session 2 item 1 token 1 (api)
`), 0o600)).To(Succeed())
	got := conformance(t, exploring(flags, "--release", "8.0", "--replay", path)...)
	g.Expect(got.code).To(BeZero(), got.stdout+got.stderr)
}
