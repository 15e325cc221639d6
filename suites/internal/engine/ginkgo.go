package engine

import (
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"
)

// ginkgoLock guards Ginkgo's tree, configuration and console, which a process
// has once. Only replaying holds it: runs may execute side by side.
var ginkgoLock sync.Mutex

// title is the suite's name in Ginkgo's report.
const title = "session API conformance"

// interrupted says that a signal made Ginkgo skip specs. What a signal means is
// the caller's business, so it is done again, once per signal.
func interrupted(report types.Report) bool {
	return slices.Contains(report.SpecialSuiteFailureReasons, "Interrupted by User")
}

// runTree replays outcomes and returns how many specs Ginkgo saw by state.
func runTree(containers []container, filter Filter, outcome func(Instance)) map[types.SpecState]int {
	for {
		states, whole := tryTree(containers, filter, outcome)
		if whole {
			return states
		}
	}
}

func tryTree(containers []container, filter Filter, outcome func(Instance)) (states map[types.SpecState]int, whole bool) {
	states = map[types.SpecState]int{}
	withGinkgo(filter, func(suite types.SuiteConfig, console types.ReporterConfig) {
		register(containers, outcome)
		ginkgo.ReportAfterEach(func(one types.SpecReport) {
			if one.LeafNodeType == types.NodeTypeIt {
				states[one.State]++
			}
		})
		ginkgo.ReportAfterSuite("interrupted", func(report types.Report) { whole = !interrupted(report) })
		ginkgo.RunSpecs(verdictIsOurs{}, title, suite, console)
	})
	return states, whole
}

// verdictIsOurs is the testing.T that Ginkgo wants; the run's verdict is
// made from the results, not from what Ginkgo tells it.
type verdictIsOurs struct{}

func (verdictIsOurs) Fail() {}

// withGinkgo gives use a fresh tree and a silent console. Unless the caller
// handles signals, it takes away the handlers that Ginkgo installs and never
// removes: with them a process could not be interrupted any more. To take them
// away from a caller with handlers would drop a signal, or die of one, in the
// moment before the caller listens again.
func withGinkgo(filter Filter, use func(types.SuiteConfig, types.ReporterConfig)) {
	ginkgoLock.Lock()
	defer ginkgoLock.Unlock()
	console := formatter.ColorableStdOut
	formatter.ColorableStdOut = io.Discard
	defer func() { formatter.ColorableStdOut = console }()
	if !filter.OwnSignals {
		defer signal.Reset(os.Interrupt, syscall.SIGTERM)
	}
	globals.Reset()
	suite, reporter := ginkgo.GinkgoConfiguration()
	suite.LabelFilter = filter.LabelFilter
	suite.FocusStrings = filter.Focus
	suite.RandomSeed = filter.Seed
	suite.RandomizeAllSpecs = true
	use(suite, reporter)
}
