package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Check reads a saved run back part by part, as it was written, and holds each part
// against the schema: what Read needs for the whole would be several times what the run
// itself took.
func Check(path string) error {
	saved, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read the saved run %s: %w", path, WithoutPath(err))
	}
	if err := checkParts(json.NewDecoder(bytes.NewReader(saved))); err != nil {
		return fmt.Errorf("read the saved run %s: %w", path, err)
	}
	return nil
}

func checkParts(decoder *json.Decoder) error {
	decoder.UseNumber()
	whole, err := compileSchema("schema.json")
	if err != nil {
		return err
	}
	result, err := compileSchema("schema.json#/$defs/result")
	if err != nil {
		return err
	}
	if err := expect(decoder, json.Delim('{')); err != nil {
		return err
	}
	frame := map[string]any{}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return err
		}
		part := any([]any{})
		if name == "results" {
			err = checkResults(decoder, result)
		} else {
			err = decoder.Decode(&part)
		}
		if err != nil {
			return fmt.Errorf("at /%v: %w", name, err)
		}
		frame[name.(string)] = part
	}
	if err := expect(decoder, json.Delim('}')); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind the run")
	}
	return place(whole.Validate(frame))
}

func checkResults(decoder *json.Decoder, schema *jsonschema.Schema) error {
	if err := expect(decoder, json.Delim('[')); err != nil {
		return err
	}
	for n := 0; decoder.More(); n++ {
		var one any
		if err := decoder.Decode(&one); err != nil {
			return err
		}
		if err := place(schema.Validate(one)); err != nil {
			return fmt.Errorf("%d: %w", n, err)
		}
	}
	return expect(decoder, json.Delim(']'))
}

func expect(decoder *json.Decoder, wanted json.Delim) error {
	token, err := decoder.Token()
	if err == nil && token != wanted {
		err = fmt.Errorf("want %s, got %v", wanted, token)
	}
	return err
}
