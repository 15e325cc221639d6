// Package reporters_test reads back what the formats say of one run.
package reporters_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"

	"session-conformance/reporters/har"
	"session-conformance/reporters/html"
	"session-conformance/reporters/internal/consumertest"
	"session-conformance/reporters/junit"
	"session-conformance/reporters/markdown"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
	"session-conformance/reporters/sarif"
	"session-conformance/reporters/tap"
	"session-conformance/reporters/terminal"
	"session-conformance/reporters/visible"
)

// outcomes are what a format says of each behaviour, by "id [variant]".
type outcomes map[string]string

func of(run *report.Run) outcomes {
	all := outcomes{}
	for _, result := range run.Results {
		all[name(result)] = string(result.Outcome)
	}
	return all
}

func name(result report.Result) string {
	return visible.Text(fmt.Sprintf("%s [%s]", result.ID, result.VariantName()))
}

// Every format that tells the outcome of each behaviour tells the same.
func TestFormatsAgreeOnEveryBehaviour(t *testing.T) {
	run := reporttest.Run()
	for format, read := range map[string]func(*testing.T, *report.Run) outcomes{
		"JSON": inJSON, "HTML": inHTML, "SARIF": inSARIF,
	} {
		t.Run(format, func(t *testing.T) {
			NewWithT(t).Expect(read(t, run)).To(Equal(of(run)))
		})
	}
}

func inJSON(t *testing.T, run *report.Run) outcomes {
	path := filepath.Join(t.TempDir(), "run.json")
	g := NewWithT(t)
	g.Expect(os.WriteFile(path, reporttest.Written(t, report.Write, run), 0o600)).To(Succeed())
	again, err := report.Read(path)
	g.Expect(err).NotTo(HaveOccurred())
	return of(again)
}

func inHTML(t *testing.T, run *report.Run) outcomes {
	ctx := consumertest.Browser(t)
	path := filepath.Join(t.TempDir(), "run.html")
	g := NewWithT(t)
	g.Expect(os.WriteFile(path, reporttest.Written(t, html.Write, run), 0o600)).To(Succeed())
	g.Expect(chromedp.Do(ctx, chromedp.Navigate("file://"+path))).To(Succeed())
	found, err := chromedp.Run(ctx, chromedp.Evaluate[outcomes](`Object.fromEntries(
		[...document.querySelectorAll("#rows tr")].map((r) => [r.dataset.id + " [" + r.dataset.variant + "]", r.dataset.outcome]))`))
	g.Expect(err).NotTo(HaveOccurred())
	return found
}

func inSARIF(t *testing.T, run *report.Run) outcomes {
	var log struct {
		Runs []struct {
			Properties struct {
				Results []struct{ ID, Variant, Outcome string }
			}
		}
	}
	NewWithT(t).Expect(json.Unmarshal(reporttest.Written(t, sarif.Write, run), &log)).To(Succeed())
	found := outcomes{}
	for _, result := range log.Runs[0].Properties.Results {
		found[fmt.Sprintf("%s [%s]", result.ID, result.Variant)] = result.Outcome
	}
	return found
}

// A HAR has what was sent, so a page for each behaviour that sent something.
func TestHARAgrees(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	var document struct {
		Log struct {
			Pages []struct {
				ID      string
				Outcome string `json:"_outcome"`
			}
			Run struct{ Counts report.Counts } `json:"_run"`
		}
	}
	g.Expect(json.Unmarshal(reporttest.Written(t, har.Write, run), &document)).To(Succeed())
	found, want := outcomes{}, outcomes{}
	for _, page := range document.Log.Pages {
		found[page.ID] = page.Outcome
	}
	for _, result := range run.Results {
		if len(result.Exchanges) > 0 {
			want[name(result)] = string(result.Outcome)
		}
	}
	g.Expect(found).To(Equal(want))
	g.Expect(document.Log.Run.Counts).To(Equal(run.Counts))
}

