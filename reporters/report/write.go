package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"slices"
)

// Write writes the run as indented JSON: the same run gives the same bytes.
// Text that is not valid UTF-8 is written with U+FFFD in place of what is not.
// The results, which are most of it, are written one after the other: as a whole
// they would take several times their size in memory.
func Write(w io.Writer, run *Run) error {
	whole := complete(*run)
	results := whole.Results
	whole.Results = []Result{}
	frame, err := indented("", whole)
	if err != nil {
		return err
	}
	before, after, found := bytes.Cut(frame, []byte("\n  \"results\": []"))
	if !found || len(results) == 0 {
		_, err := w.Write(append(frame, '\n'))
		return err
	}
	out := bufio.NewWriter(w)
	_, _ = out.Write(before) // Flush tells what went wrong
	_, _ = out.WriteString("\n  \"results\": [")
	for i, result := range results {
		one, err := indented(resultIndent, result)
		if err != nil {
			return err
		}
		if i > 0 {
			_ = out.WriteByte(',')
		}
		_, _ = out.WriteString("\n" + resultIndent)
		_, _ = out.Write(one)
	}
	_, _ = out.WriteString("\n  ]")
	_, _ = out.Write(after)
	_ = out.WriteByte('\n')
	return out.Flush()
}

// resultIndent stands before a member of a list in the run.
const resultIndent = "    "

// indented is a part as JSON whose further lines begin with the prefix.
func indented(prefix string, part any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent(prefix, "  ")
	// The reader is no browser, and "<" in an XML body should read as such.
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(part)
	return bytes.TrimRight(out.Bytes(), "\n"), err
}

// complete gives every list that is nil an empty one, since readers of other
// languages expect a list; the caller's run stays as it is.
func complete(run Run) Run {
	run.Bindings = copied(run.Bindings)
	for i := range run.Bindings {
		run.Bindings[i].Variants = copied(run.Bindings[i].Variants)
	}
	run.Results = copied(run.Results)
	for i := range run.Results {
		run.Results[i].Sources = copied(run.Results[i].Sources)
		run.Results[i].Exchanges = copied(run.Results[i].Exchanges)
	}
	run.Readings = copied(run.Readings)
	run.Leftovers = copied(run.Leftovers)
	return run
}

func copied[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return slices.Clone(list)
}
