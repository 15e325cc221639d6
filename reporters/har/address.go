package har

import (
	"fmt"
	"net/url"
	"strings"
)

// encode is a URL without the characters that none may have: viewers refuse a
// whole archive for one of them. Nor is "#" left, since a fragment is never sent.
func encode(address string) string {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?@!$&'()*+,;="
	authority := authorityEnd(address)
	var out strings.Builder
	for i := range len(address) {
		bracket := i < authority && strings.IndexByte("[]", address[i]) >= 0
		if bracket || strings.IndexByte(allowed, address[i]) >= 0 || isEscape(address[i:]) {
			out.WriteByte(address[i])
		} else {
			fmt.Fprintf(&out, "%%%02X", address[i])
		}
	}
	return out.String()
}

// authorityEnd is where the host and port of a URL end, the one part in which
// brackets may stand.
func authorityEnd(address string) int {
	_, after, found := strings.Cut(address, "://")
	if !found {
		return 0
	}
	if end := strings.IndexAny(after, "/?#"); end >= 0 {
		return len(address) - len(after) + end
	}
	return len(address)
}

func isEscape(text string) bool {
	const hex = "0123456789abcdefABCDEF"
	return len(text) >= 3 && text[0] == '%' && strings.Trim(text[1:3], hex) == ""
}

// queryOf keeps the order, and what is no valid encoding as it is.
func queryOf(address string) []pair {
	query := []pair{}
	_, after, _ := strings.Cut(address, "?")
	for _, part := range strings.Split(after, "&") {
		if part != "" {
			name, value, _ := strings.Cut(part, "=")
			query = append(query, pair{decode(name), decode(value)})
		}
	}
	return query
}

func decode(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return utf8Of(plain)
	}
	return text
}
