package secret

import (
	"net/url"
	"strings"
)

// shortestToken is less than any token has and more than what a target writes
// for other ends, such as "true" or "en".
const shortestToken = 12

// isToken says whether a text that a target gave out is long enough to keep
// anyone away who does not know it.
func isToken(text string) bool { return len(text) >= shortestToken }

// PathOf is the secret part of a URL that lets everyone in who has it: all
// behind the host, which a reader needs. Empty if it has none.
func PathOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "http" && parsed.Scheme != "https" {
		return ""
	}
	_, behind, _ := strings.Cut(address, "://")
	at := strings.IndexAny(behind, "/?")
	if at < 0 || !isToken(behind[at:]) {
		return ""
	}
	return behind[at:]
}

// HidePath hides what PathOf returns, escaped or not, and the tokens in it, of
// which an answer may tell without the rest. In the place of a path the name
// begins with a slash, so that the URL still is one. A part that the request has
// asked for, such as the id of a session, is no token.
func (b *Book) HidePath(path, name, request string) {
	// Without a token, only the whole is a secret.
	start, at := len(path), 0
	for part := range strings.FieldsFuncSeq(path, delimits) {
		at += strings.Index(path[at:], part)
		if isRandom(part) && !strings.Contains(request, part) {
			b.Hide(part, name)
			start = at
		}
		at += len(part)
	}
	b.hideFrom(path, "/"+name, start)
	if plain, err := url.PathUnescape(path); err == nil && plain != path {
		b.hideFrom(plain, "/"+name, start)
	}
}

func delimits(r rune) bool { return strings.ContainsRune("/?&=", r) }

// shortestRandom is less than a UUID or any other random token has.
const shortestRandom = 16

// isRandom says whether a part of a path looks like a token, and not like a
// folder in words or a file with its extension.
func isRandom(part string) bool {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	if len(part) < shortestRandom || strings.Trim(part, letters+"0123456789-_") != "" {
		return false
	}
	return strings.ContainsAny(part, "0123456789") || strings.Trim(part, letters) == ""
}
