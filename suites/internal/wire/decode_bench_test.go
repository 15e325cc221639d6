package wire

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkDecodeJSON has the answers that most requests get, and the largest
// that are decoded at all.
func BenchmarkDecodeJSON(b *testing.B) {
	for name, body := range map[string]string{
		"session": `{"id":"5f1c3a7e-0d1b-4f1e-9f5e-0c5a7c1f2a3b","library_item_content_version":"2","state":"ACTIVE",` +
			`"client_progress":0,"expiration_time":"2015-01-01T22:13:05.651Z","preview_info":{"warnings":[]}}`,
		"error": `{"error_type":"NOT_FOUND","messages":[{"id":"not_found","default_message":"There is no session.","args":["x"]}]}`,
		"ids":   `["` + strings.Repeat(`0c5a7c1f-0d1b-4f1e-9f5e-5f1c3a7e2a3b","`, 25_000) + `"]`,
		"names": manyNames(7_000),
		"deep":  strings.Repeat("[", maxBody),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				_, _ = decodeJSON([]byte(body))
			}
		})
	}
}

// manyNames is an object whose names all have to be kept to find one twice.
func manyNames(count int) string {
	var body strings.Builder
	body.WriteString(`{"member":0`)
	for i := range count {
		fmt.Fprintf(&body, `,"member-%d":{"size":%d,"name":"x"}`, i, i)
	}
	return body.String() + "}"
}