// kinds are the words of JUnit and TAP, which have fewer than we have.
var kinds = map[report.Outcome]struct{ junit, tap string }{
	report.Passed: {"", "ok"}, report.Observed: {"", "ok"}, report.Warned: {"", "todo"}, report.Waived: {"skipped", "todo"},
	report.Failed: {"failure", "not ok"}, report.TimedOut: {"failure", "not ok"}, report.Fault: {"error", "not ok"},
	report.Skipped: {"skipped", "skip"}, report.Blocked: {"skipped", "skip"}, report.NotRun: {"skipped", "skip"},
}

func TestJUnitAgrees(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	var document struct {
		Suites []struct {
			Cases []struct {
				Name    string    `xml:"name,attr"`
				Failure *struct{} `xml:"failure"`
				Error   *struct{} `xml:"error"`
				Skipped *struct{} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	g.Expect(xml.Unmarshal(reporttest.Written(t, junit.Write, run), &document)).To(Succeed())
	found, want := outcomes{}, outcomes{}
	for _, suite := range document.Suites {
		for _, one := range suite.Cases {
			kind := ""
			switch {
			case one.Failure != nil:
				kind = "failure"
			case one.Error != nil:
				kind = "error"
			case one.Skipped != nil:
				kind = "skipped"
			}
			found[one.Name] = kind
		}
	}
	for _, result := range run.Results {
		want[visible.Text(fmt.Sprintf("%s [%s] (%s)", result.Promise, result.VariantName(), result.ID))] = kinds[result.Outcome].junit
	}
	for wanted, kind := range want {
		g.Expect(found).To(HaveKeyWithValue(wanted, kind))
	}
}

var point = regexp.MustCompile(`^(not ok|ok) \d+ - (\S+ \[[^]]+\])(?:.* # (SKIP|TODO))?`)

func TestTAPAgrees(t *testing.T) {
	run := reporttest.Run()
	found, want := outcomes{}, outcomes{}
	for line := range strings.Lines(string(reporttest.Written(t, tap.Write, run))) {
		if parts := point.FindStringSubmatch(line); parts != nil {
			found[parts[2]] = parts[1]
			if parts[3] != "" {
				found[parts[2]] = strings.ToLower(parts[3])
			}
		}
	}
	for _, result := range run.Results {
		want[name(result)] = kinds[result.Outcome].tap
	}
	NewWithT(t).Expect(found).To(Equal(want))
}

// Markdown and the terminal name what needs a look, and count the rest.
func TestSummariesAgree(t *testing.T) {
	run := reporttest.Run()
	screen := func(w io.Writer, run *report.Run) error { return terminal.Write(w, run, terminal.Style{Width: 200}) }
	for format, write := range map[string]func(io.Writer, *report.Run) error{"Markdown": markdown.Write, "terminal": screen} {
		t.Run(format, func(t *testing.T) {
			g := NewWithT(t)
			text := strings.ReplaceAll(string(reporttest.Written(t, write, run)), `\_`, "_")
			for _, result := range run.Results {
				if result.Outcome != report.Passed {
					g.Expect(text).To(ContainSubstring(visible.Text(result.ID)))
				}
			}
			g.Expect(numbersOf(format, text)).To(ContainElement(run.Counts.Total))
			for _, outcome := range report.Outcomes {
				g.Expect(numbersOf(format, text)).To(ContainElement(run.Counts.Of(outcome)), string(outcome))
			}
		})
	}
}

// numbersOf are those of the line that counts.
func numbersOf(format, text string) (numbers []int) {
	line := regexp.MustCompile(`(?m)^(\| \d+ )+\|$`).FindString(text)
	if format == "terminal" {
		line = regexp.MustCompile(`(?m)^\d+ behaviours in .* s: .*$`).FindString(text)
	}
	for _, digits := range regexp.MustCompile(`\b\d+\b`).FindAllString(line, -1) {
		number, _ := strconv.Atoi(digits)
		numbers = append(numbers, number)
	}
	return numbers
}
