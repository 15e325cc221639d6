package suites_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"net/http"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// lintedBody is what the body of a behaviour does, with all the helpers of ours
// that it calls; under which condition it does so is not told.
type lintedBody struct {
	id string
	at token.Position
	// expects are the expectations that it makes of replies.
	expects []expectation
	// compares says that it fails by a comparison of its own.
	compares bool
	// control says that it names a step its control, and judges behind it.
	control bool
}

// expectation is one s.Expect(reply).To(matcher): act is the verb that the
// reply came from, refused that the matcher wants a refusal.
type expectation struct {
	act, matcher string
	refused      bool
}

// refuses says that the body expects a refusal of an act which it expects no
// success of. That what was ended is gone is the effect of the end.
func (b lintedBody) refuses() bool {
	ended := b.expectsAny(func(e expectation) bool { return e.matcher == "Succeed" || e.matcher == "BeDocumented" })
	return b.expectsAny(func(one expectation) bool {
		accepted := b.expectsAny(func(e expectation) bool { return e.act == one.act && !e.refused })
		return one.refused && !accepted && !(one.matcher == "BeGone" && ended)
	})
}

func (b lintedBody) expectsRefusal() bool {
	return b.expectsAny(func(e expectation) bool { return e.refused })
}

// looks says that the body judges more than the status and shape of one act's
// answers.
func (b lintedBody) looks() bool {
	return b.compares || b.expectsAny(func(e expectation) bool {
		return !slices.Contains(answerMatchers, e.matcher) || e.act != b.expects[0].act
	})
}

func (b lintedBody) expectsAny(like func(expectation) bool) bool {
	return slices.ContainsFunc(b.expects, like)
}

// specReader type-checks the specs and the packages of ours that they use. All
// other packages stay unknown to it: no rule needs them.
type specReader struct {
	set       *token.FileSet
	uses      map[*ast.Ident]types.Object
	defines   map[*ast.Ident]types.Object
	packages  map[string]*types.Package
	functions map[types.Object]*ast.FuncDecl
}

func newSpecReader() *specReader {
	return &specReader{
		set: token.NewFileSet(), packages: map[string]*types.Package{}, functions: map[types.Object]*ast.FuncDecl{},
		uses: map[*ast.Ident]types.Object{}, defines: map[*ast.Ident]types.Object{},
	}
}

// Import makes the reader a types.Importer.
func (r *specReader) Import(name string) (*types.Package, error) {
	if known := r.packages[name]; known != nil {
		return known, nil
	}
	folder, ours := strings.CutPrefix(name, module)
	if !ours {
		r.packages[name] = types.NewPackage(name, path.Base(name))
		r.packages[name].MarkComplete()
		return r.packages[name], nil
	}
	_, err := r.check(name, filepath.Join(root, folder))
	return r.packages[name], err
}

func (r *specReader) check(name, folder string) ([]*ast.File, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, one := range paths {
		if strings.HasSuffix(one, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(r.set, one, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	// What is unknown makes errors, and has no part in what is looked up here.
	config := types.Config{Importer: r, Error: func(error) {}}
	r.packages[name], _ = config.Check(name, r.set, files, &types.Info{Uses: r.uses, Defs: r.defines})
	for _, file := range files {
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Name.Name != "_" {
				r.functions[r.defines[function.Name]] = function
			}
		}
	}
	return files, nil
}

// bodies reads every Behaviour of the package in the folder.
func (r *specReader) bodies(folder string) (bodies []lintedBody, err error) {
	files, err := r.check(module+"suites/"+folder, folder)
	for _, file := range files {
		for call := range nodes[*ast.CallExpr](file) {
			if called(call) != "Behaviour" || len(call.Args) != 2 {
				continue
			}
			id, _ := strconv.Unquote(types.ExprString(call.Args[0]))
			body := lintedBody{id: id, at: r.set.Position(call.Pos())}
			r.read(&body, call.Args[1], map[types.Object]bool{})
			bodies = append(bodies, body)
		}
	}
	return bodies, err
}

// read adds what the node does, and what every function does that it names.
func (r *specReader) read(body *lintedBody, node ast.Node, seen map[types.Object]bool) {
	var controls, judged []token.Pos
	for call := range nodes[*ast.CallExpr](node) {
		switch name := called(call); name {
		case "To":
			if selector, ok := call.Fun.(*ast.SelectorExpr); ok {
				if expect, ok := selector.X.(*ast.CallExpr); ok && called(expect) == "Expect" {
					matcher := called(call.Args[0])
					body.expects = append(body.expects, expectation{r.act(node, expect.Args[0]), matcher, refuses(matcher, call.Args[0])})
				}
			}
			judged = append(judged, call.Pos())
		case "Fail", "Block", "Skip":
			body.compares = body.compares || name == "Fail"
			judged = append(judged, call.Pos())
		case "Step":
			if strings.HasPrefix(types.ExprString(call.Args[0]), `"control: `) {
				controls = append(controls, call.Pos())
			}
		}
	}
	body.control = body.control || len(controls) > 0 && len(judged) > 0 && controls[0] < slices.Max(judged)
	for name := range nodes[*ast.Ident](node) {
		function := r.uses[name]
		// Made, which is one of the words, judges what Succeed does.
		if declared := r.functions[function]; declared != nil && !seen[function] && function.Name() != "Made" {
			seen[function] = true
			r.read(body, declared.Body, seen)
		}
	}
}

// act names the verb that the reply came from: the function that was called
// for it, where it stands or last before it.
func (r *specReader) act(within ast.Node, reply ast.Expr) string {
	name, ok := reply.(*ast.Ident)
	if !ok {
		return called(reply)
	}
	act := name.Name
	for assign := range nodes[*ast.AssignStmt](within) {
		for i, left := range assign.Lhs {
			if to, ok := left.(*ast.Ident); ok && r.object(to) == r.object(name) && assign.Pos() < name.Pos() {
				act = called(assign.Rhs[min(i, len(assign.Rhs)-1)])
			}
		}
	}
	return act
}

func (r *specReader) object(name *ast.Ident) types.Object {
	if defined := r.defines[name]; defined != nil {
		return defined
	}
	return r.uses[name]
}

// called is the bare name of the function that an expression calls, or else
// the expression itself.
func called(expression ast.Expr) string {
	call, ok := expression.(*ast.CallExpr)
	if !ok {
		return types.ExprString(expression)
	}
	if selector, ok := call.Fun.(*ast.SelectorExpr); ok {
		return selector.Sel.Name
	}
	return types.ExprString(call.Fun)
}

// refuses says whether the matcher accepts refusals only.
func refuses(matcher string, call ast.Expr) bool {
	switch matcher {
	case "BeRefusedWith", "BeRejected", "BeUnsuccessful", "BeGone":
		return true
	case "BeAnsweredWith":
		return isRefusal(types.ExprString(call.(*ast.CallExpr).Args[0]))
	}
	return false
}

// isRefusal says whether a status, as it is written, is none of success.
func isRefusal(status string) bool {
	for code := 400; code < 600; code++ {
		constant := "http.Status" + strings.ReplaceAll(http.StatusText(code), " ", "")
		if status == strconv.Itoa(code) || status == constant {
			return true
		}
	}
	return false
}

// nodes are all those of one type in a tree, in the order of the source.
func nodes[N ast.Node](within ast.Node) func(func(N) bool) {
	return func(yield func(N) bool) {
		wanted := true
		ast.Inspect(within, func(node ast.Node) bool {
			if one, ok := node.(N); ok && wanted {
				wanted = yield(one)
			}
			return wanted
		})
	}
}
