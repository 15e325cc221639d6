package suites_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
	"session-conformance/suites/variant"
)

// protocolColumns are the rules that hold for all operations, each by the
// behaviours that are about it; where says for which a spelling has it.
var protocolColumns = []struct {
	name       string
	behaviours []string
	where      func(operation string, binding wire.Binding) bool
}{
	{"content type", []string{"content_type.json"}, always},
	{"wrapper", []string{"wrapper.value", "wrapper.bare"}, func(operation string, _ wire.Binding) bool { return wire.Result(operation) != wire.Void }},
	{"void", []string{"void.empty", "void.no_content"}, func(operation string, _ wire.Binding) bool { return wire.Result(operation) == wire.Void }},
	{"error shape", []string{"error.shape_rest", "error.shape_api"}, always},
	{"XML root", []string{"legacy.xml_response"}, func(operation string, _ wire.Binding) bool { return wire.Result(operation) != wire.Void }},
	{"error status", []string{"error.status_matches_type"}, always},
	{"no login", []string{"auth.missing"}, always},
	{"bad login", []string{"auth.bad"}, always},
	{"ended login", []string{"auth.logged_out"}, always},
	{"path form", []string{"path.id_prefix", "path.no_id_prefix"}, func(operation string, binding wire.Binding) bool {
		return strings.Contains(pathOf(operation, binding), "subject") && !strings.Contains(pathOf(operation, binding), "=subject")
	}},
	{"tilde", []string{"action.no_tilde"}, func(operation string, binding wire.Binding) bool {
		return strings.Contains(pathOf(operation, binding), "?action=")
	}},
	{"rest and api agree", []string{"bindings.agree"}, always},
}

func always(string, wire.Binding) bool { return true }

// pathOf is the plainest path of the operation; empty where the binding has none.
func pathOf(operation string, binding wire.Binding) string {
	variants := wire.Variants(operation, binding)
	if len(variants) == 0 {
		return ""
	}
	request, _ := wire.Encode(wire.DocumentedPrefixes(), variants[0], wire.Call{Operation: operation, Subject: "subject"})
	return request.Path
}

// protocolTable is a row for each operation, a column for each rule, and in each
// cell the levels in the bindings that have it.
func protocolTable(book *ledger.Ledger) string {
	var table strings.Builder
	table.WriteString("| operation |")
	for _, column := range protocolColumns {
		fmt.Fprintf(&table, " %s |", column.name)
	}
	table.WriteString("\n|---|" + strings.Repeat("---|", len(protocolColumns)) + "\n")
	var operations []string
	for _, behaviour := range book.Behaviours() {
		if name := behaviour.Service + "." + behaviour.Operation; wire.IsOperation(name) && !slices.Contains(operations, name) {
			operations = append(operations, name)
		}
	}
	slices.Sort(operations)
	for _, operation := range operations {
		fmt.Fprintf(&table, "| %s |", operation)
		for _, column := range protocolColumns {
			var levels []string
			for _, binding := range variant.Bindings {
				for _, id := range column.behaviours {
					rule, _ := book.Find("protocol." + id)
					if level, has := rule.Levels[string(binding)]; has && len(wire.Variants(operation, binding)) > 0 &&
						column.where(operation, binding) {
						levels = append(levels, fmt.Sprintf("%s %s", binding, level))
					}
				}
			}
			fmt.Fprintf(&table, " %s |", strings.Join(levels, ", "))
		}
		table.WriteString("\n")
	}
	return table.String()
}

func TestTheTableOfTheProtocolIsTheLedgers(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	table := protocolTable(book)
	g.Expect(strings.Count(table, "\n")).To(Equal(24+2), "a row for each of the 24 operations")
	written, err := os.ReadFile(filepath.Join(root, "docs", "protocol.md"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(written)).To(HaveSuffix("\n"+table), "write the table into docs/protocol.md")
}
