package terminal

import (
	"bytes"
	"fmt"
	"io"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

// WritePlan tells what a run would ask of a target, by one that was made on the
// reference server.
func WritePlan(w io.Writer, run *report.Run) error {
	var out bytes.Buffer
	cost := run.Cost
	fmt.Fprintf(&out, "A run with these settings judges %s on the reference server, with %s requests,\n"+
		"%s creates and %s among them. It sends %s. A server that serves less is asked less,\n"+
		"one that is wrong more: what fails is judged again.\n\n",
		results.Counted(run.Counts.Total, "behaviour"), results.Number(cost.Requests), results.Number(cost.Creates),
		results.Counted(cost.Logins, "login"), results.Bytes(cost.BytesSent))
	fmt.Fprint(&out, "It creates a library named conformance-<run id> with a few items, works on those alone,\n"+
		"and deletes everything at its end. Nothing was asked of the target now.\n\n")
	for _, one := range cost.Operations {
		fmt.Fprintf(&out, "%*s  %s\n", costWidth, results.Number(one.Requests), one.Operation)
	}
	_, err := w.Write(out.Bytes())
	return err
}
