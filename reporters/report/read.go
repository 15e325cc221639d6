package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Read loads a saved run. A file that is no saved run, or one that contradicts
// itself, is refused with the place and the reason.
func Read(path string) (*Run, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the saved run %s: %w", path, WithoutPath(err))
	}
	run, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("read the saved run %s: %w", path, err)
	}
	return run, nil
}

func decode(data []byte) (*Run, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, locate(data, err)
	}
	if err := validate(document); err != nil {
		return nil, err
	}
	var run Run
	if err := json.Unmarshal(data, &run); err != nil {
		return nil, inWords(err)
	}
	return &run, run.check()
}

// WithoutPath is the error without the path that the message around it has in the
// user's own words.
func WithoutPath(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// inWords says what encoding/json says in types of Go.
func inWords(err error) error {
	var misfit *json.UnmarshalTypeError
	if errors.As(err, &misfit) {
		return fmt.Errorf("at /%s: a %s does not fit there", strings.ReplaceAll(misfit.Field, ".", "/"), misfit.Value)
	}
	return err
}

// locate turns the offset of a syntax error into a line and a column.
func locate(data []byte, err error) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return errors.New("the file is empty")
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("not JSON: the file ends too early")
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return fmt.Errorf("not JSON: %w", err)
	}
	before := data[:min(int(syntax.Offset), len(data))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - (bytes.LastIndexByte(before, '\n') + 1)
	return fmt.Errorf("not JSON: line %d, column %d: %w", line, column, err)
}

// check finds what a schema cannot say: that the parts agree with each other.
func (r *Run) check() error {
	if counted := Count(r.Results); counted != r.Counts {
		name, got, want := r.Counts.differsFrom(counted)
		return fmt.Errorf("at /counts/%s: it is %d, but %d of the results are", name, got, want)
	}
	first := map[[4]string]int{}
	for i, result := range r.Results {
		key := [4]string{result.ID, result.Binding, result.Route, result.Representation}
		if earlier, twice := first[key]; twice {
			return fmt.Errorf("at /results/%d: %s in %s is already at /results/%d", i, result.ID, result.VariantName(), earlier)
		}
		first[key] = i
		if broke := result.Failure; broke != nil && broke.Exchange != nil && *broke.Exchange >= len(result.Exchanges) {
			return fmt.Errorf("at /results/%d/failure/exchange: it is %d, but there are %d exchanges", i,
				*broke.Exchange, len(result.Exchanges))
		}
	}
	for i, cause := range r.Causes {
		for _, at := range append(slices.Clone(cause.Results), cause.BlockedResults...) {
			if at >= len(r.Results) {
				return fmt.Errorf("at /causes/%d: it explains result %d, but there are %d results", i, at, len(r.Results))
			}
		}
	}
	if r.Verdict == Conformant && r.Counts.Failed+r.Counts.TimedOut+r.Counts.Fault > 0 {
		return errors.New("at /verdict: it is conformant, but there are failures in the results")
	}
	return nil
}
