package secret

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"net/url"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
)

const odd = `p/w&"<é>' \$1+%`

func TestASecretIsFoundHoweverItIsWritten(t *testing.T) {
	book := &Book{}
	book.Hide(odd, "$PASSWORD")
	inJSON, err := json.Marshal(odd)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	var inXML strings.Builder
	NewWithT(t).Expect(xml.EscapeText(&inXML, []byte(odd))).To(Succeed())
	for name, text := range map[string]string{
		"as it is":      odd,
		"in a path":     url.PathEscape(odd),
		"in a query":    url.QueryEscape(odd),
		"in lower case": strings.ToLower(url.QueryEscape(odd)),
		"in a form":     strings.ReplaceAll(url.QueryEscape(odd), "+", "%20"),
		"JSON":          strings.Trim(string(inJSON), `"`),
		"JSON of others": strings.ReplaceAll(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`,
			"&").Replace(strings.Trim(string(inJSON), `"`)), "/", `\/`),
		"quoted JSON":     strings.Trim(fmt.Sprintf("%q", strings.Trim(string(inJSON), `"`)), `"`),
		"XML":             inXML.String(),
		"HTML":            html.EscapeString(odd),
		"named entities":  strings.NewReplacer("&#34;", "&quot;", "&#39;", "&apos;").Replace(html.EscapeString(odd)),
		"quoted by Go":    strings.Trim(fmt.Sprintf("%q", odd), `"`),
		"in hexadecimal":  fmt.Sprintf("%x", odd),
		"in HEXADECIMAL":  fmt.Sprintf("%X", odd),
		"more than once":  odd + "$PASSWORD" + odd,
		"beside a letter": "x" + odd + "x",
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			redacted := book.Redact("before " + text + " after")
			g.Expect(redacted).To(MatchRegexp(`^before x?(\$PASSWORD)+x? after$`))
		})
	}
}

func TestASecretIsFoundInBase64WhereverItStands(t *testing.T) {
	g := NewWithT(t)
	book := &Book{}
	book.Hide(odd, "$PASSWORD")
	for before := range 7 {
		for after := range 4 {
			whole := strings.Repeat("a", before) + odd + strings.Repeat("b", after)
			for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
				text := encoding.EncodeToString([]byte(whole))
				redacted := book.Redact(text)
				g.Expect(redacted).To(ContainSubstring("$PASSWORD"), text)
				// Of the secret's bytes, only those that share a digit with others may be left.
				g.Expect(len(redacted)).To(BeNumerically("<=", len("$PASSWORD")+(before+after)*4/3+8), redacted)
			}
		}
	}
}

func TestAPartIsASecretWhereTheTextWasCut(t *testing.T) {
	const token = "0123456789abcdef0123456789abcdef"
	book := &Book{}
	book.Hide(token, "$SESSION_ID")
	long := strings.Repeat("x", 40)
	for text, want := range map[string]string{
		"got " + token[:20]:                     "got $SESSION_ID",
		"the body was " + token[:9] + "...":     "the body was $SESSION_ID...",
		`the string "` + long + token[:9] + `"`: `the string "` + long + `$SESSION_ID"`,
		// Not cut: words that begin alike.
		`{"01234567":1}`:        `{"01234567":1}`,
		token[:20] + " and so":  token[:20] + " and so",
		token[:7]:               token[:7],
		"x" + token[:8] + "...": "x$SESSION_ID...",
	} {
		NewWithT(t).Expect(book.Redact(text)).To(Equal(want))
	}
}

func TestAPathIsFoundWholeAndByItsToken(t *testing.T) {
	book := &Book{}
	book.HidePath("/cls/data/0123456789abcdef0/a%20long%20name%20of%20a%20file.txt?sig=fedcba9876543210f", "$TRANSFER_PATH_1", "")
	for text, want := range map[string]string{
		"PUT /cls/data/0123456789abcdef0/a%20long%20name%20of%20a%20file.txt?sig=fedcba9876543210f": "PUT /$TRANSFER_PATH_1",
		"PUT /cls/data/0123456789abcdef0/a long name of a file.txt?sig=fedcba9876543210f!":          "PUT /$TRANSFER_PATH_1!",
		"no transfer 0123456789abcdef0": "no transfer $TRANSFER_PATH_1",
		"sig fedcba9876...":             "sig $TRANSFER_PATH_1...",
		"GET /cls/data/...":             "GET /cls/data/...",
		"GET /cls/data/0123456...":      "GET /cls/data/0123456...",
		"GET /cls/data/01234567...":     "GET /cls/data/$TRANSFER_PATH_1...",
		"a long name of a file.txt":     "a long name of a file.txt",
	} {
		NewWithT(t).Expect(book.Redact(text)).To(Equal(want))
	}
}

