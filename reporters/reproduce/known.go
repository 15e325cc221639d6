package reproduce

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"session-conformance/reporters/report"
)

// binding is a text and the variable that holds its like.
type binding struct{ text, variable string }

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// nameKnown binds what is known before the first request: the items of the
// run, which are gone, and tokens, which work once.
func (s *script) nameKnown() {
	for _, item := range s.result.Items {
		if s.mentions(item.ID, s.result.Exchanges) {
			s.items = append(s.items, ownItem{item, s.bind(item.ID, "LIBRARY_ITEM_ID")})
		}
		if item.File != "" && s.variable(item.File) == "" && s.mentions(item.File, s.result.Exchanges) {
			s.bind(item.File, "FILE_NAME")
		}
	}
	for _, exchange := range s.result.Exchanges {
		for _, token := range clientTokens(exchange) {
			if uuid.MatchString(token) && s.variable(token) == "" {
				s.fresh = append(s.fresh, s.bind(token, "CLIENT_TOKEN"))
			}
		}
		for _, value := range valuesIn(exchange.Request.Text()) {
			if value.name == "uri" && strings.HasPrefix(value.text, "http") && isText(value.text) && s.variable(value.text) == "" {
				s.need(s.bind(value.text, "SOURCE_URL"), "a file that the target can fetch as the run served it")
			}
		}
	}
}

// clientTokens are the idempotency tokens of a request, wherever it has one.
func clientTokens(exchange report.Exchange) []string {
	const name = "client_token"
	var tokens []string
	for header, values := range exchange.Request.Header {
		if strings.EqualFold(strings.ReplaceAll(header, "-", "_"), name) {
			tokens = append(tokens, values...)
		}
	}
	if parsed, err := url.Parse(exchange.URL); err == nil {
		tokens = append(tokens, parsed.Query()[name]...)
	}
	for _, value := range valuesIn(exchange.Request.Text()) {
		if value.name == name {
			tokens = append(tokens, value.text)
		}
	}
	return tokens
}

// bind finds a free variable for the text.
func (s *script) bind(text, name string) string {
	variable := name
	for n := 2; slices.ContainsFunc(s.known, func(b binding) bool { return b.variable == variable }); n++ {
		variable = fmt.Sprintf("%s_%d", name, n)
	}
	s.known = append(s.known, binding{text, variable})
	return variable
}

// variable is what the text is bound to; empty if it is not.
func (s *script) variable(text string) string {
	for _, one := range s.known {
		if one.text == text {
			return one.variable
		}
	}
	return ""
}

func (s *script) need(variable, what string) { s.needs[variable] = what }

// mentions says whether one of the requests has the text, as it is or as a
// URL spells it.
func (s *script) mentions(text string, exchanges []report.Exchange) bool {
	return slices.ContainsFunc(exchanges, func(e report.Exchange) bool {
		if stands(text, e.URL) || stands(text, e.Request.Text()) {
			return true
		}
		for _, values := range e.Request.Header {
			if slices.ContainsFunc(values, func(v string) bool { return stands(text, v) }) {
				return true
			}
		}
		return escapedIn(text, e.URL)
	})
}

// stands says whether the text is in the whole, and not within a longer name.
func stands(text, whole string) bool {
	return strings.Contains(whole, text) && words{{whole, false}}.replace(text, "X").has("X")
}

// escapedIn says whether the URL has the text in the spelling of URLs alone.
func escapedIn(text, address string) bool {
	for _, escaped := range spellings(text) {
		if stands(escaped, address) {
			return true
		}
	}
	return false
}

// spellings are how URLs write the text, where that is not the text itself.
func spellings(text string) []string {
	var all []string
	for _, escaped := range []string{url.PathEscape(text), url.QueryEscape(text)} {
		if escaped != text {
			all = append(all, escaped)
		}
	}
	return all
}

func (b binding) in(w words) words { return w.replace(b.text, b.variable) }

// inURL also finds the text where a URL escapes it.
func (b binding) inURL(w words) words {
	w = b.in(w)
	for _, escaped := range spellings(b.text) {
		w = w.replace(escaped, b.variable+"_ESCAPED")
	}
	return w
}

// keep binds what the answer tells and a later request needs: texts that were
// in no request before, so that the target made them.
func (s *script) keep(at int) {
	before, after := s.result.Exchanges[:at+1], s.result.Exchanges[at+1:]
	for _, value := range valuesIn(s.result.Exchanges[at].Response.Text()) {
		known := s.variable(value.text)
		unneeded := !s.mentions(value.text, after) && !s.compares(value)
		if value.text == "" || !isText(value.name) || s.mentions(value.text, before) || unneeded {
			continue
		}
		if value.name == "" && known == "FILE_NAME" {
			continue // it is what the script itself gave the item, and stands in no member here
		}
		if known == "" {
			known = s.bind(value.text, variableName(value, s.result.Exchanges[at].URL))
		}
		fmt.Fprintf(&s.body, "%s=$(%s)\n", known, value.find)
		if s.escapes(value.text, after) {
			fmt.Fprintf(&s.body, "%s_ESCAPED=$(escaped \"$%s\")\n", known, known)
		}
	}
}

// escapes says whether a URL spells the text in another way.
func (s *script) escapes(text string, exchanges []report.Exchange) bool {
	return slices.ContainsFunc(exchanges, func(e report.Exchange) bool { return escapedIn(text, e.URL) })
}

// variableName calls a value what it is.
func variableName(value value, address string) string {
	if hidden, isHidden := strings.CutPrefix(value.text, "$"); isHidden {
		if _, known := placeholders[hidden]; known {
			return hidden
		}
	}
	switch {
	case value.name == "uri":
		return "TRANSFER_URL"
	case value.name == "name":
		return "FILE_NAME"
	case value.name != "" && value.name != "value":
		// Never the bare name: one could be PATH.
		return "ANSWER_" + strings.ToUpper(nonWord.ReplaceAllString(value.name, "_"))
	case strings.Contains(address, "update-session"):
		return "UPDATE_SESSION_ID"
	case strings.Contains(address, "download-session"):
		return "DOWNLOAD_SESSION_ID"
	}
	return "VALUE"
}

var nonWord = regexp.MustCompile(`[^A-Za-z0-9_]`)

// compares says whether the text is an id that the wrong answer is compared with.
func (s *script) compares(value value) bool {
	failure := s.result.Failure
	if failure == nil || len(value.text) < shortestID {
		return false
	}
	texts := slices.Concat(failure.Lacks, failure.Holds)
	if failure.Want != nil {
		texts = append(texts, strings.Split(*failure.Want, "\n")...)
	}
	return slices.Contains(texts, value.text)
}

// shortestID is longer than the words that answers have for states.
const shortestID = 24

// keepBefore keeps the member that a later answer is compared with.
func (s *script) keepBefore(at int) {
	failure := s.result.Failure
	if failure == nil || failure.Before == nil || *failure.Before != at {
		return
	}
	if name, _ := s.earlier(*failure); name != "" {
		fmt.Fprintf(&s.body, "BEFORE=$(value %s)\n", Quote(oneLine(name)))
	}
}
