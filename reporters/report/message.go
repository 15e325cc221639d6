package report

import (
	"encoding/base64"
	"net/http"
)

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