func TestAPathWithoutATokenIsASecretAsAWhole(t *testing.T) {
	g := NewWithT(t)
	book := &Book{}
	book.HidePath("/files/of-the-session/disk-0123456789.vmdk", "$TRANSFER_PATH", "")
	g.Expect(book.Redact("/files/of-the-session/disk-0123456789.vmdk")).To(Equal("/$TRANSFER_PATH"))
	g.Expect(book.Redact("/files/of-the-session/disk-012...")).To(Equal("/files/of-the-session/disk-012..."))
	g.Expect(book.Redact("disk-0123456789.vmdk")).To(Equal("disk-0123456789.vmdk"))
}

func TestWhatLooksRandom(t *testing.T) {
	for part, random := range map[string]bool{
		"8f14e45f-ceea-467f-a1b2-0123456789ab": true, "PQYRKDIYQQPYZJRARZGQUVGAMD": true, "0123456789abcdef": true,
		"content-library-transfer": false, "disk-0123456789.vmdk": false, "0123456789abcde": false,
		"a%20name%20with%20digits%201": false,
	} {
		NewWithT(t).Expect(isRandom(part)).To(Equal(random), part)
	}
}

func TestTheSecretPartOfAURL(t *testing.T) {
	for address, want := range map[string]string{
		"https://vc.example:443/data/0123456789?a=1": "/data/0123456789?a=1",
		"http://vc.example?token=0123456789":         "?token=0123456789",
		"http://vc.example/file":                     "",
		"http://vc.example":                          "",
		"ds:///vmfs/volumes/0123456789":              "",
		"://":                                        "",
		"/data/0123456789":                           "",
	} {
		NewWithT(t).Expect(PathOf(address)).To(Equal(want), address)
	}
}

func TestAShortSecretIsOneOnlyAsAWord(t *testing.T) {
	g := NewWithT(t)
	book := &Book{}
	book.Hide("a", "$PASSWORD")
	book.Hide("s/3", "$OTHER_PASSWORD")
	g.Expect(book.Redact("a a,a-a ab_a")).To(Equal("$PASSWORD $PASSWORD,$PASSWORD-$PASSWORD ab_a"))
	g.Expect(book.Redact(`a cat said "a" and s%2F3, s\/3`)).To(Equal(`$PASSWORD cat said "$PASSWORD" and $OTHER_PASSWORD, $OTHER_PASSWORD`))
}

func TestNothingIsHiddenByNothing(t *testing.T) {
	g := NewWithT(t)
	book := &Book{}
	book.Hide("", "$PASSWORD")
	for _, text := range []string{"", "x", "a longer text"} {
		g.Expect(book.Redact(text)).To(Equal(text))
		g.Expect((*Book)(nil).Redact(text)).To(Equal(text))
	}
}

func TestTheLastNameCounts(t *testing.T) {
	g := NewWithT(t)
	book := &Book{}
	book.Hide("0123456789", "$FIRST")
	book.Hide("0123456789", "$SECOND")
	book.Hide("0123456789abc", "$LONGER")
	g.Expect(book.Redact("0123456789 0123456789abc 0123456789ab.")).To(Equal("$SECOND $LONGER $SECONDab."))
}

func TestAChildKnowsMore(t *testing.T) {
	g := NewWithT(t)
	run := &Book{}
	run.Hide("the-run's-own", "$SESSION_ID")
	child := run.Child()
	child.Hide("the-child's-own", "$COOKIE")
	const text = "the-run's-own the-child's-own"
	g.Expect(child.Redact(text)).To(Equal("$SESSION_ID $COOKIE"))
	g.Expect(run.Redact(text)).To(Equal("$SESSION_ID the-child's-own"))
}

func TestBooksAreSafeForConcurrentUse(t *testing.T) {
	g := NewWithT(t)
	book := &Book{}
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 20 {
				secret := fmt.Sprintf("secret-%d-%d-end", i, j)
				book.Hide(secret, "$TOKEN")
				g.Expect(book.Redact("x " + secret)).To(Equal("x $TOKEN"))
			}
		})
	}
	group.Wait()
}

func FuzzNoWholeSecretIsLeft(f *testing.F) {
	f.Add("password-1", "x password-1 password-")
	f.Add(odd, odd+odd)
	f.Fuzz(func(t *testing.T, secret, text string) {
		if len(secret) < shortest || strings.Contains("$NAME", secret) {
			return
		}
		book := &Book{}
		book.Hide(secret, "\x00")
		redacted := book.Redact(text)
		if !strings.Contains(secret, "\x00") {
			NewWithT(t).Expect(redacted).NotTo(ContainSubstring(secret))
		}
	})
}
