package cells

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestWidthCountsCells(t *testing.T) {
	g := NewWithT(t)
	for line, width := range map[string]int{
		"": 0, "abc": 3, "日本": 4, "é": 1, "e\u0301": 1, "한글 x": 6, "├─┤": 3, "👩‍💻": 2,
	} {
		g.Expect(Width(line)).To(Equal(width), "%q", line)
	}
}

func TestWrapBreaksByCells(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width int
		lines []string
	}{
		"nothing":                  {"", 10, []string{""}},
		"words":                    {"one two  three", 7, []string{"one two", "three"}},
		"a long word":              {"ab abcdefgh c", 3, []string{"ab", "abc", "def", "gh", "c"}},
		"wide words":               {"日本 語 日本語", 7, []string{"日本 語", "日本語"}},
		"a long wide word":         {"日本語です", 5, []string{"日本", "語で", "す"}},
		"a mark stays":             {"e\u0301e\u0301e\u0301", 2, []string{"e\u0301e\u0301", "e\u0301"}},
		"a word without a cell":    {"\u0301 abcd", 3, []string{"\u0301", "abc", "d"}},
		"no room for a wide one":   {"日本", 1, []string{"日", "本"}},
		"no room for anything":     {"ab c", 0, []string{"a", "b", "c"}},
		"less than no room at all": {"ab", -3, []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(Wrap(c.text, c.width)).To(Equal(c.lines))
		})
	}
}

func TestCutAndPad(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Cut("日本語", 6)).To(Equal("日本語"))
	g.Expect(Cut("日本語です", 8)).To(Equal("日本..."))
	g.Expect(Cut("日本語", 2)).To(Equal(".."))
	g.Expect(Cut("abc", 0)).To(BeEmpty())
	g.Expect(Pad("日本", 6)).To(Equal("日本  "))
	g.Expect(Pad("日本", 2)).To(Equal("日本 "))
}

func FuzzWrapLosesNothing(f *testing.F) {
	f.Add("日本語 e\u0301 👩‍💻", 5)
	f.Add("a\xffb \u200d\u200d", 1)
	f.Fuzz(func(t *testing.T, text string, width int) {
		g := NewWithT(t)

		lines := Wrap(text, width)

		whole := strings.Join(strings.Fields(text), "")
		g.Expect(strings.ReplaceAll(strings.Join(lines, ""), " ", "")).To(Equal(whole))
		for _, line := range lines {
			if width >= 4 {
				g.Expect(Width(line)).To(BeNumerically("<=", width), "%q", line)
			}
		}
	})
}
