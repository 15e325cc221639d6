package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/card"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

const sample = "testdata/every-outcome.json"

func TestASavedRunIsReadBackAsItWas(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	g.Expect(outcomesOf(run)).To(ConsistOf(report.Outcomes), "the sample has each outcome")

	written := write(g, run)
	goldie.New(t, goldie.WithNameSuffix(".json")).Assert(t, "every-outcome", []byte(written))

	read, err := report.Read(sample)
	g.Expect(err).NotTo(HaveOccurred())
	// What is no UTF-8 is saved as the character that stands for it.
	g.Expect(write(g, read)).To(Equal(strings.ReplaceAll(written, `\ufffd`, "\ufffd")))
	g.Expect(read.Results[2].Exchanges).To(Equal(run.Results[2].Exchanges))
}

func TestAnEmptyRunHasListsAndNoNulls(t *testing.T) {
	g := NewWithT(t)
	run := &report.Run{Schema: report.Schema, Verdict: report.Unusable, Summary: "unusable: connection refused"}

	written := write(g, run)

	g.Expect(written).NotTo(ContainSubstring("null"))
	_, err := report.Decode([]byte(written))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Results).To(BeNil(), "the caller's run is not changed")
}

func TestReadSaysWhatIsWrongAndWhere(t *testing.T) {
	valid := write(NewWithT(t), reporttest.Run())
	cases := map[string]struct{ old, new, want string }{
		"verdict": {`"verdict": "not_conformant"`, `"verdict": "fine"`, `at /verdict: value must be one of 'conformant'`},
		"outcome": {`"outcome": "timed_out"`, `"outcome": "slow"`, `at /results/5/outcome: value must be one of 'passed'`},
		"schema":  {report.Schema, "conformance/run/v9", `at /schema: value must be 'conformance/run/v1'`},
		"time":    {`"2026-03-04T05:06:07Z"`, `"yesterday"`, `at /started: 'yesterday' is not valid date-time`},
		"missing": {`"seed": 42,`, ``, `at /options: missing property 'seed'`},
		"type":    {`"duration_ms": 30000`, `"duration_ms": "30000"`, `at /results/5/duration_ms: got string, want number`},
		"counts":  {`"passed": 2`, `"passed": 3`, `at /counts/passed: it is 3, but 2 of the results are`},
		"range":   {`"seed": 42`, `"seed": 1e400`, `at /options/seed: a number 1e400 does not fit there`},
		"syntax":  {`"verdict":`, `"verdict"`, `not JSON: line 3, column 13: `},
		"twice": {`"id": "download_session.get.model"`, `"id": "download_session.create.ok"`,
			`at /results/5: download_session.create.ok in api is already at /results/0`},
		"conformant": {`"verdict": "not_conformant"`, `"verdict": "conformant"`, `at /verdict: it is conformant, but`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			g.Expect(valid).To(ContainSubstring(c.old))
			path := filepath.Join(t.TempDir(), "run.json")
			broken := strings.Replace(valid, c.old, c.new, 1)
			g.Expect(os.WriteFile(path, []byte(broken), 0o644)).To(Succeed())

			_, err := report.Read(path)

			g.Expect(err).To(MatchError(And(HavePrefix("read the saved run "+path+": "), ContainSubstring(c.want))))
			g.Expect(err.Error()).NotTo(ContainSubstring("\n"))
		})
	}
}

func TestReadRefusesWhatIsNoRun(t *testing.T) {
	valid := write(NewWithT(t), reporttest.Run())
	for text, want := range map[string]string{
		"":                        "the file is empty",
		"null":                    "at the top: got null, want object",
		"{}":                      "at the top: missing properties 'schema', 'verdict'",
		"<html>":                  "not JSON: line 1, column 1",
		valid[:len(valid)/2]:      "not JSON: the file ends too early",
		valid + "{}":              "not JSON: ",
		"\x1b[2J" + valid:         "not JSON: ",
		`{"schema": "a\u0000\n"}`: "at the top: missing properties",
	} {
		_, err := report.Decode([]byte(text))
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(want)))
	}

	_, err := report.Read("testdata/none.json")
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("testdata/none.json: no such file")))
}

func TestSavedRunsKeepWhatServersSend(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	body := "<a>]]>\x00\x1b[2J & \u2028 😀</a>"
	run.Results[2].Exchanges[0].Response.Body = body

	read, err := report.Decode([]byte(write(g, run)))

	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(read.Results[2].Exchanges[0].Response.Body).To(Equal(body))
}

func write(g *WithT, run *report.Run) string {
	var out bytes.Buffer
	g.Expect(report.Write(&out, run)).To(Succeed())
	g.Expect(out.Bytes()).To(Satisfy(json.Valid))
	return out.String()
}

func outcomesOf(run *report.Run) []report.Outcome {
	var seen []report.Outcome
	for _, group := range card.Group(run.Results, func(r report.Result) string { return string(r.Outcome) }) {
		seen = append(seen, group[0].Outcome)
	}
	return seen
}

// A run that was saved before failures were data has messages alone.
func TestARunWithoutFailuresIsRead(t *testing.T) {
	g := NewWithT(t)
	run, err := report.Read("testdata/without-failures.json")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Counts.Failed).To(BeNumerically(">", 0))
	g.Expect(run.Results).To(HaveEach(HaveField("Failure", BeNil())))
}

func TestAFailureIsAboutAnExchangeOfItsResult(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	run.Results[2].Failure.Exchange = new(3)
	_, err := report.Decode([]byte(write(g, run)))
	g.Expect(err).To(MatchError("at /results/2/failure/exchange: it is 3, but there are 3 exchanges"))
}

// What Read refuses for what stands in the file, Check refuses, too, part by part.
func TestCheckReadsBackWhatWasWritten(t *testing.T) {
	g := NewWithT(t)
	valid := write(g, reporttest.Run())
	for name, test := range map[string]struct {
		text  string
		holds types.GomegaMatcher
	}{
		"as it was written":    {string(valid), Succeed()},
		"without its end":      {string(valid[:len(valid)-20]), MatchError(ContainSubstring("EOF"))},
		"cut in a result":      {string(valid[:len(valid)/2]), MatchError(ContainSubstring("EOF"))},
		"an unknown outcome":   {strings.Replace(string(valid), `"outcome": "passed"`, `"outcome": "great"`, 1), MatchError(ContainSubstring("outcome"))},
		"without a verdict":    {strings.Replace(string(valid), `"verdict"`, `"judgement"`, 1), MatchError(ContainSubstring("verdict"))},
		"something behind it":  {string(valid) + "{}", MatchError(ContainSubstring("behind the run"))},
		"no results but a map": {strings.Replace(string(valid), `"results": [`, `"results": {`, 1), MatchError(ContainSubstring("results"))},
	} {
		path := filepath.Join(t.TempDir(), "run.json")
		g.Expect(os.WriteFile(path, []byte(test.text), 0o600)).To(Succeed())
		g.Expect(report.Check(path)).To(test.holds, name)
	}
}
