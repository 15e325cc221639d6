package report_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
)

// object is the part of a JSON Schema that describes a Go struct.
type object struct {
	Description string                     `json:"description"`
	Ref         string                     `json:"$ref"`
	Required    []string                   `json:"required"`
	Properties  map[string]json.RawMessage `json:"properties"`
	Items       *object                    `json:"items"`
	Defs        map[string]object          `json:"$defs"`
}

func TestSchemaAndModelAgree(t *testing.T) {
	var root object
	NewWithT(t).Expect(json.Unmarshal(report.SchemaJSON(), &root)).To(Succeed())

	agree(t, "run", reflect.TypeFor[report.Run](), root, root.Defs)
}

// agree compares the fields of a struct, and of the structs within, with the
// properties that the schema gives them.
func agree(t *testing.T, name string, model reflect.Type, schema object, defs map[string]object) {
	g := NewWithT(t)
	var fields, required []string
	for i := range model.NumField() {
		field := model.Field(i)
		tag, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		fields = append(fields, tag)
		if !strings.HasPrefix(options, "omit") {
			required = append(required, tag)
		}
		g.Expect(schema.Properties).To(HaveKey(tag), name)
		var property object
		g.Expect(json.Unmarshal(schema.Properties[tag], &property)).To(Succeed())
		g.Expect(property.Description).NotTo(BeEmpty(), "%s.%s is described", name, tag)
		if inner := structOf(field.Type); inner != nil {
			def := referred(property)
			g.Expect(defs).To(HaveKey(def), "%s.%s", name, tag)
			agree(t, def, inner, defs[def], defs)
		}
	}
	g.Expect(fields).To(HaveLen(len(schema.Properties)), "each property of %s is a field", name)
	g.Expect(schema.Required).To(ConsistOf(required), name)
	g.Expect(schema.Description).NotTo(BeEmpty(), name)
}

func structOf(field reflect.Type) reflect.Type {
	if field.Kind() == reflect.Slice {
		field = field.Elem()
	}
	if field.Kind() != reflect.Struct || field == reflect.TypeFor[time.Time]() {
		return nil
	}
	return field
}

func referred(property object) string {
	if property.Items != nil {
		property = *property.Items
	}
	return strings.TrimPrefix(property.Ref, "#/$defs/")
}

func TestSchemaKnowsEveryWord(t *testing.T) {
	g := NewWithT(t)
	schema := string(report.SchemaJSON())
	for _, outcome := range report.Outcomes {
		g.Expect(schema).To(ContainSubstring(`"` + string(outcome) + `"`))
	}
	for _, verdict := range []report.Verdict{report.Conformant, report.NotConformant, report.Unusable,
		report.Faulty, report.Interrupted} {
		g.Expect(schema).To(ContainSubstring(`"` + string(verdict) + `"`))
	}
	g.Expect(schema).To(ContainSubstring(report.Schema))
}
