package har

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"unicode/utf8"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

const (
	// httpVersion is a guess that no viewer depends on: a run does not keep it.
	httpVersion = "HTTP/1.1"
	// unknownSize is how HAR says that a size is not known.
	unknownSize = -1
	// unknownType is how Chromium names what has no Content-Type.
	unknownType = "x-unknown"
)

func requestOf(exchange report.Exchange) request {
	address := encode(exchange.URL)
	return request{
		Method:      visible.Text(exchange.Method),
		URL:         address,
		HTTPVersion: httpVersion,
		Cookies:     []pair{},
		Headers:     headersOf(exchange.Request),
		QueryString: queryOf(address),
		PostData:    postDataOf(exchange.Request),
		HeadersSize: unknownSize,
		BodySize:    sizeOf(exchange.Request),
	}
}

func responseOf(exchange report.Exchange) response {
	message := exchange.Response
	out := response{
		Status:      exchange.Status,
		StatusText:  http.StatusText(exchange.Status),
		HTTPVersion: httpVersion,
		Cookies:     []pair{},
		Headers:     headersOf(message),
		Content:     contentOf(message),
		RedirectURL: utf8Of(http.Header(message.Header).Get("Location")),
		HeadersSize: unknownSize,
		BodySize:    sizeOf(message),
		Error:       visible.Text(exchange.Error),
	}
	if exchange.Status == 0 {
		out.HTTPVersion, out.BodySize = "", unknownSize
		out.Error = cmp.Or(out.Error, "no answer")
	}
	return out
}

func headersOf(message report.Message) []pair {
	headers := []pair{}
	for _, name := range slices.Sorted(maps.Keys(message.Header)) {
		for _, value := range message.Header[name] {
			headers = append(headers, pair{utf8Of(name), utf8Of(value)})
		}
	}
	return headers
}

func contentOf(message report.Message) content {
	text, encoding := bodyOf(message)
	out := content{Size: len(message.Text()), MimeType: typeOf(message), Text: text, Encoding: encoding}
	if message.Truncated {
		out.Comment = results.WentOn
	}
	return out
}

func postDataOf(message report.Message) *postData {
	if message.Body == "" {
		return nil
	}
	text, encoding := bodyOf(message)
	out := &postData{MimeType: typeOf(message), Text: text, Encoding: encoding}
	if message.Truncated {
		out.Comment = results.WentOn
	}
	return out
}

// bodyOf is the body as JSON can carry it: text, or base64 if it is no UTF-8.
func bodyOf(message report.Message) (text, encoding string) {
	if message.Encoding != "" {
		return message.Body, message.Encoding
	}
	return utf8Of(message.Body), ""
}

func typeOf(message report.Message) string {
	return cmp.Or(utf8Of(message.ContentType()), unknownType)
}

func sizeOf(message report.Message) int {
	if message.Truncated {
		return unknownSize
	}
	return len(message.Text())
}

// utf8Of makes visible what JSON cannot carry; all else it carries as it is.
func utf8Of(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return visible.Text(text)
}
