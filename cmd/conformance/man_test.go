package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// eachCommand visits the command and all below it.
func eachCommand(command *cobra.Command, visit func(*cobra.Command)) {
	visit(command)
	for _, below := range command.Commands() {
		eachCommand(below, visit)
	}
}

// pages writes the manual and returns the pages by their names.
func pages(t *testing.T) (folder string, texts map[string]string) {
	t.Helper()
	g := NewWithT(t)
	folder, texts = filepath.Join(t.TempDir(), "share", "man1"), map[string]string{}
	got := conformance(t, "man", "--output", folder)
	g.Expect(got.code).To(BeZero(), got.stderr)
	g.Expect(got.stderr).To(HaveSuffix("man " + filepath.Join(folder, "conformance.1") + "\n"))
	found, err := os.ReadDir(folder)
	g.Expect(err).NotTo(HaveOccurred())
	for _, entry := range found {
		text, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		g.Expect(err).NotTo(HaveOccurred())
		texts[entry.Name()] = string(text)
	}
	return folder, texts
}

// pageOf is the name of a command's page.
func pageOf(command *cobra.Command) string {
	return strings.ReplaceAll(command.CommandPath(), " ", "-") + ".1"
}

func TestEveryCommandHasAManualPageWithItsFlags(t *testing.T) {
	g := NewWithT(t)
	_, texts := pages(t)
	commands := 0
	eachCommand(newCommand(), func(command *cobra.Command) {
		if !command.IsAvailableCommand() {
			return // help
		}
		commands++
		text := texts[pageOf(command)]
		g.Expect(text).To(ContainSubstring(command.Short), pageOf(command))
		command.LocalFlags().VisitAll(func(flag *pflag.Flag) {
			g.Expect(text).To(ContainSubstring(`\fB--`+flag.Name+`\fP`), pageOf(command))
		})
	})
	g.Expect(texts).To(HaveLen(commands))
}

// A page is what people read: what is laid out must be so still, and no mark
// of the texts may be taken for one of Markdown.
func TestManualPagesReadAsTheHelpDoes(t *testing.T) {
	folder, _ := pages(t)
	eachCommand(newCommand(), func(command *cobra.Command) {
		if !command.IsAvailableCommand() {
			return
		}
		g := NewWithT(t)
		reader := linter(t, "man", "Debian: man-db", "--warnings", "--nh", "--local-file", filepath.Join(folder, pageOf(command)))
		reader.Env = append(reader.Environ(), "LC_ALL=C.UTF-8", "MANWIDTH=2000") // no paragraph needs a second line
		var warnings strings.Builder
		reader.Stderr = &warnings
		page, err := reader.Output()
		g.Expect(err).NotTo(HaveOccurred(), warnings.String())
		g.Expect(warnings.String()).To(BeEmpty(), command.CommandPath())
		for paragraph := range strings.SplitSeq(command.Long, "\n\n") { // cobra has headings in its own
			g.Expect(words(string(page))).To(ContainSubstring(words(strings.TrimLeft(paragraph, "# "))), command.CommandPath())
		}
		for line := range strings.Lines(command.Long + "\n" + command.Example) {
			if strings.HasPrefix(line, "  ") {
				g.Expect(string(page)).To(ContainSubstring(strings.TrimSpace(line)), command.CommandPath())
			}
		}
		command.LocalFlags().VisitAll(func(flag *pflag.Flag) {
			_, usage := pflag.UnquoteUsage(flag)
			g.Expect(words(string(page))).To(ContainSubstring(words(usage)), command.CommandPath())
		})
	})
}

// words is a text without its layout.
func words(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestAManualThatCannotBeWrittenIsOneLine(t *testing.T) {
	g := NewWithT(t)
	file := written(t, "taken", "")
	got := conformance(t, "man", "--output", file)
	g.Expect(got.code).To(Equal(exitUsage))
	g.Expect(one(g, got.stderr)).To(Equal("conformance: --output " + file + ": not a directory\n"))
}
