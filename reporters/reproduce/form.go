package reproduce

import (
	"regexp"
	"strings"
)

// formSteps are those of the shell function form, which must come to the same sum.
var formSteps = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`[ \t\r\n\x00]`), ""},
	{regexp.MustCompile(`"([^"]*)":`), "N${1}:"},
	{regexp.MustCompile(`"[^"]*"`), "s"},
	{regexp.MustCompile(`>[^<]*<`), "><"},
	{regexp.MustCompile(`[0-9a-f-]{8,}`), "0"},
	{regexp.MustCompile(`[0-9][0-9]*`), "0"},
	// A list of ids may be longer or shorter.
	{regexp.MustCompile(`s(,s)+`), "s"},
}

// form is a body without its values: names, kinds and punctuation.
func form(body string) string {
	for _, step := range formSteps {
		body = step.pattern.ReplaceAllString(body, step.with)
	}
	return body
}

// cksum is the sum that the command cksum prints.
func cksum(text string) uint32 {
	sum := uint32(0)
	add := func(b byte) {
		sum ^= uint32(b) << 24
		for range 8 {
			if sum&0x80000000 != 0 {
				sum = sum<<1 ^ 0x04C11DB7
			} else {
				sum <<= 1
			}
		}
	}
	for _, b := range []byte(text) {
		add(b)
	}
	for length := len(text); length > 0; length >>= 8 {
		add(byte(length))
	}
	return ^sum
}

// globOf is a pattern for the text in which digits may be others, such as those of
// a time; a number stands for itself.
func globOf(text string) string {
	if strings.Trim(text, "0123456789") == "" {
		return text
	}
	var out strings.Builder
	for _, r := range fraction.ReplaceAllString(text, ".\x00") {
		switch {
		case r == 0:
			out.WriteString("*[0-9]")
		case r >= '0' && r <= '9':
			out.WriteString("[0-9]")
		case strings.ContainsRune(plainWord, r):
			out.WriteRune(r)
		default:
			out.WriteString("?")
		}
	}
	return out.String()
}

var fraction = regexp.MustCompile(`\.[0-9]+`)
