package lint

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// judging are words that judge what the matcher beside them says, or for Made
// what Succeed does.
var judging = []string{"To", "NotTo", "Made"}

// reader reads the bodies of a package's functions, and knows those of the
// packages that it imports as facts.
type reader struct {
	pass      *analysis.Pass
	functions map[types.Object]*ast.FuncDecl
	// read are the bodies read so far; one that is being read counts as empty.
	read map[types.Object]*body
}

// newReader reads every function of the package, for the packages that name it.
func newReader(pass *analysis.Pass) reader {
	r := reader{pass: pass, functions: map[types.Object]*ast.FuncDecl{}, read: map[types.Object]*body{}}
	var declared []types.Object
	for _, file := range pass.Files {
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Body != nil && function.Name.Name != "_" {
				object := pass.TypesInfo.Defs[function.Name]
				r.functions[object] = function
				declared = append(declared, object)
			}
		}
	}
	for _, function := range declared {
		if does := r.bodyOf(function); function.Exported() {
			pass.ExportObjectFact(function, does)
		}
	}
	return r
}

// behaviours reads every Behaviour of the package.
func (r reader) behaviours() (found []behaviour) {
	for _, file := range r.pass.Files {
		for call := range nodes[*ast.CallExpr](file) {
			if callee(call) != "Behaviour" || len(call.Args) != 2 {
				continue
			}
			id, _ := strconv.Unquote(types.ExprString(call.Args[0]))
			found = append(found, behaviour{id, call.Pos(), *r.bodyIn(call.Args[1])})
		}
	}
	return found
}

// bodyOf is what a function does; nil of one that is not ours.
func (r reader) bodyOf(function types.Object) *body {
	if known := r.read[function]; known != nil {
		return known
	}
	if declared := r.functions[function]; declared != nil {
		r.read[function] = new(body)
		r.read[function] = r.bodyIn(declared.Body)
		return r.read[function]
	}
	imported := new(body)
	if function == nil || function.Pkg() == nil || !r.pass.ImportObjectFact(function, imported) {
		return nil
	}
	return imported
}

// bodyIn is what the node does, and what every function does that it names.
func (r reader) bodyIn(node ast.Node) *body {
	does := r.own(node)
	for name := range nodes[*ast.Ident](node) {
		function, ok := r.pass.TypesInfo.Uses[name].(*types.Func)
		if !ok || slices.Contains(judging, function.Name()) {
			continue
		}
		if other := r.bodyOf(function.Origin()); other != nil {
			does.add(*other)
		}
	}
	return does
}

// own is what the node does itself.
func (r reader) own(node ast.Node) *body {
	does := new(body)
	var controls, judged []token.Pos
	for call := range nodes[*ast.CallExpr](node) {
		switch name := r.verb(call); name {
		case "To":
			if reply, ok := expected(call); ok {
				matcher := callee(call.Args[0])
				does.add(body{Expects: []expectation{{r.act(node, reply), matcher, refusing(matcher, call.Args[0])}}})
			}
			judged = append(judged, call.Pos())
		case "Fail", "Block", "Skip":
			does.Compares = does.Compares || name == "Fail"
			judged = append(judged, call.Pos())
		case "Step":
			if strings.HasPrefix(types.ExprString(call.Args[0]), `"control: `) {
				controls = append(controls, call.Pos())
			}
		}
	}
	does.Control = len(controls) > 0 && len(judged) > 0 && controls[0] < slices.Max(judged)
	return does
}

// expected is what s.Expect(reply).To(matcher) expects something of.
func expected(to *ast.CallExpr) (ast.Expr, bool) {
	selector, ok := to.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil, false
	}
	expect, ok := selector.X.(*ast.CallExpr)
	if !ok || callee(expect) != "Expect" {
		return nil, false
	}
	return expect.Args[0], true
}

// act names the verb that the reply came from: the function that was called
// for it, where it stands or last before it.
func (r reader) act(within ast.Node, reply ast.Expr) string {
	name, ok := reply.(*ast.Ident)
	if !ok {
		return r.verb(reply)
	}
	info, act := r.pass.TypesInfo, name.Name
	for assign := range nodes[*ast.AssignStmt](within) {
		for i, left := range assign.Lhs {
			if to, ok := left.(*ast.Ident); ok && info.ObjectOf(to) == info.ObjectOf(name) && assign.Pos() < name.Pos() {
				act = r.verb(assign.Rhs[min(i, len(assign.Rhs)-1)])
			}
		}
	}
	return act
}

// verb is what is called, with the type before it of what is not the spec's
// own: Session.Fail fails a session, and Files.Get gets a file.
func (r reader) verb(expression ast.Expr) string {
	name := callee(expression)
	call, ok := expression.(*ast.CallExpr)
	if !ok {
		return name
	}
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return name
	}
	method, ok := r.pass.TypesInfo.Uses[selector.Sel].(*types.Func)
	if !ok || method.Signature().Recv() == nil {
		return name
	}
	of := method.Signature().Recv().Type()
	if pointer, ok := of.(*types.Pointer); ok {
		of = pointer.Elem()
	}
	if named, ok := of.(*types.Named); ok && slices.Contains([]string{"Session", "Files"}, named.Obj().Name()) {
		return named.Obj().Name() + "." + name
	}
	return name
}
