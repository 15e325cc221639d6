package main

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/suites"
	"session-conformance/suites/waivers"
)

// wherever is the target of the README's dialogues.
const wherever = "https://vc.example"

// varying is what no two runs have in common.
var varying = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`), "ID"},
	{regexp.MustCompile(`suite    conformance \S+, seed \d+`), "suite"},
	{regexp.MustCompile(`\d+\.\d s\b`), "TIME"},
}

func settledText(text string) string {
	for _, one := range varying {
		text = one.pattern.ReplaceAllString(text, one.instead)
	}
	return text
}

// What the README shows of a dialogue is what the command prints; "..." stands
// for what is left out.
func TestTheReadmeShowsWhatIsPrinted(t *testing.T) {
	dialogues := 0
	for _, block := range blocks(projectFile(t, "README.md")) {
		if block.language != "console" {
			continue
		}
		dialogues++
		g := NewWithT(t)
		command, shown := dialogue(block.text)
		rest := settledText(printedBy(t, command))
		for _, piece := range strings.Split("\n"+shown, "\n...\n") {
			piece = settledText(strings.Trim(piece, "\n"))
			g.Expect(rest).To(ContainSubstring(piece), command)
			_, rest, _ = strings.Cut(rest, piece)
		}
	}
	NewWithT(t).Expect(dialogues).To(BeNumerically(">=", 2))
}

// printedBy runs a command of the README, with a server that has a fault in
// the place of its target.
func printedBy(t *testing.T, command string) string {
	t.Helper()
	lines := commandLines(NewWithT(t), command)
	NewWithT(t).Expect(lines).To(HaveLen(1), command)
	_, web, _ := reference(t, fake.Options{}, cancelsAnything)
	for i, word := range lines[0] {
		switch word {
		case wherever:
			lines[0][i] = web.URL
			lines[0] = append(lines[0], "--password", testPassword)
		case "u":
			lines[0][i] = testUser
		}
	}
	got := conformance(t, lines[0]...)
	return strings.ReplaceAll(got.stdout, web.URL, wherever)
}

// cancelsAnything breaks rest: the cancel of a session that there is not
// succeeds.
func cancelsAnything(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		if strings.HasPrefix(r.URL.Path, "/rest/com/vmware/content/library/item/download-session/id:") &&
			r.URL.RawQuery == "~action=cancel" && answer.Code == http.StatusNotFound {
			w.WriteHeader(http.StatusOK)
			return
		}
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		w.Write(answer.Body.Bytes())
	})
}

// published is a day on which the waivers that the README shows hold.
var published = time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)

// Code that the README shows is in use, or can be.
func TestTheReadmeShowsCodeThatWorks(t *testing.T) {
	for _, block := range blocks(projectFile(t, "README.md")) {
		g := NewWithT(t)
		switch {
		case block.language == "go":
			g.Expect(sourcesOf(t, "suites")).To(ContainElement(ContainSubstring(withoutIndents(block.text))), block.text)
		case strings.HasPrefix(block.text, "waivers:\n"):
			_, err := waivers.Parse("waivers.yaml", []byte(block.text), published)
			g.Expect(err).NotTo(HaveOccurred())
		case strings.Contains(block.text, "\ntargets:\n"):
			t.Setenv("LAB_PASSWORD", testPassword)
			_, err := readFleet(written(t, "targets.yaml", block.text))
			g.Expect(err).NotTo(HaveOccurred())
		case block.language == "yaml":
			g.Expect(block.text).To(Equal(workflowOfReadme(t)), "what is this?")
		}
	}
}

// sourcesOf are the files of a folder, without the indents of their lines.
func sourcesOf(t *testing.T, folder string) (texts []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(project, folder), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		texts = append(texts, withoutIndents(string(data)))
		return err
	})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return texts
}

func withoutIndents(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimLeft(line, " \t")
	}
	return strings.Join(lines, "\n")
}

var behavioursOfReadme = regexp.MustCompile(`(\d+) documented behaviours`)

func TestTheReadmeCountsTheBehaviours(t *testing.T) {
	g := NewWithT(t)
	entries, err := suites.List(suites.Filter{})
	g.Expect(err).NotTo(HaveOccurred())
	tested := 0
	for _, entry := range entries {
		if entry.Excluded == "" {
			tested++
		}
	}
	said := behavioursOfReadme.FindStringSubmatch(projectFile(t, "README.md"))
	g.Expect(said).To(HaveLen(2))
	g.Expect(said[1]).To(Equal(strconv.Itoa(tested)))
}
