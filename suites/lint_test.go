package suites_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"session-conformance/suites/internal/lint"
	"session-conformance/suites/ledger"
)

// specPackages are the packages of the specs, and of the bodies that they share.
var specPackages = []string{
	"./suites/downloadsession", "./suites/updatesession", "./suites/downloadfile", "./suites/updatefile", "./suites/protocol",
	"./suites/internal/sessions",
}

// answersOnly are the behaviours of which the documents say nothing but how a
// request is answered. A spec of any other looks at more than the answer's status
// and shape: at what the answer says, or at what the request did.
var answersOnly = []string{
	"*.unknown_id", "*_session.delete.twice", "*_session.delete.then_nothing",
	"*_session.list.no_privilege", "*_session.create.missing_*", "update_session.create.subscribed",
	"*.file.get.unknown_file", "downloadsession.file.get.name_required", "updatesession.file.remove.ok",
	"protocol.error.shape_rest", "protocol.error.shape_api",
}

// load reads packages of the module, with their types and those of each other.
func load(g *WithT, patterns ...string) []*packages.Package {
	loaded, err := packages.Load(&packages.Config{Dir: root, Mode: packages.LoadSyntax | packages.NeedModule}, patterns...)
	g.Expect(err).NotTo(HaveOccurred())
	for _, one := range loaded {
		g.Expect(one.Errors).To(BeEmpty(), one.PkgPath)
		// Of all others only the types were read: there is nothing to analyze.
		maps.DeleteFunc(one.Imports, func(_ string, imported *packages.Package) bool { return !slices.Contains(loaded, imported) })
	}
	return loaded
}

// lintAll returns what the analyzer finds in the packages, a line each, and
// what it hands over of them.
func lintAll(g *WithT, analyzer *analysis.Analyzer, loaded []*packages.Package) (found []string, results []any) {
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer}, loaded, nil)
	g.Expect(err).NotTo(HaveOccurred())
	for _, action := range graph.Roots {
		g.Expect(action.Err).NotTo(HaveOccurred())
		results = append(results, action.Result)
		for _, finding := range action.Diagnostics {
			found = append(found, action.Package.Fset.Position(finding.Pos).String()+": "+finding.Message)
		}
	}
	return found, results
}

func TestSpecsKeepTheLint(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	specs := load(g, append([]string{"./suites/internal/spec"}, specPackages...)...)
	found, results := lintAll(g, lint.Specs(book, answersOnly), specs)
	g.Expect(found).To(BeEmpty())
	for _, pattern := range answersOnly {
		g.Expect(results).To(ContainElement(ContainElement(Satisfy(func(id string) bool {
			matched, _ := path.Match(pattern, id)
			return matched
		}))), "%s of answersOnly excuses no spec", pattern)
	}
}

// The words are looked for in files as they are parsed: their types tell
// nothing, and to find those of all tests takes half a minute.
func TestCodeKeepsTheLint(t *testing.T) {
	g := NewWithT(t)
	set, found := token.NewFileSet(), []string{}
	g.Expect(filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pass := &analysis.Pass{Fset: set, Files: []*ast.File{file}, Report: func(finding analysis.Diagnostic) {
			found = append(found, set.Position(finding.Pos).String()+": "+finding.Message)
		}}
		for _, one := range []*analysis.Analyzer{lint.Words(), lint.Waits()} {
			folder := strings.Replace(filepath.ToSlash(filepath.Dir(name)), root, ".", 1)
			if one.Name == "waits" && !slices.Contains(specPackages, folder) {
				continue
			}
			if _, err := one.Run(pass); err != nil {
				return err
			}
		}
		return nil
	})).To(Succeed())
	g.Expect(found).To(BeEmpty())
}
