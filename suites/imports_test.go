package suites_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

const (
	module = "session-conformance/"
	root   = ".."
)

// place is a row of the table "Where things live" of the design: a package, its
// duty, and which of our packages it may import. A name that ends in /... is
// everything below.
var place = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|[^|]+\\| (.+) \\|$")

// mayImport reads the table. A package that is not in it has no place yet: give
// it one consciously.
func mayImport(t *testing.T) map[string][]string {
	t.Helper()
	design, err := os.ReadFile(filepath.Join(root, "docs", "design.md"))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	table := map[string][]string{}
	for _, row := range place.FindAllStringSubmatch(string(design), -1) {
		var allowed []string
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[2], -1) {
			allowed = append(allowed, name[1])
		}
		table[row[1]] = allowed
	}
	return table
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
	packages, table := sources(t), mayImport(t)
	g.Expect(packages).To(HaveKey("suites/internal/wire"), "the module was not found")
	for name := range table {
		g.Expect(packages).To(HaveKey(name), "the design has a place for %s, which there is not", name)
	}
	for name, files := range packages {
		g.Expect(table).To(HaveKey(name), "%s has no place in docs/design.md", name)
		for _, file := range files {
			for _, path := range imports(file) {
				if ours, isOurs := strings.CutPrefix(path, module); isOurs {
					g.Expect(table[name]).To(ContainElement(Satisfy(func(one string) bool { return covers(one, ours) })),
						"%s must not import %s", name, ours)
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
		// What serves tests alone runs other programs for them, or reads go test's -run.
		if name == "cmd/conformance" || name == "ci/release" || name == "reporters/internal/consumertest" ||
			name == "suites/conformancetest" {
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
	"reporters/report.schemaJSON", "suites/ledger.files", "suites/internal/sessions.certificate",
	"reporters/html.pageSource", "reporters/html.pageStyle", "reporters/html.mapSource", "reporters/html.mapStyle",
	"reporters/html.costSource", "reporters/html.costStyle", "reporters/html.script",
	"reporters/site.pageSource", "reporters/site.style", "reporters/site.script",
	"reporters/lifecycle.Style", "reporters/report/reporttest.exploredJSON",
	"reporters/events.schemaJSON", "reporters/reproduce.functionsFile",
	"suites/internal/spec.tree", "suites/internal/engine.ginkgoLock", "suites/internal/engine.plans",
	"suites/trial.pageSource",
	// The linker fills it.
	"cmd/conformance.released", "cmd/conformance.releasedFrom",
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

// aFlag is how a command's flag looks.
const aFlag = "[\"` (]--[a-z]"

// Who calls the suite from Go knows its options, and no flags: a text names them in
// braces. A command is named as it is typed.
func TestNothingBelowTheCommandNamesItsFlags(t *testing.T) {
	g := NewWithT(t)
	for name, files := range sources(t) {
		if !strings.HasPrefix(name, "suites") && !strings.HasPrefix(name, "fixtures") || name == "suites/trial" {
			continue
		}
		for _, file := range files {
			ast.Inspect(file, func(node ast.Node) bool {
				if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING && !strings.Contains(literal.Value, "conformance ") {
					g.Expect(literal.Value).NotTo(MatchRegexp(aFlag), name)
				}
				return true
			})
		}
	}
}
