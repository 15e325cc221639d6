package main

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	. "github.com/onsi/gomega"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"go.yaml.in/yaml/v3"
)

// block is a piece of code in a text.
type block struct{ language, text string }

// blocks are the pieces of code in a Markdown text; one within a line has the
// language "span".
func blocks(markdown string) (found []block) {
	source := []byte(markdown)
	_ = ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(source)), func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		switch node := node.(type) {
		case *ast.FencedCodeBlock:
			if entering {
				found = append(found, block{string(node.Language(source)), string(node.Lines().Value(source))})
			}
		case *ast.CodeBlock:
			if entering {
				found = append(found, block{"", string(node.Lines().Value(source))})
			}
		case *ast.CodeSpan:
			if entering {
				found = append(found, block{"span", spanText(node, source)})
			}
		}
		return ast.WalkContinue, nil
	})
	return found
}

func spanText(span *ast.CodeSpan, source []byte) string {
	var out bytes.Buffer
	for child := span.FirstChild(); child != nil; child = child.NextSibling() {
		out.Write(child.(*ast.Text).Segment.Value(source))
	}
	return out.String()
}

// notCommands are the languages of blocks that hold none.
var notCommands = []string{"yaml", "go", "text"}

// readmeScripts are the blocks of shell, the commands of the dialogues, and
// what stands in a line and begins with a command.
func readmeScripts(g Gomega, markdown string) (scripts []string) {
	for _, block := range blocks(markdown) {
		switch block.language {
		case "sh":
			scripts = append(scripts, block.text)
		case "console":
			command, _ := dialogue(block.text)
			scripts = append(scripts, command)
		case "span":
			if first, _, _ := strings.Cut(block.text, " "); isConformance(first) && first != "cmd/conformance" {
				scripts = append(scripts, block.text)
			}
		default:
			g.Expect(notCommands).To(ContainElement(block.language), block.text)
		}
	}
	return scripts
}

// dialogue is a command and what it prints.
func dialogue(text string) (command, printed string) {
	command, printed, _ = strings.Cut(strings.TrimPrefix(text, "$ "), "\n")
	return command, printed
}

// scriptKeys hold scripts in the files of GitHub and GitLab.
var scriptKeys = []string{"run", "script", "before_script", "after_script"}

func yamlScripts(g Gomega, content string) []string {
	var document yaml.Node
	g.Expect(yaml.Unmarshal([]byte(content), &document)).To(Succeed())
	return scriptsBelow(&document)
}

func scriptsBelow(node *yaml.Node) (scripts []string) {
	for i, below := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 1 && slices.Contains(scriptKeys, node.Content[i-1].Value) {
			scripts = append(scripts, scalars(below)...)
			continue
		}
		scripts = append(scripts, scriptsBelow(below)...)
	}
	return scripts
}

func scalars(node *yaml.Node) []string {
	if node.Kind == yaml.ScalarNode {
		return []string{node.Value}
	}
	var values []string
	for _, below := range node.Content {
		values = append(values, scalars(below)...)
	}
	return values
}

// jenkinsStep is a shell step of a Jenkinsfile.
var jenkinsStep = regexp.MustCompile(`\bsh '([^'\n]*)'`)

func jenkinsScripts(_ Gomega, content string) (scripts []string) {
	for _, step := range jenkinsStep.FindAllStringSubmatch(content, -1) {
		scripts = append(scripts, step[1])
	}
	return scripts
}

// dockerLine is a shell command of a Dockerfile, or one that a comment shows.
var dockerLine = regexp.MustCompile(`(?m)^(?:RUN |#   )(.*)$`)

func dockerScripts(_ Gomega, content string) (scripts []string) {
	for _, line := range dockerLine.FindAllStringSubmatch(content, -1) {
		scripts = append(scripts, line[1])
	}
	return scripts
}
