package engine

import (
	"cmp"
	"math/rand"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"
)

// order lists what the filter leaves, as Ginkgo does from the same seed: so its
// reports are in the order of the run. Ginkgo itself is not asked, since it would
// take its globals, the console and the signals of a process in which others run.
func (f Filter) order(pages []container) []Instance {
	var all []leaf
	for _, page := range pages {
		for _, instance := range page.instances {
			all = append(all, leaf{page, instance, instance.Title()})
		}
	}
	slices.SortStableFunc(all, byPlace)
	shuffled := make([]leaf, len(all))
	for i, j := range rand.New(rand.NewSource(f.Seed)).Perm(len(all)) {
		shuffled[i] = all[j]
	}
	slices.SortStableFunc(shuffled, func(a, b leaf) int { return cmp.Compare(b.priority(), a.priority()) })
	matches := f.matcher()
	var ordered []Instance
	for _, one := range shuffled {
		if matches(one) {
			ordered = append(ordered, one.Instance)
		}
	}
	return ordered
}

// leaf is an instance and the page that it stands on.
type leaf struct {
	page container
	Instance
	title string
}

// byPlace is where Ginkgo begins to shuffle.
func byPlace(a, b leaf) int {
	return cmp.Or(cmp.Compare(a.page.File, b.page.File), cmp.Compare(a.page.Line, b.page.Line),
		cmp.Compare(a.page.Text, b.page.Text), cmp.Compare(a.title, b.title))
}

// matcher is the filter, which Check has found to be well formed.
func (f Filter) matcher() func(leaf) bool {
	labels, err := types.ParseLabelFilter(f.LabelFilter)
	if err != nil {
		labels = func([]string) bool { return false }
	}
	focus, err := regexp.Compile(strings.Join(f.Focus, "|"))
	return func(one leaf) bool {
		return err == nil && labels(one.labels()) && (len(f.Focus) == 0 || focus.MatchString(one.page.Text+" "+one.title))
	}
}
