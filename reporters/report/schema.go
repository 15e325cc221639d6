package report

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed schema.json
var schemaJSON string

// SchemaJSON returns the JSON Schema (2020-12) of a saved run.
func SchemaJSON() []byte { return []byte(schemaJSON) }

// validate tells the first place where a decoded document leaves the schema.
func validate(document any) error {
	schema, err := compileSchema("schema.json")
	if err != nil {
		return err
	}
	return place(schema.Validate(document))
}

// place is the first place where a document leaves the schema; any other error stays
// what it is.
func place(err error) error {
	var invalid *jsonschema.ValidationError
	if errors.As(err, &invalid) {
		return explain(invalid)
	}
	return err
}

// compileSchema compiles the schema, or the part of it that the name points to.
func compileSchema(name string) (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(SchemaJSON()))
	if err != nil {
		return nil, fmt.Errorf("read schema.json: %w", err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", document); err != nil {
		return nil, fmt.Errorf("compile schema.json: %w", err)
	}
	schema, err := compiler.Compile(name)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", name, err)
	}
	return schema, nil
}

// explain follows the causes down to a value that is wrong: the errors above
// it only say that something below them is. Of several it takes the first by
// place, so that the same file always gives the same error.
func explain(invalid *jsonschema.ValidationError) error {
	for len(invalid.Causes) > 0 {
		invalid = slices.MinFunc(invalid.Causes, func(a, b *jsonschema.ValidationError) int {
			return slices.Compare(a.InstanceLocation, b.InstanceLocation)
		})
	}
	what := invalid.ErrorKind.LocalizedString(message.NewPrinter(language.English))
	return fmt.Errorf("at %s: %s", pointer(invalid.InstanceLocation), what)
}

// pointer is a JSON pointer, but for the top, which is empty there.
func pointer(location []string) string {
	if len(location) == 0 {
		return "the top"
	}
	return "/" + strings.Join(location, "/")
}
