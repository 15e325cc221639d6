package spec

import (
	"net/http"
	"testing"

	"github.com/onsi/gomega"

	"session-conformance/suites/internal/wire"
)

const (
	rightAPIError  = `{"error_type":"NOT_FOUND","messages":[{"id":"x","default_message":"none","args":["1"]}]}`
	rightRestError = `{"type":"com.vmware.vapi.std.errors.not_found","value":{"messages":[{"id":"x","default_message":"none","args":[]}]}}`
)

// Whatever asked for it, an answer is held against the rules of its binding.
func TestEveryAnswerIsHeldAgainstTheRulesOfItsBinding(t *testing.T) {
	for name, test := range map[string]struct {
		operation string
		binding   wire.Binding
		status    int
		media     string
		body      string
		breaks    []string
	}{
		"a result":             {Download + ".get", wire.API, 200, "application/json;charset=utf-8", `{"id":"x"}`, nil},
		"an error":             {Download + ".get", wire.API, 404, "application/json", rightAPIError, nil},
		"a void":               {Download + ".cancel", wire.API, 204, "", "", nil},
		"null for a void":      {Download + ".cancel", wire.Rest, 200, "application/json", "null", nil},
		"an error of rest":     {Update + ".fail", wire.Rest, 404, "application/json", rightRestError, nil},
		"a gateway":            {Download + ".get", wire.API, 502, "text/html", "<html>", nil},
		"a login that ended":   {Download + ".get", wire.API, 401, "", "", nil},
		"no body for a result": {Download + ".get", wire.Rest, 200, "", "", nil},
		"another label": {UpdateFile + ".get", wire.Rest, 200, "text/html", `{"value":{}}`,
			[]string{"protocol.content_type.json"}},
		"no label": {UpdateFile + ".get", wire.API, 404, "", rightAPIError, []string{"protocol.content_type.json"}},
		"beside value": {Update + ".list", wire.Rest, 200, "application/json", `{"value":[],"n":0}`,
			[]string{"protocol.wrapper.value"}},
		"wrapped in api": {UpdateFile + ".list", wire.API, 200, "application/json", `{"value":[]}`,
			[]string{"protocol.wrapper.bare"}},
		"204 in rest":          {Update + ".fail", wire.Rest, 204, "", "", []string{"protocol.void.empty"}},
		"an object for a void": {Update + ".fail", wire.API, 204, "application/json", "{}", []string{"protocol.void.no_content"}},
		"the error of rest": {Update + ".fail", wire.API, 404, "application/json", rightRestError,
			[]string{"protocol.error.shape_api"}},
		"the error of api": {Update + ".fail", wire.Rest, 404, "application/json", rightAPIError,
			[]string{"protocol.error.shape_rest"}},
		"plain text": {Update + ".fail", wire.API, 404, "text/plain", "not found", []string{"protocol.error.shape_api"}},
		"the status of another": {Update + ".fail", wire.API, 400, "application/json", rightAPIError,
			[]string{"protocol.error.status_matches_type"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			exchange := wire.Exchange{Status: test.status, Answer: []byte(test.body), AnswerHeader: http.Header{}}
			if test.media != "" {
				exchange.AnswerHeader.Set("Content-Type", test.media)
			}
			reply := wire.Decode(exchange, wire.Variant{Binding: test.binding, Route: wire.Path, Representation: wire.JSON},
				test.operation)

			var broken []string
			for _, deviation := range deviationsOf(reply) {
				broken = append(broken, deviation.Behaviour)
				g.Expect(deviation).To(gomega.And(gomega.HaveField("Binding", test.binding), gomega.HaveField("Operation", test.operation)))
			}
			g.Expect(broken).To(gomega.Equal(test.breaks))
		})
	}
}
