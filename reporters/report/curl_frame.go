package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// header is what stands before the requests: what the script is about, what it
// needs, the functions that it uses, and the logins.
func (s *script) header() string {
	var out strings.Builder
	r := s.result
	fmt.Fprintf(&out, "#!/bin/sh\n# %s in %s: %s\n", oneLine(r.ID), oneLine(r.VariantName()), oneLine(r.Promise))
	out.WriteString("# CURL='curl -k' verifies no certificate.\nset -u\n")
	fmt.Fprintf(&out, "TARGET=${TARGET:-%s}\n", quoted(s.target()))
	for _, name := range s.logins {
		user := strings.TrimSuffix(name, "SESSION_ID")
		s.need(user+"USERNAME", placeholders[user+"USERNAME"])
		s.need(user+"PASSWORD", placeholders[user+"PASSWORD"])
	}
	for _, variable := range slices.Sorted(maps.Keys(s.needs)) {
		fmt.Fprintf(&out, ": \"${%s:?set it to %s}\"\n", variable, s.needs[variable])
	}
	for _, source := range s.sources {
		fmt.Fprintf(&out, "%s=${%s:-%s} # the run served it no longer than it lasted\n", source.variable, source.variable, singleQuoted(source.text))
	}
	s.functions(&out)
	for _, name := range s.logins {
		s.logIn(&out, name)
	}
	for _, variable := range s.fresh {
		fmt.Fprintf(&out, "%s=$(token)\n", variable)
	}
	for _, item := range s.result.Items {
		if variable := s.variable(item.ID); variable != "" && s.escapes(item.ID, s.result.Exchanges) {
			fmt.Fprintf(&out, "%s_ESCAPED=$(escaped \"$%s\")\n", variable, variable)
		}
	}
	return out.String()
}

// target is where the requests went; the bundled reference server is gone, and
// this is where another one listens.
func (s *script) target() string {
	if s.run.Target.Bundled {
		return "http://127.0.0.1:8443"
	}
	return strings.TrimRight(oneLine(s.run.Target.URL), "/")
}

func (s *script) functions(out *strings.Builder) {
	out.WriteString(`
step() { printf '\n# %s\n' "$1"; }
# send shows an answer with its status and keeps it; control characters are left out.
send() {
  answer=$(${CURL:-curl} -sS -g --path-as-is -w '\n< %{http_code}' "$@")
  printf '%s\n' "$answer" | tr -d '\000-\010\013-\037\177'
}
`)
	for _, name := range slices.Sorted(maps.Keys(s.finders)) {
		if name != "file" {
			out.WriteString(finders[name] + "\n")
		}
	}
	if s.finders["file"] {
		out.WriteString("file=$(mktemp)\ntrap 'rm -f \"$file\"' EXIT\n")
	}
	out.WriteString("\n")
}

// loginPaths are where the bindings log in (reference, section 1); legacy has
// no page of its own for it.
var loginPaths = map[string]string{"api": "/api/session"}

// logIn fetches a token; both documented answers have it as their last text.
func (s *script) logIn(out *strings.Builder, variable string) {
	path, own := loginPaths[s.result.Binding]
	if !own {
		path = "/rest/com/vmware/cis/session"
	}
	user := strings.TrimSuffix(variable, "SESSION_ID")
	fmt.Fprintf(out, "%s=$(${CURL:-curl} -sS -X POST -u \"$%sUSERNAME:$%sPASSWORD\" \"$TARGET%s\" | sed 's/.*\"\\([^\"]*\\)\"[^\"]*$/\\1/')\n",
		variable, user, user, path)
}

// footer says what to look for in the answers.
func (s *script) footer() string {
	headline, _ := split(s.result.Message)
	if headline == "" {
		return ""
	}
	return "\n# " + oneLine(headline) + "\n"
}
