package suites_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

const (
	module = "session-conformance/"
	root   = ".."
)

// mayImport is the table of the design: which of our packages a package may
// import. A name that ends in /... is everything below. A package that is not
// here has no place yet: give it one consciously.
var mayImport = map[string][]string{
	"cmd/conformance":                  {"..."},
	"cmd/conformance/internal/waivers": {"suites", "reporters/report"},
	"cmd/conformance/internal/trial":   {"suites", "suites/ledger", "fixtures/fake", "fixtures/mutants", "reporters/report"},

	"suites":                 {"suites/...", "reporters/report", "fixtures/library"},
	"suites/ledger":          {},
	"suites/downloadsession": {"suites/internal/..."},
	"suites/updatesession":   {"suites/internal/..."},
	"suites/downloadfile":    {"suites/internal/..."},
	"suites/updatefile":      {"suites/internal/..."},
	"suites/protocol":        {"suites/internal/..."},

	"suites/internal/wire": {},
	"suites/internal/spec": {"suites/internal/wire", "suites/ledger", "fixtures/library"},
	// The bodies that download and update sessions share.
	"suites/internal/session":   {"suites/internal/spec", "suites/internal/wire"},
	"suites/internal/discovery": {"suites/internal/wire"},
	// wire for the variants and exchanges that spec's own types hold.
	"suites/internal/engine": {"suites/internal/spec", "suites/internal/wire", "suites/internal/secret", "suites/ledger", "reporters/report"},
	"suites/internal/secret": {},

	// The client of wire reaches it through an interface.
	"fixtures/library": {},
	"fixtures/fake":    {},
	"fixtures/mutants": {"fixtures/fake"},

	"reporters/report":            {},
	"reporters/report/reporttest": {"reporters/report"},
	"reporters/file":              {"reporters/report"},
	// What the formats have in common.
	"reporters/internal/results":      {"reporters/report"},
	"reporters/internal/gfm":          {"reporters/report"},
	"reporters/internal/consumertest": {},

	"reporters/terminal": {"reporters/report", "reporters/internal/results"},
	"reporters/junit":    {"reporters/report", "reporters/internal/results"},
	"reporters/html":     {"reporters/report", "reporters/internal/results"},
	"reporters/tap":      {"reporters/report", "reporters/internal/results"},
	"reporters/har":      {"reporters/report", "reporters/internal/results"},
	"reporters/github":   {"reporters/report", "reporters/internal/results"},
	"reporters/sarif":    {"reporters/report", "reporters/internal/results", "reporters/internal/gfm"},
	"reporters/markdown": {"reporters/report", "reporters/internal/results", "reporters/internal/gfm"},
}

// sources parses the module's own files that are no tests, by package.
func sources(t *testing.T) map[string][]*ast.File {
	t.Helper()
	packages, set := map[string][]*ast.File{}, token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		packages[filepath.ToSlash(folder)] = append(packages[filepath.ToSlash(folder)], file)
		return err
	})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return packages
}

func imports(file *ast.File) (paths []string) {
	for _, one := range file.Imports {
		path, _ := strconv.Unquote(one.Path.Value)
		paths = append(paths, path)
	}
	return paths
}

func TestImportsFollowTheDesign(t *testing.T) {
	g := NewWithT(t)
	packages := sources(t)
	g.Expect(packages).To(HaveKey("suites/internal/wire"), "the module was not found")
	for name, files := range packages {
		g.Expect(mayImport).To(HaveKey(name), "%s has no place in the design", name)
		for _, file := range files {
			for _, path := range imports(file) {
				if ours, isOurs := strings.CutPrefix(path, module); isOurs {
					g.Expect(mayImport[name]).To(ContainElement(Satisfy(func(one string) bool { return covers(one, ours) })), "%s must not import %s", name, ours)
				}
			}
		}
	}
}

func covers(allowed, name string) bool {
	if below, all := strings.CutSuffix(allowed, "..."); all {
		return strings.HasPrefix(name, below)
	}
	return allowed == name
}

// flags are packages that read the command line.
var flags = []string{"flag", "github.com/spf13/cobra", "github.com/spf13/pflag"}

// surroundings are the names of package os that read what a process was
// started with, or a file.
var surroundings = []string{
	"Args", "Environ", "ExpandEnv", "Getenv", "LookupEnv", "UserConfigDir", "UserHomeDir",
	"DirFS", "Open", "OpenRoot", "ReadDir", "ReadFile", "Stdin",
}

// data is who reads a file that is no configuration: a saved run.
var data = map[string]string{"reporters/report": "ReadFile"}

// Everything else is told by its caller: a library must not depend on the
// surroundings of the process that uses it.
func TestOnlyTheCommandReadsFlagsEnvironmentAndFiles(t *testing.T) {
	g := NewWithT(t)
	for name, files := range sources(t) {
		// What serves tests alone runs other programs for them.
		if name == "cmd/conformance" || name == "reporters/internal/consumertest" {
			continue
		}
		for _, file := range files {
			for _, path := range imports(file) {
				g.Expect(flags).NotTo(ContainElement(path), "%s imports %s", name, path)
			}
			ast.Inspect(file, func(node ast.Node) bool {
				if selector, ok := node.(*ast.SelectorExpr); ok {
					if from, ok := selector.X.(*ast.Ident); ok && from.Name == "os" && data[name] != selector.Sel.Name {
						g.Expect(surroundings).NotTo(ContainElement(selector.Sel.Name), "%s reads os.%s", name, selector.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

// variables are the package-level ones that begin empty: what Go fills from a
// file, what registers itself, the lock around Ginkgo's own globals, and the last
// plans, which are the same for whoever asks.
var variables = []string{
	"reporters/report.schemaJSON", "suites/ledger.files",
	"reporters/html.pageSource", "reporters/html.style", "reporters/html.script",
	"suites/internal/spec.tree", "suites/internal/engine.ginkgoLock", "suites/internal/engine.plans",
	"cmd/conformance/internal/trial.pageSource",
}

// Two runs in one process must not meet. A variable that begins empty is one
// that somebody fills later; those with a value are tables.
func TestNoPackageKeepsStateBetweenRuns(t *testing.T) {
	g := NewWithT(t)
	for name, files := range sources(t) {
		for _, file := range files {
			for _, declaration := range file.Decls {
				for _, empty := range emptyVariables(declaration) {
					g.Expect(variables).To(ContainElement(name+"."+empty), "%s keeps state in %s", name, empty)
				}
			}
		}
	}
}

func emptyVariables(declaration ast.Decl) (names []string) {
	general, ok := declaration.(*ast.GenDecl)
	if !ok || general.Tok != token.VAR {
		return nil
	}
	for _, one := range general.Specs {
		if values := one.(*ast.ValueSpec); len(values.Values) == 0 {
			for _, name := range values.Names {
				names = append(names, name.Name)
			}
		}
	}
	return names
}
