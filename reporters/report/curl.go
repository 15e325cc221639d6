package report

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
)

// Curl is a script for a POSIX shell with curl, awk and sed: it logs in anew
// and sends the requests of the result in their order. What the target made up,
// such as ids and transfer URLs, is taken from its answers. The script holds no
// secret: it says which variables to set. Empty where there were no requests.
func (r *Run) Curl(result Result) string {
	if len(result.Exchanges) == 0 {
		return ""
	}
	s := &script{run: r, result: result, finders: map[string]bool{}, needs: map[string]string{}}
	s.nameKnown()
	s.requests()
	return strings.TrimRight(s.header(), "\n") + "\n" + s.body.String() + s.footer()
}

// script is one script as it grows.
type script struct {
	run    *Run
	result Result
	// known are the texts that variables stand for, in the order in which they
	// were bound; fresh are those with a new token each time.
	known []binding
	fresh []string
	// sources are what the run offered to be fetched, and is gone.
	sources []binding
	finders map[string]bool
	// needs are the variables that the user sets, with what they are.
	needs  map[string]string
	logins []string
	body   strings.Builder
}

// requests writes the requests with what is kept of their answers.
func (s *script) requests() {
	exchanges := s.result.Exchanges
	step := ""
	for i := 0; i < len(exchanges); i++ {
		if exchanges[i].Step != step || i == 0 {
			step = exchanges[i].Step
			fmt.Fprintf(&s.body, "\nstep %s\n", singleQuoted(oneLine(step)))
		}
		s.request(exchanges[i])
		s.keep(i)
		last := lastAlike(exchanges, i)
		if last > i {
			// The suite pauses for at most a second between two looks.
			fmt.Fprintf(&s.body, "# Asked %d times in all, with pauses.\nsleep %d\n", last-i+1, last-i)
			s.request(exchanges[last])
			s.keep(last)
			i = last
		}
	}
}

// lastAlike is the last of the looks at the same thing that begin at i.
func lastAlike(exchanges []Exchange, i int) int {
	last := i
	for last+1 < len(exchanges) && isLook(exchanges[i], exchanges[last+1]) {
		last++
	}
	return last
}

// isLook says whether the second request only looks again at what the first did.
func isLook(first, second Exchange) bool {
	return first.Method == http.MethodGet && second.Method == http.MethodGet && first.Step == second.Step &&
		first.URL == second.URL && reflect.DeepEqual(first.Request, second.Request)
}

func (s *script) request(exchange Exchange) {
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

func (s *script) method(exchange Exchange) string {
	if exchange.Method == http.MethodGet && exchange.Request.Body == "" {
		return ""
	}
	return "-X " + quoted(oneLine(exchange.Method)) + " "
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

// headers are the request's own; curl would add a type of its own to a body.
func (s *script) headers(message Message) []string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(message.Header)) {
		for _, value := range message.Header[name] {
			parts = append(parts, s.headerLine(oneLine(name), oneLine(value)))
		}
	}
	if message.Body != "" && message.ContentType() == "" {
		parts = append(parts, "-H 'Content-Type:'")
	}
	return parts
}

func oneLine(text string) string { return strings.ReplaceAll(Visible(text), "\n", `\n`) }
