package spec_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// complaint is a matcher and an answer that it does not accept; not asks for
// the message of its negation instead.
type complaint struct {
	name    string
	matcher OmegaMatcher
	reply   wire.Reply
	not     bool
}

// redirect is an answer that leads elsewhere.
func redirect(status int, location string) wire.Reply {
	answer := reply(api, get, status, "")
	answer.AnswerHeader.Set("Location", location)
	return answer
}

func complaints() []complaint {
	session := func(fields string) wire.Reply { return reply(api, get, 200, "{"+fields+"}") }
	notFound := reply(api, get, 404, fmt.Sprintf(apiError, "NOT_FOUND"))
	long := strings.Repeat("<p>Sorry, é</p> ", 40)
	return []complaint{
		{"refused with another error", spec.BeRefusedWith(spec.NotAllowedInCurrentState), notFound, false},
		{"refused with another status", spec.BeRefusedWith(spec.NotFound), reply(rest, get, 500, fmt.Sprintf(restError, "not_found")), false},
		{"not refused", spec.BeRefusedWith(spec.InvalidArgument, spec.UnexpectedInput), reply(api, remove, 204, ""), false},
		{"refused, two statuses documented", spec.BeRefusedWith(spec.ResourceBusy), reply(rest, create, 200, `{"value":"s-1"}`), false},
		{"refused in XML", spec.BeRefusedWith(spec.NotFound), reply(xml, get, 400, fmt.Sprintf(xmlError, "invalid_argument")), false},
		{"refused with text", spec.BeRefusedWith(spec.NotFound), reply(api, get, 500, "Internal Server Error"), false},
		{"no answer", spec.BeRefusedWith(spec.NotFound), unanswered(), false},
		{"half an answer", spec.BeRefusedWith(spec.NotFound), halfAnswered(), false},
		{"rejected", spec.BeRejected(), reply(api, get, 500, long), false},
		{"a redirect", spec.BeRejected(), reply(api, get, 302, ""), false},
		{"a redirect elsewhere", spec.BeRejected(), redirect(302, "https://sso.example/login?token=secret"), false},
		{"answered with", spec.BeAnsweredWith(400), notFound, false},
		{"unsuccessful", spec.BeUnsuccessful(), reply(api, create, 201, `"s-1"`), false},
		{"not a refusal", spec.BeRefusedWith(spec.NotFound), notFound, true},
		{"documented: status", spec.BeDocumented(), reply(api, create, 200, `"s-1"`), false},
		{"documented: wrapper in api", spec.BeDocumented(), reply(api, create, 201, `{"value":"s-1"}`), false},
		{"documented: no wrapper in rest", spec.BeDocumented(), reply(rest, create, 200, `"s-1"`), false},
		{"documented: other wrapper", spec.BeDocumented(), reply(rest, create, 200, `{"value":"s-1","id":"s-1"}`), false},
		{"documented: a body", spec.BeDocumented(), reply(rest, remove, 200, "{}"), false},
		{"documented: not JSON", spec.BeDocumented(), reply(api, get, 200, "<html>Log in</html>"), false},
		{"documented: broken XML", spec.BeDocumented(), reply(xml, get, 200, "<Get-Result><value>"), false},
		{"documented: nothing", spec.BeDocumented(), reply(api, list, 200, ""), false},
		{"documented: bytes", spec.BeDocumented(), reply(api, list, 200, "[\xff\xfe]"), false},
		{"documented: a name twice", spec.BeDocumented(), session(`"state":"ACTIVE","state":"DONE"`), false},
		{"documented: a long id", spec.BeDocumented(), reply(api, create, 201, `"`+strings.Repeat("x", 5000)+`"`), false},
		{"documented: wrong in a list", spec.BeDocumented(), reply(api, list, 200, `["a",7]`), false},
		{"documented: infos", spec.BeDocumented(), reply(api, files, 200, `{"files":[]}`), false},
		{"succeed", spec.Succeed(), notFound, false},
		{"succeed without id", spec.Succeed(), reply(rest, create, 200, `{"value":null}`), false},
		{"gone", spec.BeGone(), session(`"state":"CANCELED"`), false},
		{"over", spec.BeOver(), session(`"state":"ACTIVE"`), false},
		{"not over", spec.BeOver(), session(`"state":"DONE"`), true},
		{"state", spec.HaveState(spec.Canceled), session(`"state":"ACTIVE"`), false},
		{"state in another case", spec.HaveState(spec.Active), session(`"state":"active"`), false},
		{"state of nothing", spec.HaveState(spec.Active), notFound, false},
		{"state of a list", spec.HaveState(spec.Active), reply(api, get, 200, "[]"), false},
		{"number as a string", spec.ShowNumber("client_progress", 0), session(`"client_progress":"0"`), false},
		{"number outside", spec.ShowNumberBetween("client_progress", 0, 100), session(`"client_progress":101`), false},
		{"number after all", spec.NotShowNumber("client_progress", 50), session(`"client_progress":50`), false},
		{"string after all", spec.NotShow("id", "x"), session(`"id":"x"`), false},
		{"time after all", spec.NotShowTime("expiration_time", time.Unix(0, 0)), session(`"expiration_time":"1970-01-01T00:00:00Z"`), false},
		{"field after all", spec.ShowNo("error_message"), session(`"error_message":{"id":"x"}`), false},
		{"not in an enum", spec.ShowOneOf("state", "ACTIVE", "ERROR"), session(`"state":true`), false},
		{"another item", spec.OfItem(library.Item{ID: "i-1"}), session(`"library_item_id":"i-2"`), false},
		{"no item", spec.OfItem(library.Item{ID: "i-1"}), session(`"library_item_id":null`), false},
		{"a field missing", spec.ShowEveryField(), session(`"library_item_id":"i-1"`), false},
		{"no progress", spec.ShowEveryField(), session(`"library_item_id":"i","library_item_content_version":"1","state":"ACTIVE","expiration_time":"x","client_progress":null`), false},
		{"time in no form", spec.ShowTime("expiration_time"), session(`"expiration_time":"tomorrow"`), false},
		{"time without zone in api", spec.ShowTime("expiration_time"), session(`"expiration_time":"2013-06-06T22:13:05"`), false},
		{"time gone by", spec.ShowFutureTime("expiration_time"), session(`"expiration_time":"2013-06-06T22:13:05Z"`), false},
		{"no time", spec.ShowFutureTime("expiration_time"), session(`"expiration_time":1`), false},
	}
}

