package suites_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/ledger"
)

// specFolders are the packages of the specs, and of the bodies that they share.
var specFolders = []string{"downloadsession", "updatesession", "downloadfile", "updatefile", "protocol", "internal/session"}

// answersOnly are the rows of the reference that name nothing but how a request
// is answered. A spec of any other row looks at more than the answer's status
// and shape: at what the answer says, or at what the request did.
var answersOnly = []string{
	"*.unknown_id", "[DU]S.delete.twice", "[DU]S.list.filter_unknown_item",
	"[DU]S.create.unknown_item", "[DU]S.create.missing_*", "US.create.subscribed",
	"[DU]F.get.unknown_file", "DF.get.name_required", "UF.remove.ok",
}

// answerMatchers look at an answer's status and shape alone.
var answerMatchers = []string{"Succeed", "BeDocumented", "BeRefusedWith", "BeRejected", "BeUnsuccessful", "BeAnsweredWith", "BeGone"}

// promisedRefusal is how the ledger words a refusal.
var promisedRefusal = regexp.MustCompile(`^(refuses|knows no|answers [45]\d\d|answers resource_busy)\b`)

// banned are words that no code of ours may use, bannedInSpecs those that no
// spec may use beside them, each with what to do instead.
var (
	banned = map[string]string{
		"BeTrue": sayWhat, "BeFalse": sayWhat, "Equal(true)": sayWhat, "Equal(false)": sayWhat,
		"time.Sleep": "poll for what is awaited, within a budget that has a name",
	}
	bannedInSpecs = map[string]string{
		"time.After": waitBySpec, "time.AfterFunc": waitBySpec, "time.NewTimer": waitBySpec,
		"time.NewTicker": waitBySpec, "time.Tick": waitBySpec,
	}
)

const (
	sayWhat    = "it cannot say what was wrong: match the value itself"
	waitBySpec = "wait with Poll or WaitFor, which end with the run"
)

// wrong tells what is wrong, with its place in the module.
func wrong(at token.Position, format string, arguments ...any) string {
	return fmt.Sprintf("%s:%d: ", path.Join("suites", filepath.ToSlash(at.Filename)), at.Line) + fmt.Sprintf(format, arguments...)
}

// linted is the specs beside what the ledger says of them.
type linted struct {
	bodies      []lintedBody
	find        func(id string) (ledger.Behaviour, bool)
	answersOnly []string
}

// controls finds refusals without a control, and controls that prove nothing.
func (l linted) controls() (found []string) {
	for _, body := range l.bodies {
		behaviour, _ := l.find(body.id)
		promised := promisedRefusal.MatchString(behaviour.Promise)
		switch {
		case (promised || behaviour.Control != "") && !body.expectsRefusal():
			found = append(found, wrong(body.at, "%s is a refusal in the ledger, but expects none", body.id))
		case behaviour.Control != "":
			if problem := l.controlProblem(behaviour); problem != "" {
				found = append(found, wrong(body.at, "%s has the control %s, which %s", body.id, behaviour.Control, problem))
			}
		case (promised || body.refuses()) && !body.control:
			found = append(found, wrong(body.at, `%s expects a refusal without a control: name one in the ledger, or judge one in a step "control: ..."`, body.id))
		}
	}
	return found
}

// controlProblem says why the success of the refusal's control proves nothing.
func (l linted) controlProblem(refusal ledger.Behaviour) string {
	control, known := l.find(refusal.Control)
	at := slices.IndexFunc(l.bodies, func(body lintedBody) bool { return body.id == control.ID })
	switch {
	case !known || control.Excluded != "" || at < 0:
		return "has no spec"
	case l.bodies[at].refuses():
		return "is itself a refusal"
	case control.Service != refusal.Service || control.Operation != refusal.Operation:
		return "is of another operation"
	case refusal.Variants == ledger.Every && control.Variants != ledger.Every:
		return "runs in fewer variants"
	}
	for _, binding := range slices.Sorted(maps.Keys(refusal.Levels)) {
		if _, applies := control.Levels[binding]; !applies {
			return "does not run in " + binding
		}
		for _, release := range ledger.Releases() {
			if refusal.Releases[binding].Holds(release) && !control.Releases[binding].Holds(release) {
				return fmt.Sprintf("does not run in %s of %s", binding, release)
			}
		}
	}
	return ""
}

