package spec_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var (
	api    = wire.Variant{Binding: wire.API, Route: wire.Path, Representation: wire.JSON}
	rest   = wire.Variant{Binding: wire.Rest, Route: wire.Path, Representation: wire.JSON}
	legacy = wire.Variant{Binding: wire.Legacy, Route: wire.Path, Representation: wire.JSON}
	xml    = wire.Variant{Binding: wire.Legacy, Route: wire.Path, Representation: wire.XML}
)

const date = "Tue, 05 Mar 2024 12:00:00 GMT"

// reply is the answer to an operation, with the content type that its body suggests.
func reply(variant wire.Variant, operation string, status int, body string) wire.Reply {
	header := http.Header{"Date": {date}}
	switch trimmed := strings.TrimSpace(body); {
	case strings.HasPrefix(trimmed, "<html"):
		header.Set("Content-Type", "text/html")
	case strings.HasPrefix(trimmed, "<"):
		header.Set("Content-Type", "application/xml")
	case trimmed != "" && strings.ContainsAny(trimmed[:1], `{["n0123456789`):
		header.Set("Content-Type", "application/json")
	case trimmed != "":
		header.Set("Content-Type", "text/plain")
	}
	return wire.Decode(wire.Exchange{Status: status, AnswerHeader: header, Answer: []byte(body)}, variant, operation)
}

// unanswered is a request that got no answer.
func unanswered() wire.Reply {
	return wire.Decode(wire.Exchange{Err: errors.New("broke off")}, api, get)
}

const (
	create  = "download_session.create"
	get     = "download_session.get"
	list    = "download_session.list"
	remove  = "download_session.delete"
	files   = "downloadsession.file.list"
	checked = "updatesession.file.validate"

	apiError    = `{"error_type":"%s","messages":[]}`
	restError   = `{"type":"com.vmware.vapi.std.errors.%s","value":{"messages":[]}}`
	xmlError    = `<Error xmlns="http://vmware.com/vapi/rest/base"><type>com.vmware.vapi.std.errors.%s</type><value/></Error>`
	xmlSession  = `<Get-Result><value>%s</value></Get-Result>`
	restSession = `{"value":%s}`
)

// answer is a reply and whether the matcher accepts it.
type answer struct {
	variant  wire.Variant
	status   int
	body     string
	accepted bool
}

