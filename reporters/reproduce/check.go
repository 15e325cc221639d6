package reproduce

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"session-conformance/reporters/report"
)

// judged is the index of the exchange whose answer was wrong; what follows it is
// not sent. Below 0 no answer alone tells that it was.
func (s *script) judged() int {
	last := len(s.result.Exchanges) - 1
	switch failure := s.result.Failure; {
	case failure == nil:
		return last
	case failure.Exchange != nil:
		return min(*failure.Exchange, last)
	}
	return -1
}

// checks are the calls that hold an answer to what is documented: what came before
// the wrong one was right as it was.
func (s *script) checks(at int) []string {
	if at == s.judged() {
		return s.wrongs(at)
	}
	exchange := s.result.Exchanges[at]
	status := exchange.Status
	switch {
	case strings.Contains(exchange.URL, "$TRANSFER_PATH"):
		return nil // what it comes to shows afterwards
	case status/100 == 2:
		return []string{"answered 2??"}
	case status != 0 && status < 500:
		// Whether it was right to refuse may be what is wrong.
		return []string{fmt.Sprintf("answered 2?? %d", status)}
	}
	return nil
}

// wrongs are the checks that the answer of the run did not pass.
func (s *script) wrongs(at int) []string {
	failure := s.result.Failure
	switch {
	case failure == nil:
		return []string{"answered [1-5]??"}
	case failure.Before != nil:
		return s.compared(*failure, at)
	case failure.Answer != nil:
		return []string{s.wrongAnswer(*failure, at)}
	case failure.Field == "Content-Type" && failure.Want != nil:
		return []string{"labelled " + Quote(oneLine(*failure.Want))}
	case failure.Field != "":
		return s.wrongField(*failure, at)
	case len(failure.Lacks)+len(failure.Holds) > 0:
		return s.wrongTexts(at, failure.Lacks, failure.Holds)
	case failure.Want != nil && failure.Was != nil && *failure.Want != *failure.Was:
		return s.wrongTexts(at, strings.Split(*failure.Want, "\n"), strings.Split(*failure.Was, "\n"))
	}
	return []string{s.unlike(at)}
}

// wrongAnswer is about the status and the type of an error, or about the form.
func (s *script) wrongAnswer(failure report.Failure, at int) string {
	came, wanted := failure.Answer, failure.Wanted
	if wanted == nil || wanted.Status == 0 {
		return s.unlike(at)
	}
	statuses := append([]int{wanted.Status}, wanted.Also...)
	if right := slices.Contains(statuses, came.Status); right && (wanted.Type == "" || came.Type == wanted.Type || came.Type == "") {
		return s.unlike(at)
	}
	call := "answered"
	for _, status := range statuses {
		call += fmt.Sprintf(" %d", status)
	}
	if wanted.Type != "" {
		call += " " + Quote(oneLine(wanted.Type))
	}
	return call
}

// wrongField is about the value of a member.
func (s *script) wrongField(failure report.Failure, at int) []string {
	name := Quote(oneLine(failure.Field))
	body := s.result.Exchanges[at].Response.Text()
	number := occurrence(body, failure)
	suffix := ""
	if number > 1 {
		suffix = fmt.Sprintf(" %d", number)
	}
	switch {
	case failure.Absent && number > 0, failure.Was == nil && !failure.Absent:
		return []string{s.unlike(at)} // it is somewhere else, or no text
	case failure.Absent && failure.Want == nil:
		return []string{"has " + name}
	case number == 0 && !failure.Absent:
		return nil // what is compared was made of the answer
	case failure.Want != nil && failure.Was != nil && *failure.Want == *failure.Was:
		return []string{"written " + name + " " + singleQuoted(oneLine(otherKind(body, failure))) + suffix}
	case failure.Want != nil:
		return []string{"shows " + name + " " + s.words(oneLine(*failure.Want)).String() + suffix}
	case s.isOver(*failure.Was):
		return []string{"future " + name}
	}
	return []string{"hides " + name + " " + singleQuoted(globOf(oneLine(*failure.Was))) + suffix}
}

// isOver says whether the text is a time before the run.
func (s *script) isOver(text string) bool {
	instant, err := time.Parse(time.RFC3339, text)
	return err == nil && instant.Before(s.run.Started)
}

// otherKind is the value as JSON should write it: what came was right but for its
// kind.
func otherKind(body string, failure report.Failure) string {
	if strings.Contains(body, `"`+*failure.Was+`"`) {
		return *failure.Want
	}
	return `"` + *failure.Want + `"`
}

// wrongTexts are about lines that must be in the answer, and those that must not.
func (s *script) wrongTexts(at int, wanted, came []string) []string {
	body := s.result.Exchanges[at].Response.Text()
	if len(valuesIn(body)) == 0 && strings.Trim(body, " []{}\n") != "" {
		return nil // the bytes of a file
	}
	var calls []string
	for _, line := range wanted {
		if line != "" && !slices.Contains(came, line) {
			calls = append(calls, "mentions "+s.words(oneLine(line)).String())
		}
	}
	for _, line := range came {
		if line != "" && !strings.Contains(body, line) {
			return nil // it is about more than this answer
		}
		if line != "" && !slices.Contains(wanted, line) {
			calls = append(calls, "omits "+s.words(oneLine(line)).String())
		}
	}
	return calls
}

// compared is about a member of two answers: none where both show it alike, and
// something else is wrong with one of them.
func (s *script) compared(failure report.Failure, at int) []string {
	name, before := s.earlier(failure)
	now := valueOf(s.result.Exchanges[at].Response.Text(), failure.Field)
	call := "same"
	if failure.Want == nil && strings.HasSuffix(name, "_"+failure.Field) {
		call = "differs"
	}
	if name == "" || (now == before) == (call == "same") {
		return nil
	}
	return []string{call + ` "$BEFORE" ` + Quote(oneLine(failure.Field))}
}

// earlier is the member that the wrong one is compared with, and its value.
func (s *script) earlier(failure report.Failure) (name, value string) {
	for _, member := range membersIn(s.result.Exchanges[*failure.Before].Response.Text()) {
		if member.name != "" && (strings.HasSuffix(member.name, failure.Field) || strings.HasSuffix(failure.Field, member.name)) {
			return member.name, member.text
		}
	}
	return "", ""
}

// valueOf is the value of the first of the outermost members of the name.
func valueOf(body, name string) string {
	best := member{}
	for _, one := range membersIn(body) {
		if one.name == name && (best.name == "" || one.depth < best.depth) {
			best = one
		}
	}
	return best.text
}

// unlike is about all that came; its form is not known where it was cut.
func (s *script) unlike(at int) string {
	exchange := s.result.Exchanges[at]
	status := exchange.Status
	if exchange.Error != "" {
		return "answered [1-5]??"
	}
	return fmt.Sprintf("unlike %d %d", status, cksum(form(exchange.Response.Text())))
}
