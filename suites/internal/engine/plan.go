package engine

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

// Filter says which instances the user wants, in Ginkgo's own syntax.
type Filter struct {
	LabelFilter string
	Focus       []string
	Seed        int64
	// OwnSignals says that the caller handles SIGINT and SIGTERM.
	OwnSignals bool
}

// ErrNothingMatches says that a filter leaves nothing to run.
var ErrNothingMatches = errors.New("the filter matches no behaviour; conformance list shows what there is")

// Check says what is wrong with the filter's own syntax.
func (f Filter) Check() error {
	if _, err := types.ParseLabelFilter(f.LabelFilter); err != nil {
		return fmt.Errorf("--label-filter %q: %s Write it like 'api && MUST'", f.LabelFilter, complaint(err))
	}
	for _, focus := range f.Focus {
		if _, err := regexp.Compile(focus); err != nil {
			return fmt.Errorf("--focus %q is no regular expression: %w", focus, err)
		}
	}
	return nil
}

// complaint is the line of Ginkgo's error that says what is wrong; the others
// are a heading, the filter in colours, and a link.
func complaint(err error) string {
	var ours types.GinkgoError
	if !errors.As(err, &ours) {
		return err.Error()
	}
	return ours.Message[strings.LastIndexByte(ours.Message, '\n')+1:]
}

// Plan is what a run will do, in its order.
type Plan struct {
	filter    Filter
	all       []container
	Instances []Instance
	// controls finds the instance of a behaviour that makes a refusal believable.
	controls map[key]Instance
}

type container struct {
	spec.Container
	instances []Instance
}

type key struct {
	id      string
	variant wire.Variant
}

// MakePlan registers the tree in the scope with Ginkgo, and lets it filter and
// order.
func MakePlan(book *ledger.Ledger, scope Scope, filter Filter) (*Plan, error) {
	plan := &Plan{filter: filter, controls: map[key]Instance{}}
	known := map[string]Instance{}
	for _, page := range spec.Tree() {
		one := container{Container: page}
		for _, definition := range page.Definitions {
			behaviour, ok := book.Find(definition.ID)
			if !ok {
				return nil, fmt.Errorf("%s: %s is not in the ledger", definition.Location, definition.ID)
			}
			for _, instance := range scope.instances(definition, behaviour) {
				if _, twice := known[instance.Title()]; twice {
					return nil, fmt.Errorf("%s: %s has two specs", instance.Location, instance.ID)
				}
				known[instance.Title()] = instance
				plan.controls[key{instance.ID, instance.Variant}] = instance
				one.instances = append(one.instances, instance)
			}
		}
		plan.all = append(plan.all, one)
	}
	for _, title := range order(plan.all, filter) {
		if scope.chooses(known[title]) {
			plan.Instances = append(plan.Instances, known[title])
		}
	}
	if len(plan.Instances) == 0 {
		return nil, ErrNothingMatches
	}
	for i, page := range plan.all {
		plan.all[i].instances = slices.DeleteFunc(page.instances, func(instance Instance) bool { return !scope.chooses(instance) })
	}
	return plan, nil
}

// orders remembers what Ginkgo made of a tree with a filter: who judges many
// targets plans the same tree again and again.
var orders sync.Map

// order lists the titles that the filter leaves, in the order of the run.
func order(containers []container, filter Filter) []string {
	asked := []string{filter.LabelFilter, strconv.FormatInt(filter.Seed, 10)}
	asked = append(asked, filter.Focus...)
	for _, page := range containers {
		for _, instance := range page.instances {
			asked = append(asked, instance.Title())
		}
	}
	key := sha256.Sum256([]byte(strings.Join(asked, "\x00")))
	if known, ok := orders.Load(key); ok {
		return known.([]string)
	}
	var titles []string
	for _, one := range previewTree(containers, filter).SpecReports {
		if one.LeafNodeType == types.NodeTypeIt && !one.State.Is(types.SpecStateSkipped|types.SpecStatePending) {
			titles = append(titles, one.LeafNodeText)
		}
	}
	orders.Store(key, titles)
	return titles
}

// register builds Ginkgo's tree; each It ends as outcome says.
func register(containers []container, outcome func(Instance)) {
	for _, page := range containers {
		if len(page.instances) == 0 {
			continue
		}
		place := types.CodeLocation{FileName: page.File, LineNumber: page.Line}
		ginkgo.Describe(page.Text, place, func() {
			for _, instance := range page.instances {
				ginkgo.It(instance.Title(), place, ginkgo.Label(instance.labels()...), instance.priority(), func() { outcome(instance) })
			}
		})
	}
}
