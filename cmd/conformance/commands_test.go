package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"

	"session-conformance/suites"
)

// project is the folder of the project.
const project = "../.."

// projectFile reads a file of the project.
func projectFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(project, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Each file that shows or runs commands, how its scripts are found, and the
// commands that must be among them, so that no file is passed over.
var shown = []struct {
	file    string
	scripts func(g Gomega, text string) []string
	among   []string
}{
	{"README.md", readmeScripts, []string{"run", "list", "explain", "fake", "report", "diff", "merge", "waivers init", "config", "selftest", "sweep", "completion bash", "man"}},
	{"action.yml", yamlScripts, []string{"run"}},
	{"ci/gitlab.yml", yamlScripts, []string{"run"}},
	{"ci/Jenkinsfile", jenkinsScripts, []string{"run"}},
	{"Dockerfile", dockerScripts, []string{"run"}},
}

// A command that a user copies must be one: each is parsed by the command line
// itself, in scripts that bash understands.
func TestEveryCommandThatIsShownIsOne(t *testing.T) {
	for _, source := range shown {
		t.Run(filepath.Base(source.file), func(t *testing.T) {
			g := NewWithT(t)
			var names []string
			for _, script := range source.scripts(g, projectFile(t, source.file)) {
				for _, line := range commandLines(g, script) {
					names = append(names, understood(g, line))
				}
			}
			for _, name := range source.among {
				g.Expect(names).To(ContainElement("conformance " + name))
			}
		})
	}
}

func TestEveryExampleOfTheHelpIsACommand(t *testing.T) {
	eachCommand(newCommand(), func(command *cobra.Command) {
		g := NewWithT(t)
		for _, line := range commandLines(g, command.Example) {
			understood(g, line)
		}
	})
}

func TestTheReadmeNamesFlagsThatThereAre(t *testing.T) {
	flags := map[string]bool{}
	eachCommand(newCommand(), func(command *cobra.Command) {
		command.LocalFlags().VisitAll(func(flag *pflag.Flag) {
			flags["--"+flag.Name], flags["-"+flag.Shorthand] = true, true
		})
	})
	g := NewWithT(t)
	for _, block := range blocks(projectFile(t, "README.md")) {
		if name, _, _ := strings.Cut(block.text, " "); block.language == "span" && strings.HasPrefix(name, "-") {
			g.Expect(flags).To(HaveKey(name))
		}
	}
}

// understood parses the command line and returns the command that it calls.
// What it filters by must choose something.
func understood(g Gomega, line []string) string {
	command, rest, err := newCommand().Find(line)
	g.Expect(err).NotTo(HaveOccurred(), "%q", line)
	command.InitDefaultHelpFlag()
	g.Expect(command.ParseFlags(rest)).To(Succeed(), "%q", line)
	g.Expect(command.ValidateArgs(command.Flags().Args())).To(Succeed(), "%q", line)
	var filter suites.Filter
	if command.Flags().Lookup("label-filter") != nil {
		filter.LabelFilter, _ = command.Flags().GetString("label-filter")
		filter.Focus, _ = command.Flags().GetStringArray("focus")
	}
	_, err = suites.List(filter)
	g.Expect(err).NotTo(HaveOccurred(), "%q", line)
	if command.Name() == "explain" {
		for _, id := range command.Flags().Args() {
			_, err := suites.Explain(id)
			g.Expect(err).NotTo(HaveOccurred(), "%q", line)
		}
	}
	return command.CommandPath()
}

// commandLines are the arguments of each call of conformance in a script, also
// in a container. Variables are empty, and so is what another command prints.
func commandLines(g Gomega, script string) (lines [][]string) {
	parsed, err := syntax.NewParser().Parse(strings.NewReader(script), "")
	g.Expect(err).NotTo(HaveOccurred(), script)
	syntax.Walk(parsed, func(node syntax.Node) bool {
		call, ok := node.(*syntax.CallExpr)
		if !ok {
			return true
		}
		fields, err := expand.Fields(&inert, call.Args...)
		g.Expect(err).NotTo(HaveOccurred(), script)
		if at := slices.IndexFunc(fields, isConformance); at == 0 || at > 0 && fields[0] == "docker" && fields[1] == "run" {
			lines = append(lines, fields[at+1:])
		}
		return true
	})
	return lines
}

func isConformance(word string) bool { return filepath.Base(word) == "conformance" }

// inert expands words without variables, files and other commands.
var inert = expand.Config{
	Env:       expand.ListEnviron(),
	CmdSubst:  func(io.Writer, *syntax.CmdSubst) error { return nil },
	ProcSubst: func(*syntax.ProcSubst) (string, error) { return os.DevNull, nil },
}
