package engine

import (
	"regexp"
	"slices"
	"strings"
)

// inFilter finds the labels in a label filter: what is neither an operator nor a
// bracket. Regular expressions and sets of keys are Ginkgo's own matter.
var (
	inFilter   = regexp.MustCompile(`[^&|!(),]+`)
	expression = regexp.MustCompile(`/[^/]*/`)
)

// checkLabels returns a *FilterError for a label that none of the instances has:
// a slip in a negation would leave out nothing.
func (f Filter) checkLabels(instances map[string]Instance) error {
	has := map[string]bool{}
	for _, instance := range instances {
		for _, label := range instance.labels() {
			has[strings.ToLower(label)] = true
		}
	}
	for _, word := range inFilter.FindAllString(expression.ReplaceAllString(f.LabelFilter, "!"), -1) {
		label := strings.TrimSpace(word)
		if label == "" || strings.ContainsAny(label, ":{}") || has[strings.ToLower(label)] {
			continue
		}
		problem := "names the label \"" + label +
			"\", which matches no behaviour; the labels are services, operations, bindings, levels, routes and representations; " +
			"conformance list shows what there is"
		if slices.ContainsFunc(f.ids(instances), func(id string) bool { return strings.HasPrefix(id, label) }) {
			problem += "; choose by ids with {Focus} and {Skip}"
		}
		return &FilterError{"LabelFilter", f.LabelFilter, problem}
	}
	return nil
}

func (f Filter) ids(instances map[string]Instance) (ids []string) {
	for _, instance := range instances {
		ids = append(ids, instance.ID)
	}
	return ids
}
