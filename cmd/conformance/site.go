package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/reporters/file"
	"session-conformance/reporters/report"
	"session-conformance/reporters/site"
	"session-conformance/suites/ledger"
)

func newSiteCommand() *cobra.Command {
	out := "site"
	command := &cobra.Command{
		Use:   "site DIR",
		Short: "Make a page of many saved runs",
		Long: `Make of all saved runs (run --json) below the folder a static site that needs no
server and no network: the behaviours of each release of each product, since when
one is wrong, what two runs do differently, and a badge for each release.

A product is what run --product names, or else a URL, its release what
--product-release says. A file that is no saved run ends it with 4.`,
		Example: `  conformance site reports --out site`,
		Args: func(command *cobra.Command, arguments []string) error {
			if len(arguments) != 1 {
				return usagef("want the folder with the saved runs; see %s --help", command.CommandPath())
			}
			return nil
		},
		RunE: func(command *cobra.Command, arguments []string) error { return makeSite(command, arguments[0], out) },
	}
	command.Flags().StringVar(&out, "out", out, "write the site into the folder `DIR`")
	return command
}

func makeSite(command *cobra.Command, folder, out string) error {
	saved, err := readRuns(folder)
	if err != nil {
		return err
	}
	if len(saved) == 0 {
		return usagef("%s has no saved run; write some with run --json", folder)
	}
	files, err := site.Make(saved, ledger.Current)
	if err != nil {
		return exitError{exitFault, err.Error()}
	}
	for _, one := range files {
		path := filepath.Join(out, filepath.FromSlash(one.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return usagef("--out %s: %s", out, reasonOf(err))
		}
		if err := file.Write(path, func(w io.Writer) error { _, err := w.Write(one.Bytes); return err }); err != nil {
			return usagef("--out %s: %s", out, err)
		}
	}
	_, err = fmt.Fprintf(command.OutOrStdout(), "wrote %s with %d runs\n", filepath.Join(out, "index.html"), len(saved))
	return writing(err)
}

// readRuns reads all saved runs below a folder. What is JSON of another kind, as a
// badge of a site is, is left out; a run that is damaged is a fault.
func readRuns(folder string) (saved []site.Saved, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return usagef("%s: %s", path, reasonOf(err))
		}
		if entry.IsDir() || filepath.Ext(path) != ".json" || !isRun(path) {
			return nil
		}
		run, err := report.Read(path)
		if err != nil {
			return exitError{exitFault, err.Error()}
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			name = path
		}
		// Nothing but what the page shows is kept: runs with all exchanges are large.
		for i := range run.Results {
			run.Results[i].Exchanges = nil
		}
		saved = append(saved, site.Saved{Name: filepath.ToSlash(name), Run: run})
		return nil
	})
	return saved, err
}

// isRun says whether a file begins as a saved run does.
func isRun(path string) bool {
	opened, err := os.Open(path)
	if err != nil {
		return true // report.Read says what is wrong
	}
	defer opened.Close()
	begin := make([]byte, 200)
	n, _ := io.ReadFull(opened, begin)
	return strings.Contains(string(begin[:n]), "conformance/run/") || n == 0
}
