package terminal

import (
	"fmt"

	"session-conformance/reporters/cells"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/visible"
)

const (
	// askedWidth holds the longest name of an operation, downloadsession.file.prepare.
	askedWidth = 28
	// costWidth holds the longest number with its unit, 999.9 ms.
	costWidth = 10
)

// operations are what was asked of each operation and how long it took.
func (p *page) operations() {
	if len(p.run.Cost.Operations) == 0 {
		return
	}
	p.heading(p.strong, "Asked of the target (%s)", results.Counted(len(p.run.Cost.Operations), "operation"))
	p.operation("", "requests", "median", "95th", "most", "longest")
	for _, one := range p.run.Cost.Operations {
		numbers := []string{results.Number(one.Requests), "-", "-", "-", "-"}
		if one.Answered > 0 {
			numbers = []string{numbers[0], results.Latency(one.MedianMS), results.Latency(one.P95MS), results.Latency(one.MostMS),
				results.Bytes(one.LongestAnswer)}
		}
		p.operation(visible.FirstLine(one.Operation, askedWidth), numbers...)
	}
}

func (p *page) operation(name string, numbers ...string) {
	line := cells.Pad(name, askedWidth)
	for _, number := range numbers {
		line += fmt.Sprintf("%*s", costWidth, number)
	}
	p.line(0, "%s", cells.Cut(line, p.width))
}

// cost is what the run asked of the target, for whoever runs it.
func (p *page) cost() {
	if said := results.Cost(p.run.Cost); said != "" {
		p.blank()
		p.wrap(0, 2, said)
	}
}
