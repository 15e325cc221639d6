package reproduce

import (
	"regexp"
	"slices"
	"strings"
)

// placeholders are what a report has in the place of secrets, and what the
// user sets for them. Those without a text come from a login or an answer.
var placeholders = map[string]string{
	"USERNAME":           "the user name",
	"PASSWORD":           "the password",
	"OTHER_USERNAME":     "the name of the second account",
	"OTHER_PASSWORD":     "its password",
	"LIMITED_USERNAME":   "the name of the limited account",
	"LIMITED_PASSWORD":   "its password",
	"AUTHORIZATION":      "the value of the Authorization header",
	"COOKIE":             "the value of the cookie",
	"SESSION_ID":         "",
	"OTHER_SESSION_ID":   "",
	"LIMITED_SESSION_ID": "",
	"OWN_SESSION_ID":     "the token of a login",
}

var placeholder = regexp.MustCompile(`\$[A-Z]+(?:_[A-Z0-9]+)*`)

func (s *script) headerLine(name, value string) string {
	switch value {
	case "Basic $USERNAME:$PASSWORD", "Basic $OTHER_USERNAME:$OTHER_PASSWORD", "Basic $LIMITED_USERNAME:$LIMITED_PASSWORD":
		return "-u " + s.words(strings.TrimPrefix(value, "Basic ")).String()
	case "$UNKNOWN_AUTHORIZATION":
		return "-u " + s.words("$USERNAME:wrong-password").String()
	case "$UNKNOWN_SESSION_ID":
		// A token that no login gave out.
		value = "00000000-0000-0000-0000-000000000000"
	case "":
		return "-H " + singleQuoted(name+";")
	}
	return "-H " + s.words(name+": "+value).String()
}

// words cuts a text at what is bound and at the names of secrets.
func (s *script) words(text string) words {
	w := words{{text, false}}
	for _, one := range s.known {
		w = one.in(w)
	}
	return s.secrets(w)
}

// secrets puts variables in the place of secrets and notes where they come from.
func (s *script) secrets(w words) words {
	var cut words
	for _, one := range w {
		if one.variable {
			cut = append(cut, one)
			continue
		}
		begin := 0
		for _, at := range placeholder.FindAllStringIndex(one.text, -1) {
			name := one.text[at[0]+1 : at[1]]
			if !s.provide(name) {
				continue
			}
			cut = append(cut, word{one.text[begin:at[0]], false}, word{name, true})
			begin = at[1]
		}
		cut = append(cut, word{one.text[begin:], false})
	}
	return cut
}

// provide sees to it that the variable has a value; false says that the name
// stands for no secret.
func (s *script) provide(name string) bool {
	what, known := placeholders[name]
	switch {
	case strings.HasPrefix(name, "TRANSFER_PATH"):
		s.need(name, "the path of a transfer URL")
	case !known:
		return false
	case s.variable("$"+name) != "":
	case what == "" && !slices.Contains(s.logins, name):
		s.logins = append(s.logins, name)
	case what != "":
		s.need(name, what)
	}
	return true
}
