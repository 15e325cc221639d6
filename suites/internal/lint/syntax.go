package lint

import (
	"go/ast"
	"go/types"
	"iter"
	"net/http"
	"strconv"
	"strings"
)

// callee is the bare name of the function that an expression calls, or else
// the expression itself.
func callee(expression ast.Expr) string {
	call, ok := expression.(*ast.CallExpr)
	if !ok {
		return types.ExprString(expression)
	}
	if selector, ok := call.Fun.(*ast.SelectorExpr); ok {
		return selector.Sel.Name
	}
	return types.ExprString(call.Fun)
}

// refusing says whether the matcher accepts refusals only.
func refusing(matcher string, call ast.Expr) bool {
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
func nodes[N ast.Node](within ast.Node) iter.Seq[N] {
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
