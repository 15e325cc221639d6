package reporttest

import (
	"bytes"
	"io"
	"testing"

	"session-conformance/reporters/report"
)

// Written is what a reporter writes of run.
func Written(t testing.TB, write func(io.Writer, *report.Run) error, run *report.Run) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, run); err != nil {
		t.Fatalf("write the report: %v", err)
	}
	return out.Bytes()
}
