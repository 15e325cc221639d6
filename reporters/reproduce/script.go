// Package reproduce writes the commands by which a failure is seen again: a
// script of its requests, and the run of its behaviour alone.
package reproduce

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// Script is one for a POSIX shell with curl, awk and sed: it logs in anew, makes
// the library and the items that it needs, sends the requests of the result in
// their order, and holds each answer to what is documented. It ends with 1 at the
// first that is otherwise, with 2 if it cannot come to that, and else with 0. What
// the target made up, such as ids and transfer URLs, is taken from its answers. The
// script holds no secret: it says which variables to set. Empty where there were no
// requests, where they were sent at once, since a script sends one after the other,
// and where it takes more than one answer to see what is wrong.
func Script(run *report.Run, result report.Result) string {
	if len(result.Exchanges) == 0 || isAtOnce(result) {
		return ""
	}
	s := &script{run: run, result: result, finders: map[string]bool{}, needs: map[string]string{}}
	if s.judged() < 0 || len(s.wrongs(s.judged())) == 0 {
		return ""
	}
	s.nameKnown()
	s.requests()
	return s.head() + s.body.String() + "}\n" + s.foot()
}

// isAtOnce says whether what is wrong shows only to clients who act at once.
func isAtOnce(result report.Result) bool {
	return result.Failure != nil && result.Failure.Timeline != nil
}

// script is one script as it grows.
type script struct {
	run    *report.Run
	result report.Result
	// known are the texts that variables stand for, in the order in which they
	// were bound; fresh are those with a new token each time.
	known []binding
	fresh []string
	// items are the library items by their variables.
	items []ownItem
	// finders are the functions that the frame calls.
	finders map[string]bool
	// needs are the variables that the user sets, with what they are.
	needs  map[string]string
	logins []string
	body   strings.Builder
}

// ownItem is a library item that the script makes, unless its variable is set.
type ownItem struct {
	report.Item
	variable string
}

// requests writes the requests, what is kept of their answers, and what those have
// to be.
func (s *script) requests() {
	exchanges := s.result.Exchanges[:s.judged()+1]
	step := ""
	for i := 0; i < len(exchanges); i++ {
		if exchanges[i].Step != step || i == 0 {
			step = exchanges[i].Step
			fmt.Fprintf(&s.body, "\nstep %s\n", singleQuoted(oneLine(step)))
		}
		last := lastAlike(exchanges, i)
		if last == i && i+1 < len(exchanges) && isTriedAgain(exchanges[i], exchanges[i+1]) {
			continue
		}
		if last > i {
			s.look(i, last)
			i = last
			continue
		}
		s.request(exchanges[i])
		s.expect(i, "")
		s.keep(i)
	}
}

// isTriedAgain says whether a request was put off, or its answer lost, and it was
// sent again.
func isTriedAgain(first, second report.Exchange) bool {
	return (first.Status == 0 || slices.Contains(putOff, first.Status)) && SameRequest(first, second)
}

var putOff = []int{http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}

// patience is how often a script asks for what the run has waited for.
const patience = 30

// look writes what was asked again and again, and what it waited for.
func (s *script) look(first, last int) {
	exchanges := s.result.Exchanges
	s.body.WriteString("ask() {\n")
	s.request(exchanges[last])
	s.body.WriteString("}\nask\n")
	s.finders["ask"] = true
	within := fmt.Sprintf("within %d ", patience)
	if last < s.judged() {
		within = ""
		if check := awaited(exchanges[first].Response.Text(), exchanges[last].Response.Text()); check != "" {
			fmt.Fprintf(&s.body, "expect within %d %s\n", patience, check)
		}
	}
	s.expect(last, within)
	s.keep(last)
}

// awaited is the check of what changed: the state of a session, the status of a file.
func awaited(before, after string) string {
	first := valuesIn(before)
	for _, value := range valuesIn(after) {
		if (value.name == "state" || value.name == "status") && !slices.Contains(first, value) {
			return "shows " + value.name + " " + Quote(oneLine(value.text))
		}
	}
	return ""
}

