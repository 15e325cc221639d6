package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"session-conformance/reporters/file"
	"session-conformance/reporters/github"
	"session-conformance/reporters/har"
	"session-conformance/reporters/html"
	"session-conformance/reporters/junit"
	"session-conformance/reporters/lifecycle"
	"session-conformance/reporters/markdown"
	"session-conformance/reporters/report"
	"session-conformance/reporters/sarif"
	"session-conformance/reporters/tap"
	"session-conformance/reporters/terminal"
)

// format is a report that can be written to a file.
type format struct {
	flag, what string
	write      func(io.Writer, *report.Run) error
	// wellFormed reads back what stands in the file.
	wellFormed func(path string) error
}

// formats are the reports, by the flag that names the file.
var formats = []format{
	{"json", "the whole run as JSON", report.Write, report.Check},
	{"junit", "JUnit XML", junit.Write, xmlDocument},
	{"html", "a page to read and filter", html.Write, whole("</html>")},
	{"markdown", "a summary in Markdown", markdown.Write, whole("")},
	{"sarif", "SARIF 2.1.0", sarif.Write, jsonDocument},
	{"har", "the exchanges as HAR 1.2", har.Write, jsonDocument},
	{"tap", "TAP", tap.Write, whole("")},
	{"map", "the map of the lifecycles as SVG", lifecycle.Write, whole("</svg>")},
}

// reportFlags are the flags that say what to write of a run.
type reportFlags struct {
	paths  map[string]*string
	github bool
	screen terminal.Options
	plain  bool
	// events is empty where there is no run to tell.
	events eventsFlag
}

func (f *reportFlags) register(set *pflag.FlagSet) {
	f.paths = map[string]*string{}
	for _, one := range formats {
		f.paths[one.flag] = set.String(one.flag, "", "write "+one.what+" to `FILE`")
	}
	set.BoolVar(&f.github, "github", false, "also print annotations for a workflow of GitHub Actions")
	set.BoolVarP(&f.screen.Quiet, "quiet", "q", false, "show a line for each failure, and the verdict")
	set.BoolVarP(&f.screen.Verbose, "verbose", "v", false, "show every result, and all of each failure")
	set.BoolVar(&f.plain, "no-color", false, "show no colours; they are also left out where NO_COLOR is set, and in a pipe")
}

// check finds out beforehand whether each report can be written.
func (f *reportFlags) check() error {
	seen := map[string]string{}
	for _, one := range formats {
		path := *f.paths[one.flag]
		if path == "" {
			continue
		}
		if err := file.CheckWritable(path); err != nil && path != toStdout {
			return usagef("--%s: %s", one.flag, err)
		}
		if path == toStdout && f.events.path == toStdout {
			return usagef("--%s and --events both write to standard output; name a file for one", one.flag)
		}
		// A path that cannot be made absolute is as good as it is.
		place, err := filepath.Abs(path)
		if err != nil {
			place = path
		}
		if other, twice := seen[place]; twice {
			return usagef("--%s and --%s name the same file %s; give each its own", other, one.flag, place)
		}
		seen[place] = one.flag
	}
	return nil
}

// save writes the reports that were asked for and returns how many could not be
// written; one that cannot loses no other.
func (f *reportFlags) save(command *cobra.Command, run *report.Run) (failed int) {
	for _, one := range formats {
		path := *f.paths[one.flag]
		if path == "" {
			continue
		}
		if err := one.put(command, path, run); err != nil {
			failed++
			fmt.Fprintf(command.ErrOrStderr(), "conformance: --%s: %s\n", one.flag, err)
		}
	}
	if err := f.events.end(run); err != nil {
		failed++
		fmt.Fprintf(command.ErrOrStderr(), "conformance: %s\n", err)
	}
	return failed
}

// put saves the report, or writes it to standard output.
func (f format) put(command *cobra.Command, path string, run *report.Run) error {
	if path == toStdout {
		return f.write(command.OutOrStdout(), run)
	}
	return f.save(path, run)
}

// save writes the report and reads it back: a disk that is full, or a mistake
// of ours, must not look like a report.
func (f format) save(path string, run *report.Run) error {
	if err := file.Write(path, func(w io.Writer) error { return f.write(w, run) }); err != nil {
		return err
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return err // what went into a pipe cannot be read again
	}
	if err := f.wellFormed(path); err != nil {
		return fmt.Errorf("read back the report: %w", err)
	}
	return nil
}

func jsonDocument(path string) error {
	data, err := os.ReadFile(path)
	if err == nil && !json.Valid(data) {
		err = fmt.Errorf("%s is no JSON", path)
	}
	return err
}

// whole wants a file that is not empty and ends with the text.
func whole(end string) func(string) error {
	return func(path string) error {
		data, err := os.ReadFile(path)
		if text := strings.TrimSpace(string(data)); err == nil && (text == "" || !strings.HasSuffix(text, end)) {
			err = fmt.Errorf("%s ends too early", path)
		}
		return err
	}
}

func xmlDocument(path string) error {
	written, err := os.Open(path)
	if err != nil {
		return err
	}
	defer written.Close()
	decoder := xml.NewDecoder(written)
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s is no XML: %w", path, err)
		}
	}
}

// show shows the run to who reads the screen.
func (f *reportFlags) show(command *cobra.Command, run *report.Run) error {
	out := f.out(command)
	style := styleOf(out)
	style.Color = style.Color && !f.plain
	screen := f.screen
	for _, one := range formats {
		if path := *f.paths[one.flag]; path != "" && path != toStdout {
			screen.Files = append(screen.Files, path)
		}
	}
	if err := terminal.WriteWith(out, run, style, screen); err != nil {
		return fmt.Errorf("write to the terminal: %w", err)
	}
	if f.github {
		return writing(github.Write(command.OutOrStdout(), run))
	}
	return nil
}

// out is where the final report goes: beside what else goes to standard output,
// so that the next command in a pipe can read that.
func (f *reportFlags) out(command *cobra.Command) io.Writer {
	if f.events.path == toStdout {
		return command.ErrOrStderr()
	}
	for _, path := range f.paths {
		if *path == toStdout || filepath.Clean(*path) == "/dev/stdout" {
			return command.ErrOrStderr()
		}
	}
	return command.OutOrStdout()
}

// any says whether a report was asked for.
func (f *reportFlags) any() bool {
	for _, path := range f.paths {
		if *path != "" {
			return true
		}
	}
	return false
}
