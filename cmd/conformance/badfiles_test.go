package main

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// ofGo are words that a library says to who wrote the program, and not to who runs it.
var ofGo = []string{"unmarshal", "!!", "yaml:", "json:", "struct", "[]", "bufio", "strconv", "pflag", "goroutine", "context deadline"}

// What is wrong with a file of a person is one line in words of its own kind.
func TestAFileThatCannotBeReadIsOneLineWithoutTypesOfGo(t *testing.T) {
	commands := map[string]func(path string) []string{
		"config":  func(path string) []string { return []string{"run", "--plan", "--config", path} },
		"waivers": func(path string) []string { return []string{"run", "--plan", "--waivers", path} },
		"fleet":   func(path string) []string { return []string{"fleet", path, "--out", t.TempDir()} },
		"run":     func(path string) []string { return []string{"report", path} },
		"rerun":   func(path string) []string { return []string{"run", "--plan", "--rerun", path} },
		"history": func(path string) []string { return []string{"explore", "--replay", path} },
	}
	for _, test := range []struct{ kind, text, want string }{
		{"config", "target: [a\nb", "it is no YAML: line 2"},
		{"config", "target: *a", "it is no YAML: unknown anchor"},
		{"config", "hello", "want a mapping"},
		{"config", "target: {a: b}", "target: want a text or a list of texts"},
		{"config", "parallel: 1e9", "want a whole number"},
		{"config", "max-rps: fast", "want a number"},
		{"waivers", "hello", "want a list under"},
		{"waivers", "- a", "want a list under"},
		{"waivers", "waivers: x", "want a list under"},
		{"waivers", "waivers: {a: b}", "want a list under"},
		{"waivers", "waivers: [", "it is no YAML: line 1"},
		{"waivers", "nope: []", "there is no nope"},
		{"waivers", "waivers:\n- x", ":2: it is no mapping"},
		{"waivers", "waivers:\n- behaviour: [a]", ":2: behaviour: want one text"},
		{"waivers", "waivers:\n- bindings: api", ":2: bindings: want a list"},
		{"waivers", "waivers:\n- bindings: [{a: b}]", ":2: bindings: want a list"},
		{"waivers", "waivers:\n- owner: a\n  owner: b", ":2: owner stands there twice"},
		{"waivers", "waivers:\n- nope: b", ":2: there is no nope"},
		{"waivers", "waivers:\n- ", ":2: the waiver has no behaviour"},
		{"fleet", "targets: [", "it is no YAML: line 1"},
		{"fleet", "targets: {a: {target: x, timeout: 5}}", "want a duration"},
		{"run", "", "the file is empty"},
		{"run", "<html>", "not JSON: line 1, column 1"},
		{"run", "[]", "at the top: got array, want object"},
		{"rerun", "{}", "at the top: missing properties"},
		{"history", "hello", `line 1: "hello" names no binding`},
		{"history", strings.Repeat("a", 1<<17), "line 1 is longer than 65536 bytes"},
	} {
		t.Run(test.kind+" "+test.want, func(t *testing.T) {
			g := NewWithT(t)
			got := conformance(t, commands[test.kind](written(t, "file", test.text))...)
			g.Expect(got.code).To(Equal(exitUsage), got.stdout)
			line := one(g, got.stderr)
			g.Expect(line).To(ContainSubstring(test.want))
			for _, word := range ofGo {
				g.Expect(line).NotTo(ContainSubstring(word))
			}
		})
	}
}
