package reproduce

import (
	"encoding/base64"
	"strings"

	"session-conformance/reporters/visible"
)

// plainWord are the characters that a shell takes as they are.
const plainWord = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+,"

// Quote quotes for a POSIX shell what needs it.
func Quote(word string) string {
	if word != "" && strings.Trim(word, plainWord) == "" {
		return word
	}
	return singleQuoted(word)
}

func singleQuoted(word string) string {
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// words is text for a shell, cut into what stands for itself and the names of
// variables.
type words []word

type word struct {
	text     string
	variable bool
}

// replace puts the variable where the text stands as a whole: not within a
// longer name or number.
func (w words) replace(text, variable string) words {
	if text == "" {
		return w
	}
	var replaced words
	for _, one := range w {
		if one.variable {
			replaced = append(replaced, one)
			continue
		}
		replaced = append(replaced, cutAt(one.text, text, variable)...)
	}
	return replaced
}

func cutAt(whole, text, variable string) words {
	var parts words
	begin := 0
	for from := 0; ; {
		at := strings.Index(whole[from:], text)
		if at < 0 {
			break
		}
		at += from
		end := at + len(text)
		from = end
		if at > 0 && inName(whole[at-1]) || end < len(whole) && inName(whole[end]) {
			continue
		}
		parts = append(parts, word{whole[begin:at], false}, word{variable, true})
		begin = end
	}
	return append(parts, word{whole[begin:], false})
}

// inName says whether the byte can be within an id or a name. What is beside
// one in a path, a query string, JSON or XML cannot.
func inName(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b == '-' || b == '.'
}

// has says whether the variable is in the words.
func (w words) has(variable string) bool {
	for _, one := range w {
		if one.variable && one.text == variable {
			return true
		}
	}
	return false
}

// String is one word of a shell: in double quotes where that needs no escape,
// else in single quotes with the variables between.
func (w words) String() string {
	var plain, mixed strings.Builder
	simple, quote := true, false
	for i, one := range w {
		if one.variable {
			plain.WriteString(reference(one.text, w[i+1:]))
			if quote {
				mixed.WriteByte('\'')
			}
			mixed.WriteString(`"$` + one.text + `"`)
			quote = false
			continue
		}
		plain.WriteString(one.text)
		simple = simple && !strings.ContainsAny(one.text, "\"\\$`!\n")
		if one.text == "" {
			continue
		}
		if !quote {
			mixed.WriteByte('\'')
		}
		mixed.WriteString(strings.ReplaceAll(one.text, "'", `'\''`))
		quote = true
	}
	if quote {
		mixed.WriteByte('\'')
	}
	if simple {
		return `"` + plain.String() + `"`
	}
	return mixed.String()
}

// reference names a variable in double quotes so that what follows is no part
// of its name.
func reference(variable string, rest words) string {
	for _, next := range rest {
		switch {
		case next.variable:
			return "$" + variable
		case next.text != "" && inName(next.text[0]) && next.text[0] != '-' && next.text[0] != '.':
			return "${" + variable + "}"
		case next.text != "":
			return "$" + variable
		}
	}
	return "$" + variable
}

// isText says whether a shell script can hold the bytes as they are, and a
// reader see them.
func isText(body string) bool { return visible.Text(body) == body }

func base64Of(body string) string { return base64.StdEncoding.EncodeToString([]byte(body)) }
