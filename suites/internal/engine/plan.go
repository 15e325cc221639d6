package engine

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

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
var ErrNothingMatches = errors.New("the filter matches no behaviour")

// FilterError is a filter that cannot be read; Field is that of Filter.
type FilterError struct{ Field, Value, Problem string }

func (e *FilterError) Error() string { return fmt.Sprintf("%s %q %s", e.Field, e.Value, e.Problem) }

// Check says in a *FilterError what is wrong with the filter's own syntax.
func (f Filter) Check() error {
	if _, err := types.ParseLabelFilter(f.LabelFilter); err != nil {
		return &FilterError{"LabelFilter", f.LabelFilter, "cannot be read: " + complaint(err) + " Write it like 'api && MUST'"}
	}
	for _, focus := range f.Focus {
		if _, err := regexp.Compile(focus); err != nil {
			return &FilterError{"Focus", focus, "is no regular expression: " + err.Error()}
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
	// Unjudged are those that only some of the releases have which the target may
	// be of.
	Unjudged []Instance
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

// MakePlan filters and orders what there is in the scope as Ginkgo would, and
// takes of that what the scope chooses.
func MakePlan(book *ledger.Ledger, scope Scope, filter Filter) (*Plan, error) {
	whole, err := plans.find(book, scope, filter)
	if err != nil {
		return nil, err
	}
	plan := &Plan{filter: filter, all: whole.all, Instances: whole.Instances, Unjudged: whole.Unjudged, controls: whole.controls}
	if scope.Chosen != nil {
		plan.Instances, plan.Unjudged = scope.choose(plan.Instances), scope.choose(plan.Unjudged)
		plan.all = slices.Clone(plan.all)
		for i, page := range plan.all {
			plan.all[i].instances = scope.choose(page.instances)
		}
	}
	if len(plan.Instances) == 0 {
		return nil, ErrNothingMatches
	}
	return plan, nil
}

// draw plans without choosing.
func draw(book *ledger.Ledger, scope Scope, filter Filter) (*Plan, error) {
	plan := &Plan{filter: filter, controls: map[key]Instance{}}
	known := map[string]Instance{}
	for _, page := range spec.Tree() {
		one, unjudged := container{Container: page}, container{Container: page}
		for _, definition := range page.Definitions {
			behaviour, ok := book.Find(definition.ID)
			if !ok {
				return nil, fmt.Errorf("%s: %s is not in the ledger", definition.Location, definition.ID)
			}
			one.instances = append(one.instances, scope.instances(definition, behaviour)...)
			unjudged.instances = append(unjudged.instances, scope.unjudged(definition, behaviour)...)
		}
		for _, instance := range one.instances {
			if _, twice := known[instance.Title()]; twice {
				return nil, fmt.Errorf("%s: %s has two specs", instance.Location, instance.ID)
			}
			known[instance.Title()] = instance
			plan.controls[key{instance.ID, instance.Variant}] = instance
		}
		plan.all = append(plan.all, one)
		plan.Unjudged = append(plan.Unjudged, filter.order([]container{unjudged})...)
	}
	if scope.whole {
		if err := filter.checkLabels(known); err != nil {
			return nil, err
		}
	}
	plan.Instances = filter.order(plan.all)
	return plan, nil
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