// expect writes the checks of an answer, in the words of the failure for the wrong
// one.
func (s *script) expect(at int, within string) {
	if failure := s.result.Failure; at == s.judged() && failure != nil {
		fmt.Fprintf(&s.body, "promised=%s\n", singleQuoted(oneLine(failure.Expected)))
	}
	for _, check := range s.checks(at) {
		fmt.Fprintf(&s.body, "expect %s%s\n", within, check)
	}
	s.keepBefore(at)
}

// lastAlike is the last of the looks at the same thing that begin at i.
func lastAlike(exchanges []report.Exchange, i int) int {
	last := i
	for last+1 < len(exchanges) && isLook(exchanges[i], exchanges[last+1]) {
		last++
	}
	return last
}

// isLook says whether the second request only looks again at what the first did.
func isLook(first, second report.Exchange) bool {
	return first.Method == http.MethodGet && first.Step == second.Step && SameRequest(first, second)
}

// SameRequest says whether the same was sent twice.
func SameRequest(first, second report.Exchange) bool {
	return first.Method == second.Method && first.URL == second.URL && reflect.DeepEqual(first.Request, second.Request)
}

func (s *script) request(exchange report.Exchange) {
	body := exchange.Request.Text()
	if exchange.Request.Truncated {
		fmt.Fprintf(&s.body, "# The report has only the first %d bytes of this body.\n", len(body))
	}
	parts := []string{"send " + s.method(exchange) + s.address(exchange.URL)}
	parts = append(parts, s.headers(exchange.Request)...)
	switch {
	case body == "":
	case isText(body):
		parts = append(parts, "--data-raw "+s.words(body).String())
	default:
		fmt.Fprintf(&s.body, "printf %%s %s | base64 -d >\"$file\"\n", singleQuoted(base64Of(body)))
		s.finders["file"] = true
		parts = append(parts, `--data-binary "@$file"`)
	}
	s.body.WriteString(strings.Join(parts, " \\\n  ") + "\n")
}

func (s *script) method(exchange report.Exchange) string {
	if exchange.Method == http.MethodGet && exchange.Request.Body == "" {
		return ""
	}
	return "-X " + Quote(oneLine(exchange.Method)) + " "
}

// address is the URL with the target and what is bound in variables.
func (s *script) address(address string) string {
	w := words{{escapeHidden(address), false}}
	for _, one := range s.known {
		w = one.inURL(w)
	}
	if target := strings.TrimRight(s.run.Target.URL, "/"); !w[0].variable && strings.HasPrefix(w[0].text, target+"/") {
		w = append(words{{"TARGET", true}, {w[0].text[len(target):], false}}, w[1:]...)
	}
	return s.secrets(w).String()
}

// escapeHidden writes what curl refuses in a URL, and what nobody would see,
// as a URL can hold it.
func escapeHidden(address string) string {
	var out strings.Builder
	for _, r := range address {
		if text := string(r); r > ' ' && r != 0xFFFD && isText(text) {
			out.WriteRune(r)
			continue
		}
		out.WriteString(url.PathEscape(string(r)))
	}
	return out.String()
}

// ownHeaders name the suite and its run in the target's log; they are about who
// asks, not about what is asked.
var ownHeaders = []string{"User-Agent", "X-Request-Id"}

// headers are the request's own; curl would add a type of its own to a body.
func (s *script) headers(message report.Message) []string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(message.Header)) {
		if slices.Contains(ownHeaders, name) {
			continue
		}
		for _, value := range message.Header[name] {
			parts = append(parts, s.headerLine(oneLine(name), oneLine(value)))
		}
	}
	if message.Body != "" && message.ContentType() == "" {
		parts = append(parts, "-H 'Content-Type:'")
	}
	return parts
}

func oneLine(text string) string { return strings.ReplaceAll(visible.Text(text), "\n", `\n`) }