// What a user reads of each kind of failure; go test -update writes it anew.
func TestMessages(t *testing.T) {
	g := NewWithT(t)
	var got strings.Builder
	for _, one := range complaints() {
		accepted, err := one.matcher.Match(one.reply)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(accepted).To(Equal(one.not), one.name)
		message := one.matcher.FailureMessage
		if one.not {
			message = one.matcher.NegatedFailureMessage
		}
		fmt.Fprintf(&got, "== %s\n%s\n\n", one.name, message(one.reply))
	}
	goldie.New(t, goldie.WithNameSuffix(".txt")).Assert(t, "messages", []byte(got.String()))
}

// The first line groups equal faults: it holds nothing that differs from run to run.
func TestTheFirstLineHoldsNoIDAndNoTime(t *testing.T) {
	g := NewWithT(t)
	first := func(id, hour string) (lines []string) {
		later := `{"t":"2013-06-06T` + hour + `:13:05"}`
		for _, one := range []complaint{
			{matcher: spec.OfItem(library.Item{ID: "want-" + id}), reply: reply(api, get, 200, `{"library_item_id":"got-`+id+`"}`)},
			{matcher: spec.BeDocumented(), reply: reply(rest, create, 200, `"`+id+`"`)},
			{matcher: spec.BeDocumented(), reply: reply(rest, remove, 200, `"`+id+`"`)},
			{matcher: spec.BeDocumented(), reply: reply(api, list, 200, `"`+id+`"`)},
			{matcher: spec.HaveState(spec.Active), reply: reply(api, get, 200, `"`+id+`"`)},
			{matcher: spec.HaveState(spec.Active), reply: reply(api, get, 200, "no "+id)},
			{matcher: spec.HaveState(spec.Active), reply: reply(api, get, 200, map[string]string{"1": "x", "2": "y"}[id])},
			{matcher: spec.ShowTime("t"), reply: reply(api, get, 200, later)},
			{matcher: spec.ShowFutureTime("t"), reply: reply(api, get, 200, later)},
		} {
			line, _, _ := strings.Cut(one.matcher.FailureMessage(one.reply), "\n")
			lines = append(lines, line)
		}
		return lines
	}
	g.Expect(first("1", "10")).To(Equal(first("2", "11")))
}
