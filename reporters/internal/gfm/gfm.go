// Package gfm puts text into GitHub Flavored Markdown so that it shows as it
// is, whatever a target has put into it.
package gfm

import (
	"regexp"
	"strings"

	"session-conformance/reporters/visible"
)

// signs are what Markdown, or GitHub beyond it, reads as more than text: some
// anywhere, some only where a line begins.
var signs = regexp.MustCompile("[\\\\`*_\\[\\]#|~$]|^[-+=]")

// listed is a number that would begin a list.
var listed = regexp.MustCompile(`^([0-9]+)([.)])( |$)`)

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// Text is prose on one line, also in a table. What a target wrote belongs into
// Code or Fence: GitHub makes links of addresses and of the names of users in
// prose.
func Text(text string) string {
	text = signs.ReplaceAllString(oneLine(text), `\$0`)
	return entities.Replace(listed.ReplaceAllString(text, `$1\$2$3`))
}

// HTML is prose within an HTML element, where Markdown is not read.
func HTML(text string) string {
	return entities.Replace(oneLine(text))
}

// Code is a code span on one line; empty for an empty text, which has none.
func Code(text string) string {
	text = oneLine(text)
	if text == "" {
		return ""
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	delimiter := ticks(text, 1)
	return delimiter + text + delimiter
}

// Fence is a block of lines with an info string such as "diff", which may be
// empty. It ends with a newline.
func Fence(info, text string) string {
	text = strings.TrimRight(visible.Text(text), "\n")
	delimiter := ticks(text, 3)
	return delimiter + info + "\n" + text + "\n" + delimiter + "\n"
}

// Link is a link, or only its text where the address is none of the web.
func Link(text, address string) string {
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return Text(text)
	}
	return "[" + Text(text) + "](<" + strings.Map(inAddress, visible.Text(address)) + ">)"
}

// inAddress drops what would end an address in angle brackets.
func inAddress(r rune) rune {
	if strings.ContainsRune("<>\\\n\t ", r) {
		return -1
	}
	return r
}

func oneLine(text string) string {
	return strings.Join(strings.Fields(visible.Text(text)), " ")
}

var backticks = regexp.MustCompile("`+")

// ticks is a delimiter longer than any run of backticks in text.
func ticks(text string, least int) string {
	for _, inside := range backticks.FindAllString(text, -1) {
		least = max(least, len(inside)+1)
	}
	return strings.Repeat("`", least)
}