func TestMatchersAcceptExactlyWhatIsDocumented(t *testing.T) {
	notFound, busy := fmt.Sprintf(apiError, "NOT_FOUND"), fmt.Sprintf(restError, "resource_busy")
	for name, test := range map[string]struct {
		operation string
		matcher   OmegaMatcher
		answers   []answer
	}{
		"BeRefusedWith": {get, spec.BeRefusedWith(spec.NotFound), []answer{
			{api, 404, notFound, true}, {api, 404, fmt.Sprintf(apiError, "not_found"), true},
			{rest, 404, fmt.Sprintf(restError, "not_found"), true}, {xml, 404, fmt.Sprintf(xmlError, "not_found"), true},
			// The other binding's shape, none, or no error at all: protocol.error is about that.
			{api, 404, fmt.Sprintf(restError, "not_found"), true}, {rest, 404, notFound, true},
			{api, 404, "{}", true}, {api, 404, "", true}, {api, 404, "404 page not found", true}, {api, 404, "<html>", true}, {api, 404, "[]", true},
			{api, 404, `{"error_type":7,"messages":[]}`, true},
			{api, 404, fmt.Sprintf(apiError, "INVALID_ARGUMENT"), false}, {xml, 404, fmt.Sprintf(xmlError, "invalid_argument"), false},
			{api, 400, notFound, false}, {api, 200, notFound, false}, {api, 500, notFound, false}, {api, 200, "", false}, {api, 204, "", false}, {api, 302, "", false},
		}},
		"BeRefusedWith one of two": {get, spec.BeRefusedWith(spec.InvalidArgument, spec.NotFound), []answer{
			{api, 404, notFound, true}, {api, 400, fmt.Sprintf(apiError, "INVALID_ARGUMENT"), true}, {api, 400, "", true},
			{api, 400, notFound, false}, {api, 404, fmt.Sprintf(apiError, "INVALID_ARGUMENT"), false}, {api, 403, "", false},
		}},
		"BeRefusedWith resource_busy": {"update_session.create", spec.BeRefusedWith(spec.ResourceBusy), []answer{
			{rest, 400, busy, true}, {rest, 500, busy, true}, {legacy, 400, busy, true}, {api, 500, fmt.Sprintf(apiError, "RESOURCE_BUSY"), true},
			{api, 400, fmt.Sprintf(apiError, "RESOURCE_BUSY"), false}, {rest, 409, busy, false},
		}},
		"BeRejected": {get, spec.BeRejected(),
			[]answer{{api, 400, "", true}, {api, 499, "x", true}, {api, 399, "", false}, {api, 500, "", false}, {api, 200, "", false}}},
		"BeAnsweredWith": {get, spec.BeAnsweredWith(400),
			[]answer{{api, 400, "", true}, {api, 400, "x", true}, {api, 404, "", false}, {api, 200, "", false}}},
		"BeUnsuccessful": {get, spec.BeUnsuccessful(),
			[]answer{{api, 400, "", true}, {api, 500, "x", true}, {api, 302, "", true}, {api, 200, "", false}, {api, 204, "", false}}},
		"BeDocumented, no result": {remove, spec.BeDocumented(), []answer{
			{api, 204, "", true}, {api, 200, "", false}, {api, 404, notFound, false},
			{rest, 200, "", true}, {rest, 200, " \r\n", true}, {rest, 200, "null", true}, {legacy, 200, "", true},
			{rest, 204, "", false}, {rest, 200, "{}", false}, {rest, 200, `{"value":null}`, false}, {rest, 200, "OK", false}, {rest, 200, `""`, false}, {rest, 200, "[]", false},
			{xml, 200, "<Delete-Result/>", true}, {xml, 200, "<Delete-Result> </Delete-Result>", true}, {xml, 200, "", true}, {xml, 200, "<Delete-Result><value/></Delete-Result>", false},
		}},
		"BeDocumented, an id": {create, spec.BeDocumented(), []answer{
			{api, 201, `"s-1"`, true}, {api, 200, `"s-1"`, false}, {api, 201, `{"value":"s-1"}`, false}, {api, 201, `""`, false}, {api, 201, "7", false},
			{api, 201, "null", false}, {api, 201, "", false}, {api, 201, "s-1", false},
			{rest, 200, `{"value":"s-1"}`, true}, {rest, 201, `{"value":"s-1"}`, false}, {rest, 200, `"s-1"`, false}, {rest, 200, `{"value":"s-1","id":"s-1"}`, false},
			{rest, 200, `{"value":null}`, false}, {rest, 200, `{"value":{"id":"s-1"}}`, false}, {rest, 200, `{}`, false},
			{xml, 200, "<Create-Result><value>s-1</value></Create-Result>", true}, {xml, 200, "<Create-Result><value/></Create-Result>", false}, {xml, 200, "<Create-Result>s-1</Create-Result>", false},
		}},
		"BeDocumented, ids": {list, spec.BeDocumented(), []answer{
			{api, 200, "[]", true}, {api, 200, `["a","b"]`, true}, {api, 200, `["a",""]`, false}, {api, 200, `["a",1]`, false}, {api, 200, "null", false}, {api, 200, "{}", false},
			{rest, 200, `{"value":[]}`, true}, {rest, 200, "[]", false}, {rest, 200, `{"value":null}`, false},
			{xml, 200, "<List-Result><value-array/></List-Result>", true}, {xml, 200, "<List-Result><value-array><array-item>a</array-item></value-array></List-Result>", true}, {xml, 200, "<List-Result/>", false},
		}},
		"BeDocumented, a session": {get, spec.BeDocumented(),
			[]answer{{api, 200, "{}", true}, {api, 200, "[]", false}, {api, 201, "{}", false}, {rest, 200, `{"value":{}}`, true},
				{rest, 200, "{}", false}, {rest, 200, `{"value":[]}`, false}}},
		"BeDocumented, infos": {files, spec.BeDocumented(),
			[]answer{{api, 200, "[]", true}, {api, 200, "{}", false}, {rest, 200, `{"value":[{}]}`, true}, {rest, 200, `[]`, false}}},
		"BeDocumented, a validation": {checked, spec.BeDocumented(),
			[]answer{{api, 200, "{}", true}, {api, 200, "null", false}, {api, 204, "", false}}},
		"Succeed, whatever status": {create, spec.Succeed(),
			[]answer{{api, 201, `"s"`, true}, {api, 200, `"s"`, true}, {api, 200, `{"value":"s"}`, false}, {api, 400, notFound, false}}},
		"Succeed without result": {remove, spec.Succeed(),
			[]answer{{rest, 204, "", true}, {rest, 200, "", true}, {rest, 200, "{}", false},
				{api, 200, "", true}, {rest, 302, "", false}}},
		"BeGone": {get, spec.BeGone(),
			[]answer{{api, 404, notFound, true}, {api, 404, "", true}, {api, 410, "", false},
				{api, 400, notFound, false}, {api, 200, "{}", false}}},
		"BeOver": {get, spec.BeOver(), []answer{
			{api, 404, notFound, true}, {api, 200, `{"state":"CANCELED"}`, true}, {api, 200, `{"state":"ERROR"}`, true}, {rest, 200, `{"value":{"state":"DONE"}}`, true},
			{api, 200, `{"state":"ACTIVE"}`, false}, {api, 200, `{"state":"active"}`, false}, {api, 200, `{"state":""}`, false}, {api, 200, "{}", false},
			{api, 400, "", false}, {api, 200, "", false}, {rest, 200, `{"state":"DONE"}`, false}, {api, 500, `{"state":"DONE"}`, false},
		}},
	} {
		t.Run(name, func(t *testing.T) { check(t, test.operation, test.matcher, test.answers) })
	}
}

