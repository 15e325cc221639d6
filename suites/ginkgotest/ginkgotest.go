// Package ginkgotest judges a server inside a vendor's own Ginkgo suite: each
// behaviour in each variant is a spec.
package ginkgotest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"session-conformance/reporters/failures"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// Describe declares a container with a spec for each behaviour in each variant,
// under the labels of the command: service, operation, binding, level, route and
// representation. Call it at the top level of a suite, as Ginkgo's own.
//
// Before the first spec the server is judged by the behaviours that Ginkgo's
// filters choose, and all that was created is deleted; each spec then tells its
// result. options is called at that time, when the server may have been started.
func Describe(text string, options func() suites.Options, arguments ...any) bool {
	entries, err := suites.List(suites.Filter{})
	if err != nil {
		panic(err) // the binary was built from a broken ledger
	}
	judged := &judged{results: map[string]report.Result{}}
	body := func() {
		ginkgo.BeforeAll(func(ctx ginkgo.SpecContext) { judged.judge(ctx, options()) })
		for _, entry := range entries {
			for _, binding := range entry.Bindings {
				for _, variant := range binding.Variants {
					ginkgo.It(entry.ID+" "+variant, labelsOf(entry, binding, variant), func() { judged.tell(entry.ID, variant) })
				}
			}
		}
		ginkgo.It("is conformant, and left as it was", judged.conclude)
	}
	return ginkgo.Describe(text, append([]any{ginkgo.Ordered, ginkgo.ContinueOnFailure, body}, arguments...)...)
}

func labelsOf(entry suites.Entry, binding suites.EntryBinding, variant string) ginkgo.Labels {
	labels := ginkgo.Label(entry.Service, binding.Level)
	if entry.Operation != "*" {
		labels = append(labels, entry.Operation)
	}
	return append(labels, strings.Fields(variant)...)
}

// judged is the run of a container.
type judged struct {
	run     *report.Run
	results map[string]report.Result
	told    bool
}

func (j *judged) judge(ctx ginkgo.SpecContext, options suites.Options) {
	// Ginkgo tells the outcomes here, and handles the signals.
	options.NoReplay, options.OwnSignals = true, true
	chosen, narrowed := chosenBy(ginkgo.CurrentSpecReport())
	if options.Choose = chosen; narrowed {
		options.Explore, options.Races = 0, 0
	}
	run, err := suites.Run(ctx, options)
	if err != nil {
		ginkgo.Fail(err.Error())
	}
	j.run = run
	for _, result := range run.Results {
		j.results[result.ID+" "+result.VariantName()] = result
	}
}

// chosenBy says which behaviours the filters of this process choose, so that no
// other is asked of the server, and whether there are filters at all. The first
// spec tells the container.
func chosenBy(first ginkgo.SpecReport) (chosen func(suites.Choice) bool, narrowed bool) {
	config, _ := ginkgo.GinkgoConfiguration()
	labelled := types.MustParseLabelFilter(config.LabelFilter)
	focus, skip := expression(config.FocusStrings), expression(config.SkipStrings)
	if config.LabelFilter == "" && focus == nil && skip == nil {
		return nil, false
	}
	container, labels := strings.Join(first.ContainerHierarchyTexts, " "), slices.Concat(first.ContainerHierarchyLabels...)
	return func(c suites.Choice) bool {
		words := strings.Fields(strings.Join([]string{c.Binding, c.Route, c.Representation}, " "))
		title := fmt.Sprintf("%s %s %s", container, c.ID, strings.Join(words, " "))
		return labelled(slices.Concat(labels, words, []string{c.Service, c.Operation, c.Level})) &&
			(focus == nil || focus.MatchString(title)) && (skip == nil || !skip.MatchString(title))
	}, true
}

// expression matches where one of several does; nil if there is none.
func expression(parts []string) *regexp.Regexp {
	if len(parts) == 0 {
		return nil
	}
	return regexp.MustCompile("(" + strings.Join(parts, ")|(") + ")")
}

// entries are the names of what a report has beside a spec that did not fail.
var entries = map[report.Outcome]string{report.Warned: "warning", report.Observed: "observed"}

func (j *judged) tell(id, variant string) {
	result, known := j.results[id+" "+variant]
	if !known {
		ginkgo.Skip("the server does not serve it, or its release does not document it")
	}
	failures.Tell(j.run, result, failures.Teller{
		Fail: func(card string) {
			j.told = true
			ginkgo.Fail(card)
		},
		Note: func(outcome report.Outcome, text string) { ginkgo.AddReportEntry(entries[outcome], text) },
		Skip: func(reason string) { ginkgo.Skip(reason) },
	})
}

// conclude tells what no behaviour does: a server that cannot be used, what a
// history or a race has met, or things left there.
func (j *judged) conclude() {
	if j.run.Exit() != 0 && !j.told {
		ginkgo.Fail(j.run.Summary)
	}
}
