package report

import (
	"encoding/base64"
	"net/http"
)

// Message is one side of an exchange.
type Message struct {
	Header map[string][]string `json:"header,omitempty"`
	Body   string              `json:"body,omitempty"`
	// Encoding is "base64" where the body is not valid UTF-8, else empty.
	Encoding string `json:"encoding,omitempty"`
	// Truncated says that the body went on.
	Truncated bool `json:"truncated,omitempty"`
}

// Text is the body as it went over the wire, valid UTF-8 or not.
func (m Message) Text() string {
	if m.Encoding != "base64" {
		return m.Body
	}
	raw, err := base64.StdEncoding.DecodeString(m.Body)
	if err != nil {
		return m.Body
	}
	return string(raw)
}

// ContentType is the media type that the header names, or empty.
func (m Message) ContentType() string {
	return http.Header(m.Header).Get("Content-Type")
}