func check(t *testing.T, operation string, matcher OmegaMatcher, answers []answer) {
	t.Helper()
	g := NewWithT(t)
	for _, one := range answers {
		reply := reply(one.variant, operation, one.status, one.body)
		accepted, err := matcher.Match(reply)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(accepted).To(Equal(one.accepted), "%s %d %s", one.variant, one.status, one.body)
	}
	g.Expect(unanswered()).NotTo(matcher, "no answer is accepted by none")
	_, err := matcher.Match("a string")
	g.Expect(err).To(HaveOccurred())
}

// model is a session's body, in whatever binding, and whether it is accepted.
type model struct {
	variant  wire.Variant
	body     string
	accepted bool
}

func TestModelMatchersAcceptExactlyWhatIsDocumented(t *testing.T) {
	instant := time.Date(2001, 2, 3, 4, 5, 6, 7e6, time.UTC)
	const whole = `{"library_item_id":"i","library_item_content_version":"1","state":"ACTIVE","expiration_time":"x","client_progress":0}`
	for name, test := range map[string]struct {
		matcher OmegaMatcher
		models  []model
	}{
		"HaveState": {spec.HaveState(spec.Active), []model{
			{api, `{"state":"ACTIVE"}`, true}, {xml, "<state> ACTIVE\n</state>", true},
			{api, `{"state":"active"}`, false}, {api, `{"state":"Active"}`, false}, {api, `{"state":" ACTIVE"}`, false}, {api, `{"state":"CANCELED"}`, false},
			{api, `{"state":1}`, false}, {api, `{"state":null}`, false}, {api, `{"state":["ACTIVE"]}`, false}, {api, `{"State":"ACTIVE"}`, false}, {api, "{}", false}, {xml, "<state/>", false},
		}},
		"ShowNumber": {spec.ShowNumber("n", 0), []model{
			{api, `{"n":0}`, true}, {api, `{"n":0.0}`, true}, {api, `{"n":0e5}`, true}, {api, `{"n":-0}`, true}, {xml, "<n>0</n>", true}, {xml, "<n> 0 </n>", true},
			{api, `{"n":"0"}`, false}, {api, `{"n":0.5}`, false}, {api, `{"n":1}`, false}, {api, `{"n":null}`, false}, {api, `{"n":false}`, false}, {api, "{}", false}, {xml, "<n/>", false}, {xml, "<n>zero</n>", false},
		}},
		"ShowNumberBetween": {spec.ShowNumberBetween("n", 0, 100), []model{
			{api, `{"n":0}`, true}, {api, `{"n":100}`, true}, {api, `{"n":1e2}`, true}, {api, `{"n":-1}`, false}, {api, `{"n":101}`, false}, {api, `{"n":"7"}`, false}, {api, `{"n":1e400}`, false},
		}},
		"NotShowNumber": {spec.NotShowNumber("n", 50),
			[]model{{api, `{"n":0}`, true}, {api, "{}", true}, {api, `{"n":50}`, false}, {api, `{"n":50.0}`, false}}},
		"NotShow": {spec.NotShow("f", "x"), []model{{api, `{"f":"y"}`, true}, {api, "{}", true}, {api, `{"f":"x"}`, false}}},
		"NotShowTime": {spec.NotShowTime("t", instant), []model{
			{api, `{"t":"2024-01-01T00:00:00Z"}`, true}, {api, "{}", true}, {api, `{"t":"2001-02-03T04:05:06.007Z"}`, false},
			{legacy, `{"t":"2001-02-03T04:05:06"}`, false}, {api, `{"t":"2001-02-03T05:05:06.007+01:00"}`, false},
		}},
		"ShowNo": {spec.ShowNo("f"), []model{{api, "{}", true}, {api, `{"f":null}`, true}, {api, `{"f":""}`, false},
			{api, `{"f":{}}`, false}, {xml, "<f/>", false}}},
		"ShowOneOf": {spec.ShowOneOf("f", "a", "b"), []model{{api, `{"f":"b"}`, true}, {api, `{"f":"A"}`, false}, {api, "{}", false}}},
		"OfItem": {spec.OfItem(library.Item{ID: "i:1"}),
			[]model{{api, `{"library_item_id":"i:1"}`, true}, {api, `{"library_item_id":"i"}`, false}, {api, "{}", false}}},
		"ShowEveryField": {spec.ShowEveryField(), []model{
			{api, whole, true}, {api, strings.Replace(whole, `"client_progress":0`, `"client_progress":"0"`, 1), false}, {api, strings.Replace(whole, `:"1"`, ":1", 1), false},
			{api, strings.Replace(whole, `"x"`, "null", 1), false}, {api, strings.Replace(whole, `"state":"ACTIVE",`, "", 1), false},
		}},
		"ShowTime": {spec.ShowTime("t"), []model{
			{legacy, `{"t":"2013-06-06T22:13:05"}`, true}, {rest, `{"t":"2015-01-01T22:13:05.651Z"}`, true}, {api, `{"t":"2015-01-01T22:13:05+02:00"}`, true},
			{xml, "<t>2013-06-06T22:13:05</t>", true}, {legacy, `{"t":"2015-01-01T22:13:05.651Z"}`, true}, {rest, `{"t":"2013-06-06T22:13:05"}`, true},
			{api, `{"t":"2013-06-06T22:13:05"}`, false}, {api, `{"t":"2013-06-06 22:13:05Z"}`, false}, {api, `{"t":"2013-06-06"}`, false}, {api, `{"t":1370556785}`, false},
			{api, `{"t":"2013-13-06T22:13:05Z"}`, false}, {api, `{"t":""}`, false}, {api, `{"t":null}`, false}, {api, "{}", false},
		}},
		// The server's clock says noon; a time without a zone may be up to 14 hours off.
		"ShowFutureTime": {spec.ShowFutureTime("t"), []model{
			{api, `{"t":"2024-03-05T12:05:00Z"}`, true}, {api, `{"t":"2024-03-05T11:59:30Z"}`, true}, {api, `{"t":"2024-03-05T13:30:00+01:00"}`, true},
			{api, `{"t":"2024-03-05T11:58:00Z"}`, false}, {api, `{"t":"2024-03-05T12:30:00+01:00"}`, false}, {api, `{"t":"soon"}`, false}, {api, "{}", false},
			{legacy, `{"t":"2024-03-04T22:00:00"}`, true}, {legacy, `{"t":"2024-03-04T21:00:00"}`, false},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			answers := []answer{{api, 404, fmt.Sprintf(apiError, "NOT_FOUND"), false}, {api, 200, "", false}, {api, 200, "[]", false},
				{rest, 200, test.models[0].body, false}}
			for _, one := range test.models {
				answers = append(answers, answer{one.variant, 200, wrapped(one.variant, one.body), one.accepted})
			}
			check(t, get, test.matcher, answers)
		})
	}
}

func wrapped(variant wire.Variant, body string) string {
	switch {
	case variant.Representation == wire.XML:
		return fmt.Sprintf(xmlSession, body)
	case variant.Binding != wire.API:
		return fmt.Sprintf(restSession, body)
	}
	return body
}

func TestStatusesOfType(t *testing.T) {
	for kind, statuses := range map[string][]int{
		"NOT_FOUND": {404}, "INVALID_ARGUMENT": {400}, "RESOURCE_BUSY": {400, 500}, "NOT_DOCUMENTED": nil, "": nil,
	} {
		NewWithT(t).Expect(spec.StatusesOfType(reply(api, get, 418, fmt.Sprintf(apiError, kind)))).To(Equal(statuses), kind)
	}
	NewWithT(t).Expect(spec.StatusesOfType(reply(api, get, 200, "{}"))).To(BeNil())
}
