package secret

import (
	"bytes"
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
)

// The members that hold transfer URLs (reference, section 3), in JSON and in
// XML. Other endpoints name what the suite itself offers.
var (
	inJSON = regexp.MustCompile(`(?s)"(?:upload|download)_endpoint"\s*:\s*\{[^{}]*?"uri"\s*:\s*("(?:[^"\\]|\\.)*")`)
	inXML  = regexp.MustCompile(`(?s)<(?:\w+:)?(?:upload|download)_endpoint\b[^>]*>.*?<(?:\w+:)?uri\b[^>]*>([^<]*)<`)
)

// TransferURLs are those in an answer.
func TransferURLs(answer []byte) []string {
	if !bytes.Contains(answer, []byte("load_endpoint")) {
		return nil
	}
	var found []string
	for _, member := range inJSON.FindAllSubmatch(answer, -1) {
		var address string
		if json.Unmarshal(member[1], &address) == nil {
			found = append(found, address)
		}
	}
	for _, element := range inXML.FindAllSubmatch(answer, -1) {
		found = append(found, strings.TrimSpace(html.UnescapeString(string(element[1]))))
	}
	return found
}

// Cookies are the values that an answer sets.
func Cookies(header http.Header) []string {
	var found []string
	for _, cookie := range (&http.Response{Header: header}).Cookies() {
		if isToken(cookie.Value) {
			found = append(found, cookie.Value)
		}
	}
	return found
}

// HeaderTokens are the tokens of API sessions in an answer's header.
func HeaderTokens(header http.Header) []string {
	var found []string
	for _, token := range header.Values("Vmware-Api-Session-Id") {
		if isToken(token) {
			found = append(found, token)
		}
	}
	return found
}

// LoginTokens are the texts in the answer to a login that may be a token,
// whatever its shape: one that is not understood is shown in an error.
func LoginTokens(answer []byte) []string {
	var value any
	if json.Unmarshal(answer, &value) == nil {
		return texts(value)
	}
	word := string(bytes.TrimSpace(answer))
	if !isToken(word) || strings.ContainsAny(word, " \t\r\n<{[\"") {
		return nil
	}
	return []string{word}
}

func texts(value any) (found []string) {
	switch value := value.(type) {
	case string:
		if isToken(value) {
			found = append(found, value)
		}
	case []any:
		for _, one := range value {
			found = append(found, texts(one)...)
		}
	case map[string]any:
		for _, one := range value {
			found = append(found, texts(one)...)
		}
	}
	return found
}