// effects finds specs that look at no more than an answer's status and shape.
func (l linted) effects() (found []string) {
	for _, body := range l.bodies {
		behaviour, _ := l.find(body.id)
		levels := slices.Collect(maps.Values(behaviour.Levels))
		decided := slices.Contains(levels, ledger.Must) || slices.Contains(levels, ledger.Should)
		switch {
		case !decided || body.looks():
		case len(body.expects) == 0:
			found = append(found, wrong(body.at, "%s is decided by its level, but judges nothing", body.id))
		case !l.namesNoEffect(behaviour.Row):
			found = append(found, wrong(body.at, "%s expects only how %s is answered: look at its effect, or list %s in answersOnly if the reference names none",
				body.id, body.expects[0].act, behaviour.Row))
		}
	}
	return found
}

func (l linted) namesNoEffect(row string) bool {
	return slices.ContainsFunc(l.answersOnly, func(pattern string) bool {
		matched, _ := path.Match(pattern, row)
		return matched
	})
}

// words finds words in the file that are banned.
func words(set *token.FileSet, file *ast.File, tables ...map[string]string) (found []string) {
	for expression := range nodes[ast.Expr](file) {
		written := strings.TrimPrefix(types.ExprString(expression), "gomega.")
		for _, table := range tables {
			if instead, banned := table[written]; banned {
				found = append(found, wrong(set.Position(expression.Pos()), "%s: %s", written, instead))
			}
		}
	}
	return found
}

// lintSpecs reads the specs in the folders beside the ledger's entries.
func lintSpecs(g *WithT, book *ledger.Ledger, folders ...string) linted {
	specs, reader := linted{find: book.Find}, newSpecReader()
	for _, folder := range folders {
		bodies, err := reader.bodies(folder)
		g.Expect(err).NotTo(HaveOccurred())
		specs.bodies = append(specs.bodies, bodies...)
	}
	return specs
}

func TestSpecsKeepTheirRules(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	specs := lintSpecs(g, book, specFolders...)
	g.Expect(specs.bodies).NotTo(BeEmpty(), "no spec was found")

	specs.answersOnly = answersOnly
	g.Expect(append(specs.controls(), specs.effects()...)).To(BeEmpty())

	idle := slices.DeleteFunc(slices.Clone(answersOnly), func(row string) bool {
		specs.answersOnly = slices.DeleteFunc(slices.Clone(answersOnly), func(one string) bool { return one == row })
		return len(specs.effects()) > 0
	})
	g.Expect(idle).To(BeEmpty(), "these of answersOnly excuse no spec")
}

func TestCodeKeepsToItsWords(t *testing.T) {
	g := NewWithT(t)
	set, found := token.NewFileSet(), []string{}
	g.Expect(filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		tables := []map[string]string{banned}
		if folder := strings.TrimPrefix(path.Dir(filepath.ToSlash(name)), root+"/suites/"); slices.Contains(specFolders, folder) {
			tables = append(tables, bannedInSpecs)
		}
		found = append(found, words(set, file, tables...)...)
		return nil
	})).To(Succeed())
	g.Expect(found).To(BeEmpty())
}

// The lint is tried on specs that break its rules: each comment "want: ..." in
// them is the finding of the line below it, and there is no other.
func TestTheLintFindsWhatIsWrong(t *testing.T) {
	g := NewWithT(t)
	const folder = "testdata/lint"
	book, err := ledger.Read(os.DirFS(folder))
	g.Expect(err).NotTo(HaveOccurred())
	specs := lintSpecs(g, book, folder)
	specs.answersOnly = []string{"*.excused"}

	found, want, set := append(specs.controls(), specs.effects()...), []string{}, token.NewFileSet()
	for _, name := range []string{"specs.go", "words_test.go"} {
		file, err := parser.ParseFile(set, path.Join(folder, name), nil, parser.ParseComments)
		g.Expect(err).NotTo(HaveOccurred())
		found = append(found, words(set, file, banned, bannedInSpecs)...)
		for _, comment := range file.Comments {
			if text, wanted := strings.CutPrefix(comment.Text(), "want: "); wanted {
				at := set.Position(comment.Pos())
				at.Line++
				want = append(want, wrong(at, "%s", strings.TrimSpace(text)))
			}
		}
	}
	g.Expect(found).To(ConsistOf(want))
}
