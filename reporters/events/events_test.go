package events_test

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"session-conformance/reporters/events"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

// valid decodes a line that follows the schema.
func valid(g Gomega, line string) map[string]any {
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(events.SchemaJSON()))
	g.Expect(err).NotTo(HaveOccurred())
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	g.Expect(compiler.AddResource("schema.json", schema)).To(Succeed())
	compiled, err := compiler.Compile("schema.json")
	g.Expect(err).NotTo(HaveOccurred())
	event, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
	g.Expect(err).NotTo(HaveOccurred(), line)
	g.Expect(compiled.Validate(event)).To(Succeed(), line)
	return event.(map[string]any)
}

// tell tells the run as a suite does, its results from several goroutines.
func tell(w *events.Writer, run *report.Run) error {
	w.Begin(run.Suite, run.Target)
	w.Phase("logging in")
	w.Start(len(run.Results))
	var group sync.WaitGroup
	for _, result := range run.Results {
		group.Go(func() { w.Done(result) })
	}
	group.Wait()
	return w.End(run)
}

func TestEveryLineFollowsTheSchema(t *testing.T) {
	g := NewWithT(t)
	var out bytes.Buffer
	run := reporttest.Run()
	g.Expect(tell(events.New(&out), run)).To(Succeed())
	var names []string
	for line := range strings.Lines(out.String()) {
		names = append(names, valid(g, line)["event"].(string))
	}
	g.Expect(names[:3]).To(Equal([]string{"start", "phase", "plan"}))
	g.Expect(names[3 : 3+len(run.Results)]).To(HaveEach("result"))
	g.Expect(names[3+len(run.Results) : len(names)-1]).To(And(HaveEach("cause"), Not(BeEmpty())))
	g.Expect(names[len(names)-1]).To(Equal("end"))
}

func TestTheSchemaRefusesWhatIsNoEvent(t *testing.T) {
	g := NewWithT(t)
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(events.SchemaJSON()))
	g.Expect(err).NotTo(HaveOccurred())
	compiler := jsonschema.NewCompiler()
	g.Expect(compiler.AddResource("schema.json", schema)).To(Succeed())
	compiled, err := compiler.Compile("schema.json")
	g.Expect(err).NotTo(HaveOccurred())
	for _, line := range []string{
		`{}`, `{"event":"end","time":"2026-03-04T05:06:07Z"}`, `{"event":"plan","time":"2026-03-04T05:06:07Z","total":-1}`,
		`{"event":"result","time":"2026-03-04T05:06:07Z","id":"a","binding":"b","route":"","representation":"","level":"MAY","outcome":"passed","duration_ms":1}`,
	} {
		event, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(compiled.Validate(event)).NotTo(Succeed(), line)
	}
}

// full is a disk that takes some writes and then no more.
type full struct {
	bytes.Buffer
	room int
}

var errFull = errors.New("no space left")

func (f *full) Write(data []byte) (int, error) {
	if f.room--; f.room < 0 {
		return 0, errFull
	}
	return f.Buffer.Write(data)
}

func TestAFullDiskEndsTheLinesAndIsTold(t *testing.T) {
	g := NewWithT(t)
	out := &full{room: 2}
	g.Expect(tell(events.New(out), reporttest.Run())).To(MatchError(errFull))
	g.Expect(strings.Count(out.String(), "\n")).To(Equal(2))
}
