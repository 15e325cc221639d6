package site

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

var (
	numbers = regexp.MustCompile(`\d+|\D+`)
	// unsafe is what does not stand in a file's name.
	unsafe = regexp.MustCompile(`[^a-z0-9.]+`)
)

// compareReleases orders 4.9 before 4.10, and a name before a longer one.
func compareReleases(a, b string) int {
	as, bs := numbers.FindAllString(a, -1), numbers.FindAllString(b, -1)
	for i := range min(len(as), len(bs)) {
		if order := comparePart(as[i], bs[i]); order != 0 {
			return order
		}
	}
	return cmp.Or(len(as)-len(bs), cmp.Compare(a, b))
}

func comparePart(a, b string) int {
	x, errX := strconv.ParseUint(a, 10, 64)
	y, errY := strconv.ParseUint(b, 10, 64)
	if errX == nil && errY == nil {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(a, b)
}

// slug is the text as the name of a file.
func slug(text string) string {
	return cmp.Or(strings.Trim(unsafe.ReplaceAllString(strings.ToLower(text), "-"), "-."), "target")
}
