package secret

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// spellings are the secret as URLs, JSON, XML and Go's quotes write it, where
// its beginning is still its beginning.
func spellings(secret string) []string {
	all := []string{secret}
	for _, escaped := range []string{url.PathEscape(secret), url.QueryEscape(secret)} {
		spaced := strings.ReplaceAll(escaped, "+", "%20")
		all = append(all, escaped, spaced, lowerHex(escaped), lowerHex(spaced))
	}
	for _, inner := range []string{jsonText(secret, true), jsonText(secret, false)} {
		all = append(all, inner, strings.ReplaceAll(inner, "/", `\/`), goText(inner))
	}
	all = append(all, goText(secret), xmlText(secret), html.EscapeString(secret))
	named := strings.NewReplacer("&#34;", "&quot;", "&#39;", "&apos;")
	all = append(all, named.Replace(html.EscapeString(secret)))
	slices.Sort(all)
	return slices.Compact(all)
}

// encodings are the secret in base64, wherever in a longer text it stands, and
// in hexadecimal digits.
func encodings(secret string) []string {
	all := []string{hex.EncodeToString([]byte(secret)), strings.ToUpper(hex.EncodeToString([]byte(secret)))}
	for before := range 3 {
		text := base64.RawStdEncoding.EncodeToString(append(make([]byte, before), secret...))
		// The digits at the edges also hold bits of what is beside the secret.
		text = text[(before*8+5)/6:]
		if (before+len(secret))%3 != 0 {
			text = text[:len(text)-1]
		}
		all = append(all, text, strings.NewReplacer("+", "-", "/", "_").Replace(text))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

var percent = regexp.MustCompile(`%[0-9A-F]{2}`)

func lowerHex(escaped string) string { return percent.ReplaceAllStringFunc(escaped, strings.ToLower) }

func jsonText(text string, forHTML bool) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(forHTML)
	// A string always encodes.
	_ = encoder.Encode(text)
	quoted := strings.TrimSuffix(out.String(), "\n")
	return quoted[1 : len(quoted)-1]
}

func goText(text string) string {
	quoted := strconv.Quote(text)
	return quoted[1 : len(quoted)-1]
}

func xmlText(text string) string {
	var out strings.Builder
	// A builder takes everything.
	_ = xml.EscapeText(&out, []byte(text))
	return out.String()
}
