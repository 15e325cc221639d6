package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/events"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// eventsIn are the lines of a file, each of which must follow the schema.
func eventsIn(g Gomega, text string) (lines []map[string]any) {
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(events.SchemaJSON()))
	g.Expect(err).NotTo(HaveOccurred())
	compiler := jsonschema.NewCompiler()
	g.Expect(compiler.AddResource("schema.json", schema)).To(Succeed())
	compiled, err := compiler.Compile("schema.json")
	g.Expect(err).NotTo(HaveOccurred())
	scanner := bufio.NewScanner(strings.NewReader(text))
	for scanner.Scan() {
		line, err := jsonschema.UnmarshalJSON(strings.NewReader(scanner.Text()))
		g.Expect(err).NotTo(HaveOccurred(), scanner.Text())
		g.Expect(compiled.Validate(line)).To(Succeed(), scanner.Text())
		lines = append(lines, line.(map[string]any))
	}
	g.Expect(scanner.Err()).NotTo(HaveOccurred())
	g.Expect(text).To(HaveSuffix("\n"))
	return lines
}

func TestEventsTellTheRunThatIsSaved(t *testing.T) {
	g := NewWithT(t)
	_, _, run := reference(t, fake.Options{}, cancelsAnything)
	json := filepath.Join(t.TempDir(), "run.json")
	got := conformance(t, append(run, "--label-filter", "rest && download_session && cancel", "--json", json, "--events", "-")...)
	g.Expect(got.code).To(Equal(report.NotConformant.ExitCode()), got.stderr)
	g.Expect(got.stdout + got.stderr).NotTo(ContainSubstring(testPassword))
	lines := eventsIn(g, got.stdout)
	kept := saved(g, json)
	outcomes := map[string]string{}
	for _, line := range lines {
		if line["event"] == "result" {
			outcomes[line["id"].(string)] = line["outcome"].(string)
		}
	}
	g.Expect(outcomes).To(HaveLen(len(kept.Results)))
	for _, result := range kept.Results {
		g.Expect(outcomes).To(HaveKeyWithValue(result.ID, string(result.Outcome)))
	}
	g.Expect(lines[len(lines)-2]).To(And(HaveKeyWithValue("event", "cause"),
		HaveKeyWithValue("id", "download_session.cancel.unknown_id")))
	g.Expect(lines[len(lines)-1]).To(And(HaveKeyWithValue("event", "end"), HaveKeyWithValue("verdict", string(kept.Verdict))))
}

func TestAKilledRunLeavesValidEvents(t *testing.T) {
	g := NewWithT(t)
	_, _, run := reference(t, fake.Options{Latency: 5 * time.Millisecond}, asItIs)
	path := filepath.Join(t.TempDir(), "events.jsonl")
	binary(t) // its building is not what must be done in time
	command, _, _ := process(t, append(run, "--events", path)...)
	g.Expect(command.Start()).To(Succeed())
	g.Eventually(func() int {
		data, _ := os.ReadFile(path)
		return bytes.Count(data, []byte(`"event":"result"`))
	}, deadline, 10*time.Millisecond).Should(BeNumerically(">", 20))
	g.Expect(command.Process.Kill()).To(Succeed())
	g.Expect(command.Wait()).NotTo(Succeed())
	lines := eventsIn(g, contentOf(g, path))
	g.Expect(lines[0]).To(HaveKeyWithValue("event", "start"))
	g.Expect(lines[len(lines)-1]).NotTo(HaveKeyWithValue("event", "end"))
}

func TestEventsThatCannotBeWrittenAreAFault(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, "run", "--focus", "download_session.cancel.ok", "--events", "/dev/full")
	g.Expect(got.code).To(Equal(exitFault))
	g.Expect(got.stderr).To(ContainSubstring("conformance: --events: write the event start"))
	got = conformance(t, "run", "--events", "no/such/folder/events")
	g.Expect(got.code).To(Equal(exitUsage))
	g.Expect(one(g, got.stderr)).To(ContainSubstring("--events: cannot write"))
}

func TestFailuresAreShownInFewWords(t *testing.T) {
	g := NewWithT(t)
	_, _, run := reference(t, fake.Options{}, cancelsAnything)
	path := filepath.Join(t.TempDir(), "run.json")
	conformance(t, append(run, "--label-filter", "rest && download_session && cancel", "--json", path)...)
	got := conformance(t, "report", path, "--failures", "--limit", "1")
	g.Expect(got.code).To(BeZero(), got.stderr)
	g.Expect(got.stdout).To(And(
		HavePrefix("not conformant: "), ContainSubstring("\nFAILED download_session.cancel.unknown_id (MUST)\n"),
		ContainSubstring("\nexpected: 404 not_found\ngot: 200 with no body\n"),
	))
	g.Expect(len(got.stdout) / 4).To(BeNumerically("<=", 600))
	for _, wrong := range [][]string{{"--limit", "3"}, {"--failures", "--limit", "0"}} {
		got := conformance(t, append([]string{"report", path}, wrong...)...)
		g.Expect(got.code).To(Equal(exitUsage))
		g.Expect(one(g, got.stderr)).To(ContainSubstring("--limit"))
	}
}

func TestExplainTellsAsJSONWhatListTells(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, "explain", "--json", "download_session.cancel", "update_session.complete.ok")
	g.Expect(got.code).To(BeZero(), got.stderr)
	var explained, listed []suites.Entry
	g.Expect(json.Unmarshal([]byte(got.stdout), &explained)).To(Succeed())
	g.Expect(json.Unmarshal([]byte(conformance(t, "list", "--json").stdout), &listed)).To(Succeed())
	g.Expect(len(explained)).To(BeNumerically(">", 2))
	for _, entry := range explained {
		g.Expect(listed).To(ContainElement(entry))
	}
}
