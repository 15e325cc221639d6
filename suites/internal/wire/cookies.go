package wire

import (
	"bytes"
	"cmp"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"strings"
	"sync"
)

// mostCookies is how many are kept, of as many bytes as every browser keeps at
// least (RFC 6265, section 6.1): a balancer sets one or two.
const (
	mostCookies = 50
	maxCookie   = 4096
)

// loginCookie is the cookie that some targets take in place of the header of
// that name: what is sent without a login must not bring one.
const loginCookie = "vmware-api-session-id"

// cookies keeps what a balancer before the target binds a client to a node with.
// They go to the target's own host only, with every request, and are in no
// exchange that was sent. It is safe for concurrent use.
type cookies struct {
	target string
	jar    http.CookieJar

	mu   sync.Mutex
	kept map[string]bool
}

func cookiesOf(target string) *cookies {
	jar, _ := cookiejar.New(nil) // without options it cannot fail
	return &cookies{target: target, jar: jar, kept: map[string]bool{}}
}

// Cookies are those that go with a request to the address.
func (c *cookies) Cookies(address *url.URL) []*http.Cookie {
	if !sameHost(address.String(), c.target) {
		return nil
	}
	return c.jar.Cookies(address)
}

// SetCookies keeps nothing: what is kept depends on the whole answer.
func (c *cookies) SetCookies(*url.URL, []*http.Cookie) {}

// learn keeps what an answer sets, but for a login.
func (c *cookies) learn(address *url.URL, header http.Header, answer []byte) {
	if len(header["Set-Cookie"]) == 0 || !sameHost(address.String(), c.target) {
		return
	}
	for _, cookie := range (&http.Response{Header: header}).Cookies() {
		isLogin := strings.EqualFold(cookie.Name, loginCookie) ||
			cookie.Value != "" && bytes.Contains(answer, []byte(`"`+cookie.Value+`"`))
		if !isLogin && len(cookie.Raw) <= maxCookie && c.hasRoom(cookie, address) {
			c.jar.SetCookies(address, []*http.Cookie{cookie})
		}
	}
}

// hasRoom says whether the cookie is one that is kept, or may join them.
func (c *cookies) hasRoom(cookie *http.Cookie, address *url.URL) bool {
	key := cookie.Name + " " + cmp.Or(cookie.Path, path.Dir(address.Path))
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.kept[key] && len(c.kept) >= mostCookies {
		return false
	}
	c.kept[key] = true
	return true
}
