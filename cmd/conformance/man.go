package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manual is the section of the manual that commands are in.
const manual = "1"

func newManCommand() *cobra.Command {
	var output string
	command := &cobra.Command{
		Use:   "man",
		Short: "Write the manual pages",
		Long: `Write a manual page for each command into a folder, which is made if it is not
there. Pages that are there already are replaced.`,
		Example: `  conformance man --output man
  man man/conformance-run.1`,
		RunE: func(command *cobra.Command, _ []string) error {
			if err := writeManual(output); err != nil {
				return usagef("--output %s: %s", output, reasonOf(err))
			}
			first := filepath.Join(output, "conformance."+manual)
			fmt.Fprintf(command.ErrOrStderr(), "wrote the manual to %s; read it by: man %s\n", output, shellQuoted(first))
			return nil
		},
	}
	command.Flags().StringVarP(&output, "output", "o", "man", "`DIR` to write to")
	return command
}

func writeManual(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	root := newCommand()
	root.DisableAutoGenTag = true // it would end each page with the day on which it was made
	forManual(root)
	return doc.GenManTreeFromOpts(root, doc.GenManTreeOptions{
		Path: folder, CommandSeparator: "-",
		Header: &doc.GenManHeader{Section: manual, Source: root.Name() + " " + root.Version, Manual: "Session API"},
	})
}

// forManual turns the descriptions of the command and of all below it into
// Markdown, which cobra takes them for.
func forManual(command *cobra.Command) {
	paragraphs := strings.Split(command.Long, "\n\n")
	for i, paragraph := range paragraphs {
		paragraphs[i] = paragraphForManual(paragraph)
	}
	command.Long = strings.Join(paragraphs, "\n\n")
	for _, below := range command.Commands() {
		forManual(below)
	}
}

// escaped protects what Markdown would take for emphasis, a tag or a link.
var escaped = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "<", `\<`, "[", `\[`)

// laidOut finds lines whose spaces mean something; two behind a full stop do not.
var laidOut = regexp.MustCompile(`(?m)^\s|[^.]  `)

// paragraphForManual keeps the lines of what is laid out by spaces.
func paragraphForManual(text string) string {
	if laidOut.MatchString(text) {
		return "```\n" + text + "\n```"
	}
	return escaped.Replace(text)
}
