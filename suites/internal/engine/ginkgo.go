package engine

import (
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"
)

// ginkgoLock guards Ginkgo's tree, configuration and console, which a process
// has once. Only planning and replaying hold it: runs may execute side by side.
var ginkgoLock sync.Mutex

// title is the suite's name in Ginkgo's report.
const title = "session API conformance"

func previewTree(containers []container, filter Filter) types.Report {
	var preview types.Report
	withGinkgo(filter, func(suite types.SuiteConfig, console types.ReporterConfig) {
		register(containers, func(Instance) {})
		preview = ginkgo.PreviewSpecs(title, suite, console)
	})
	return preview
}

// runTree replays outcomes and returns how many specs Ginkgo saw by state.
func runTree(containers []container, filter Filter, outcome func(Instance)) map[types.SpecState]int {
	states := map[types.SpecState]int{}
	withGinkgo(filter, func(suite types.SuiteConfig, console types.ReporterConfig) {
		register(containers, outcome)
		ginkgo.ReportAfterEach(func(one types.SpecReport) {
			if one.LeafNodeType == types.NodeTypeIt {
				states[one.State]++
			}
		})
		ginkgo.RunSpecs(verdictIsOurs{}, title, suite, console)
	})
	return states
}

// verdictIsOurs is the testing.T that Ginkgo wants; the run's verdict is
// made from the results, not from what Ginkgo tells it.
type verdictIsOurs struct{}

func (verdictIsOurs) Fail() {}

// withGinkgo gives use a fresh tree and a silent console, and takes away the
// signal handlers that Ginkgo installs and never removes: with them a process
// could not be interrupted any more. Whoever listens for signals listens
// again after a plan or a replay.
func withGinkgo(filter Filter, use func(types.SuiteConfig, types.ReporterConfig)) {
	ginkgoLock.Lock()
	defer ginkgoLock.Unlock()
	console := formatter.ColorableStdOut
	formatter.ColorableStdOut = io.Discard
	defer func() { formatter.ColorableStdOut = console }()
	defer signal.Reset(os.Interrupt, syscall.SIGTERM)
	globals.Reset()
	suite, reporter := ginkgo.GinkgoConfiguration()
	suite.LabelFilter = filter.LabelFilter
	suite.FocusStrings = filter.Focus
	suite.RandomSeed = filter.Seed
	suite.RandomizeAllSpecs = true
	use(suite, reporter)
}
