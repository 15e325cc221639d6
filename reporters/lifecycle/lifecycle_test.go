package lifecycle

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func TestDrawings(t *testing.T) {
	for name, run := range map[string]*report.Run{"right": reporttest.Explored(), "wrong": reporttest.ExploredWrong()} {
		t.Run(name, func(t *testing.T) {
			drawing := reporttest.Written(t, Write, run)
			goldie.New(t).Assert(t, name+".svg", drawing)
			isXML(t, string(drawing))
			for _, m := range Of(run) {
				isXML(t, m.Wide("place-"))
				isXML(t, m.Narrow("place-"))
			}
		})
	}
}

func isXML(t *testing.T, text string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// Every cell of a right server that the documents speak of was met, and holds.
func TestARightServerHasNoFinding(t *testing.T) {
	g := NewWithT(t)
	maps := Of(reporttest.Explored())
	g.Expect(maps).To(HaveLen(2))
	for _, m := range maps {
		met, all := m.Met()
		g.Expect(met).To(Equal(all))
		g.Expect(m.Findings).To(BeEmpty())
		for _, state := range m.States {
			for _, cell := range state.Cells {
				g.Expect(cell.Mark).To(BeElementOf(Right, Silent), "%s in %s", cell.Operation, cell.State)
			}
		}
	}
}

// A behaviour that does not hold stands where it was seen, or where its
// operation is.
func TestFindingsHaveTheirPlace(t *testing.T) {
	g := NewWithT(t)
	maps := Of(reporttest.ExploredWrong())
	var places []string
	for _, m := range maps {
		for _, finding := range m.Findings {
			g.Expect(finding.Number).To(Equal(len(places) + 1))
			places = append(places, strings.Join([]string{m.Service, finding.State, finding.Operation, string(finding.Mark)}, " "))
		}
	}
	g.Expect(places).To(Equal([]string{
		"download_session ACTIVE cancel wrong", "download_session CANCELED delete warned",
		"update_session ACTIVE keep_alive wrong", "update_session ACTIVE file.add wrong",
	}))
	g.Expect(maps[0].at("ACTIVE", "cancel").Mark).To(Equal(Wrong))
	g.Expect(maps[0].at("CANCELED", "delete").Mark).To(Equal(Warned))
	g.Expect(maps[1].at("ACTIVE", "keep_alive").Statuses()).To(Equal("400"), "of what deviates, only that is shown")
	g.Expect(maps[1].Findings[0].Script).To(HavePrefix("update_session.create "))
}

func TestACellThatWasNotMetSaysSo(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Explored()
	run.Exploration.Edges = nil
	for _, m := range Of(run) {
		met, _ := m.Met()
		g.Expect(met).To(BeZero())
		g.Expect(m.at("ACTIVE", "get").Mark).To(Equal(Unmet))
		g.Expect(m.Silent()).To(BeEmpty())
		g.Expect(m.Wide("")).To(ContainSubstring("– cancel  not met"))
	}
}

func TestARunWithoutHistoriesHasNoMap(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Of(reporttest.Run())).To(BeEmpty())
	g.Expect(string(reporttest.Written(t, Write, reporttest.Run()))).To(ContainSubstring("walked no histories"))
}
