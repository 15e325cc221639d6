// Package lint holds the specs to what the ledger says of them, as passes of
// go/analysis: a refusal has a control that proves something, a spec looks at
// more than a status, and code keeps to words that can say what was wrong.
package lint

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"session-conformance/suites/ledger"
)

const (
	sayWhat    = "it cannot say what was wrong: match the value itself"
	waitBySpec = "wait with Poll or WaitFor, which end with the run"
)

// Words finds what no code of ours may use, and says what to do instead.
func Words() *analysis.Analyzer {
	return ban("words", "finds words that cannot say what was wrong, and sleep", map[string]string{
		"BeTrue": sayWhat, "BeFalse": sayWhat, "Equal(true)": sayWhat, "Equal(false)": sayWhat,
		"time.Sleep": "poll for what is awaited, within a budget that has a name",
	})
}

// Waits finds waits in specs that would outlive the run.
func Waits() *analysis.Analyzer {
	return ban("waits", "finds waits that do not end with the run", map[string]string{
		"time.After": waitBySpec, "time.AfterFunc": waitBySpec, "time.NewTimer": waitBySpec,
		"time.NewTicker": waitBySpec, "time.Tick": waitBySpec,
	})
}

func ban(name, doc string, instead map[string]string) *analysis.Analyzer {
	return &analysis.Analyzer{Name: name, Doc: doc, Run: func(pass *analysis.Pass) (any, error) {
		for _, file := range pass.Files {
			for expression := range nodes[ast.Expr](file) {
				written := strings.TrimPrefix(types.ExprString(expression), "gomega.")
				if advice, ok := instead[written]; ok {
					pass.Reportf(expression.Pos(), "%s: %s", written, advice)
				}
			}
		}
		return nil, nil
	}}
}

// Specs finds specs that do not do what the ledger says of them. Behaviours
// whose id matches a pattern of answersOnly are excused from looking at more
// than an answer's status and shape. The result of a pass is the []string of
// the ids that were excused.
func Specs(book *ledger.Ledger, answersOnly []string) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "specs", Doc: "finds specs that do not do what the ledger says of them",
		FactTypes: []analysis.Fact{new(body)}, ResultType: reflect.TypeFor[[]string](),
		Run: func(pass *analysis.Pass) (any, error) {
			specs := linted{pass: pass, book: book, answersOnly: answersOnly, bodies: newReader(pass).behaviours()}
			specs.controls()
			return specs.effects(), nil
		},
	}
}

// linted is the specs of a package beside what the ledger says of them.
type linted struct {
	pass        *analysis.Pass
	book        *ledger.Ledger
	answersOnly []string
	bodies      []behaviour
}

// behaviour is a spec: what its body does, with all the helpers that it calls.
type behaviour struct {
	id string
	at token.Pos
	body
}

// excuses says that the documents name no effect of the behaviour.
func (l linted) excuses(id string) bool {
	return slices.ContainsFunc(l.answersOnly, func(pattern string) bool {
		matched, _ := path.Match(pattern, id)
		return matched
	})
}

// judgedByRaces says that the behaviour is not judged by a spec: what clients do
// at once is, when all specs are done.
func judgedByRaces(id string) bool { return strings.HasSuffix(id, ledger.Concurrency) }

// effects finds specs that look at no more than an answer's status and shape,
// and returns those that are excused.
func (l linted) effects() (excused []string) {
	for _, spec := range l.bodies {
		said, _ := l.book.Find(spec.id)
		levels := slices.Collect(maps.Values(said.Levels))
		decided := slices.Contains(levels, ledger.Must) || slices.Contains(levels, ledger.Should)
		switch {
		case !decided || spec.looks() || judgedByRaces(spec.id):
		case len(spec.Expects) == 0:
			l.pass.Reportf(spec.at, "%s is decided by its level, but judges nothing", spec.id)
		case l.excuses(spec.id):
			excused = append(excused, spec.id)
		default:
			l.pass.Reportf(spec.at, "%s expects only how %s is answered: look at its effect, "+
				"or list it in answersOnly if the documents name none",
				spec.id, spec.Expects[0].Act)
		}
	}
	return excused
}
