package main

import (
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/reporters/file"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
	"session-conformance/suites"
)

// exploreRequests is how many explore spends on histories: ten times as many as
// a run.
const exploreRequests = 20_000

// maxHistory bounds the file of a history, in bytes.
const maxHistory = 1 << 20

// exploreFlags are those of a run without behaviours.
type exploreFlags struct {
	runFlags
	save, replay string
	// extra is how many states a server may have beyond the model.
	extra int
}

func newExploreCommand() *cobra.Command {
	flags := &exploreFlags{}
	command := &cobra.Command{
		Use:   "explore",
		Short: "Walk histories on a target that no spec wrote down",
		Long: `Walk histories on a target, random lives of several sessions, files and items in
all bindings, and hold each answer against a model of what the documents allow.
What deviates is run again and shortened. Races follow: clients that act at once.
No behaviour is run; "conformance run" runs them all, with fewer histories.

Without --target, the bundled reference server is explored. What is made on the
target, the verdict and the exit codes are those of a run. --seed repeats the
histories.

--complete K walks a checking set instead: sequences, worked out from the model,
that tell apart every server with up to K states more than the model has, over an
alphabet that the report prints with what it does not speak of.

--save keeps the shortest history of each finding, and each race that clashed, as
a file of text, which --replay walks: once, with what was expected and what came at
each step. It ends with 1 if a step deviates. A step is an operation, the numbers of what it is
about, and the binding in brackets; items may hold files from the beginning, and
a line that begins with # says nothing:

  item 1 holds file 1 content 1
  download_session.create session 1 item 1 (api)
  download_session.cancel session 1 (rest)
  download_session.get session 1 (legacy path json)`,
		Example: `  conformance explore --requests 2000
  conformance explore --target https://vc.example --username u --for 10m --save findings
  conformance explore --target https://vc.example --username u --replay findings/download_session.cancel.state.history`,
		RunE: configured(flags.explore),
	}
	flags.register(command)
	return command
}

func (f *exploreFlags) register(command *cobra.Command) {
	set, o := command.Flags(), &f.options
	set.SortFlags = false
	f.registerTarget(set)
	f.registerSetUp(set)
	set.IntVar(&o.Explore, "requests", exploreRequests, "how many requests to spend on histories (`N`)")
	set.DurationVar(&o.ExploreFor, "for", 0, "the longest time to spend on histories (`D`); without --requests, time alone counts")
	set.StringVar(&f.save, "save", "", "write the shortest history or race of each finding into the folder `DIR`")
	set.StringVar(&f.replay, "replay", "", "walk the history in `FILE`, and nothing else; - is standard input")
	set.IntVar(&f.extra, completeFlag, 0, "walk a checking set of sequences instead, for servers with up to `K` states more "+
		"than the model, 0 to 2")
	f.reports.register(set)
}

// explore is a run without behaviours.
func (f *exploreFlags) explore(command *cobra.Command) error {
	if err := f.check(command); err != nil {
		return err
	}
	f.options.OnlyExplore, f.more = true, f.saveFindings
	return f.run(command)
}

const completeFlag = "complete"

// check finds out what of its own flags cannot be.
func (f *exploreFlags) check(command *cobra.Command) error {
	o, changed := &f.options, command.Flags().Changed
	switch {
	case o.Explore < 1:
		return usagef("--requests must be more than 0, got %d", o.Explore)
	case o.ExploreFor < 0:
		return usagef("--for must not be negative, got %s", o.ExploreFor)
	case changed("for") && !changed("requests"):
		o.Explore = endless
	}
	if f.save != "" {
		if err := os.MkdirAll(f.save, 0o755); err != nil {
			return usagef("--save %s: %s", f.save, reasonOf(err))
		}
	}
	if changed(completeFlag) {
		o.Complete = &f.extra
		return exclude(changed, completeFlag, "replay", "requests", "for", racesFlag)
	}
	if f.replay == "" {
		return nil
	}
	if err := exclude(changed, "replay", "requests", "for", racesFlag, "save"); err != nil {
		return err
	}
	text, err := f.readHistory(command)
	if err != nil {
		return err
	}
	o.Replay = text
	return nil
}

// exclude refuses the flags that mean nothing beside the one.
func exclude(changed func(string) bool, one string, others ...string) error {
	for _, other := range others {
		if changed(other) {
			return usagef("--%s and --%s exclude each other", other, one)
		}
	}
	return nil
}

// endless is more requests than any time allows.
const endless = math.MaxInt32

// readHistory reads the history to replay, from standard input or a file.
func (f *exploreFlags) readHistory(command *cobra.Command) (string, error) {
	data, err := []byte(nil), error(nil)
	if f.replay == "-" {
		data, err = io.ReadAll(io.LimitReader(command.InOrStdin(), maxHistory))
	} else {
		data, err = readLimited(f.replay, maxHistory)
	}
	if err != nil {
		return "", usagef("--replay %s: %s", f.replay, reasonOf(err))
	}
	if err := suites.CheckHistory(string(data)); err != nil {
		return "", usagef("--replay %s: %s", f.replay, err)
	}
	return string(data), nil
}

// saveFindings writes the history of each finding, and each race that clashed.
func (f *exploreFlags) saveFindings(command *cobra.Command, run *report.Run) (failed int) {
	if f.save == "" || run.Exploration == nil {
		return 0
	}
	texts := map[string]string{}
	for _, result := range run.Results {
		if failure := result.Failure; failure != nil && failure.Timeline != nil && failure.Script != "" {
			texts[result.ID] = fmt.Sprintf("# %s, in %s\n%s", result.ID, result.VariantName(), failure.Script)
		}
	}
	for _, finding := range run.Exploration.Findings {
		texts[finding.Behaviour] = historyText(finding)
	}
	for _, behaviour := range slices.Sorted(maps.Keys(texts)) {
		path := filepath.Join(f.save, report.HistoryFile(behaviour))
		err := file.Write(path, func(w io.Writer) error {
			_, err := io.WriteString(w, texts[behaviour])
			return err
		})
		if err != nil {
			failed++
			fmt.Fprintf(command.ErrOrStderr(), "conformance: --save: %s\n", err)
		}
	}
	return failed
}

// maxWords cuts what a target sent where it stands in a comment.
const maxWords = 200

// historyText is the script with what it shows; a script takes those lines for
// comments.
func historyText(finding report.Finding) string {
	return fmt.Sprintf("# %s, in %s\n# expected %s, got %s, in %d of %d runs\n%s",
		finding.Behaviour, strings.Join(finding.Bindings, ", "), visible.FirstLine(finding.Expected, maxWords),
		visible.FirstLine(finding.Got, maxWords), finding.Came, finding.Tries, finding.Script)
}
