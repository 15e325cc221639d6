package reproduce

import (
	_ "embed"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// head is what stands before the requests: what the script is about and where it
// asks.
func (s *script) head() string {
	var out strings.Builder
	r := s.result
	fmt.Fprintf(&out, "#!/bin/sh\n# %s in %s: %s\n", oneLine(r.ID), oneLine(r.VariantName()), oneLine(r.Promise))
	out.WriteString("# It ends with 1 at the first answer that is not as documented, and else with 0.\n")
	if variables := s.variables(); len(variables) > 0 {
		fmt.Fprintf(&out, "# Set %s. CURL='curl -k' verifies no certificate.\n", strings.Join(variables, ", "))
	} else {
		out.WriteString("# CURL='curl -k' verifies no certificate.\n")
	}
	fmt.Fprintf(&out, "TARGET=${TARGET:-%s}\n", Quote(s.target()))
	out.WriteString("\nrequests() {")
	return out.String()
}

// target is where the requests went; the bundled reference server is gone, and
// this is where another one listens.
func (s *script) target() string {
	if s.run.Target.Bundled {
		return "http://127.0.0.1:8443"
	}
	return strings.TrimRight(oneLine(s.run.Target.URL), "/")
}

// variables are those that must be set.
func (s *script) variables() []string {
	if len(s.items) > 0 && s.needs["AUTHORIZATION"] == "" && !slices.Contains(s.logins, "SESSION_ID") {
		s.logins = append(s.logins, "SESSION_ID")
	}
	for _, name := range s.logins {
		user := strings.TrimSuffix(name, "SESSION_ID")
		s.need(user+"USERNAME", placeholders[user+"USERNAME"])
		s.need(user+"PASSWORD", placeholders[user+"PASSWORD"])
	}
	return slices.Sorted(maps.Keys(s.needs))
}

// foot is what stands behind the requests: the functions that are called, and what
// is done with them.
func (s *script) foot() string {
	main := s.main()
	var out strings.Builder
	out.WriteString("\n# What follows prepares, asks and checks for them.\n\n")
	for _, function := range calledIn(s.body.String() + main) {
		out.WriteString(function + "\n\n")
	}
	return out.String() + main
}

// main is what the script does.
func (s *script) main() string {
	var out strings.Builder
	out.WriteString("set -uf\nat= quiet= promised=\n")
	for _, variable := range slices.Sorted(maps.Keys(s.needs)) {
		fmt.Fprintf(&out, "[ -n \"${%s:-}\" ] || failed 'set %s to %s'\n", variable, variable, s.needs[variable])
	}
	if s.finders["file"] {
		out.WriteString("file=$(mktemp)\n")
	}
	if len(s.logins) > 0 {
		fmt.Fprintf(&out, "LOGINS='%s'\n", strings.Join(loginPaths(s.result.Binding), " "))
	}
	for _, name := range s.logins {
		user := strings.TrimSuffix(name, "SESSION_ID")
		fmt.Fprintf(&out, "%s=${%s:-$(login \"$%sUSERNAME\" \"$%sPASSWORD\")} || exit 2\n", name, name, user, user)
	}
	s.prepareItems(&out)
	for _, variable := range s.fresh {
		fmt.Fprintf(&out, "%s=$(token)\n", variable)
	}
	for _, item := range s.items {
		if s.escapes(item.ID, s.result.Exchanges) {
			fmt.Fprintf(&out, "%s_ESCAPED=$(escaped \"$%s\")\n", item.variable, item.variable)
		}
	}
	out.WriteString("requests\nprintf '\\nall as documented\\n'\n")
	return out.String()
}

// prepareItems makes the items that are not set, in a library of their own.
func (s *script) prepareItems(out *strings.Builder) {
	var cleanUp []string
	if s.finders["file"] {
		cleanUp = append(cleanUp, `rm -f "$file"`)
	}
	if len(s.items) > 0 {
		cleanUp = append(cleanUp, "remove")
	}
	if len(cleanUp) > 0 {
		fmt.Fprintf(out, "trap '%s' EXIT\n", strings.Join(cleanUp, "; "))
	}
	if len(s.items) == 0 {
		return
	}
	if s.needs["AUTHORIZATION"] != "" {
		out.WriteString("SESSION_ID=\n")
	}
	fmt.Fprintf(out, "FILE_NAME=${FILE_NAME:-%s}\n", singleQuoted(oneLine(s.fileName())))
	var unset []string
	for _, item := range s.items {
		unset = append(unset, fmt.Sprintf("[ -n \"${%s:-}\" ]", item.variable))
	}
	fmt.Fprintf(out, "{ %s; } || library\n", strings.Join(unset, " && "))
	for _, item := range s.items {
		file := "''"
		if item.File != "" {
			file = `"$FILE_NAME"`
		}
		fmt.Fprintf(out, "%s=${%s:-$(item %s %s)} || exit 2\n", item.variable, item.variable, singleQuoted(oneLine(item.Type)), file)
	}
}

// fileName is that of the files in the items.
func (s *script) fileName() string {
	for _, item := range s.items {
		if item.File != "" {
			return item.File
		}
	}
	return "conformance.txt"
}

// loginPaths are where the bindings log in (reference, section 1), the script's own
// first; legacy has no page of its own for it.
func loginPaths(binding string) []string {
	if binding == "api" {
		return []string{"/api/session", "/rest/com/vmware/cis/session", "/com/vmware/cis/session"}
	}
	return []string{"/rest/com/vmware/cis/session", "/com/vmware/cis/session", "/api/session"}
}

//go:embed functions.sh
var functionsFile string

// functionName begins a function of the file, with what is said of it.
var functionName = regexp.MustCompile(`(?m)^(\w+)\(\) \{`)

// calledIn are the functions of the file that the text calls, also by way of others,
// in the order of the file.
func calledIn(text string) []string {
	var functions, called []string
	names := map[string]int{}
	for i, function := range strings.Split(strings.TrimSpace(functionsFile), "\n\n") {
		functions = append(functions, function)
		names[functionName.FindStringSubmatch(function)[1]] = i
	}
	wanted := map[int]bool{}
	for open := []string{text}; len(open) > 0; open = open[1:] {
		for _, word := range commandsIn(open[0]) {
			if at, known := names[word]; known && !wanted[at] {
				wanted[at] = true
				open = append(open, functions[at])
			}
		}
	}
	for i, function := range functions {
		if wanted[i] {
			called = append(called, function)
		}
	}
	return called
}

// shellWord is a word where a command may stand, and checkWord where a check may.
var (
	shellWord = regexp.MustCompile(`(?m)(?:^\s*|[()|&;{!']\s*|\bdo |\bthen |\belse |\bif )(\w+)`)
	checkWord = regexp.MustCompile(`(?m)^\s*expect (within) \d+ (\w+)|^\s*expect (\w+)`)
)

// commandsIn are the words of a text that may be commands.
func commandsIn(text string) (words []string) {
	for _, found := range append(shellWord.FindAllStringSubmatch(text, -1), checkWord.FindAllStringSubmatch(text, -1)...) {
		words = append(words, found[1:]...)
	}
	return words
}
