package wire

import (
	"fmt"
	"net/url"
	"strings"
)

// absolute is the address, a relative one as seen from the target; what is no
// URL stays as it is.
func absolute(target, address string) string {
	base, err := url.Parse(target)
	if err != nil {
		return address
	}
	relative, err := url.Parse(address)
	if err != nil || relative.IsAbs() || address == "" {
		return address
	}
	return base.ResolveReference(relative).String()
}

// AddressError says that an address which the target named cannot be asked.
type AddressError struct{ Address string }

func (e *AddressError) Error() string {
	return fmt.Sprintf("the transfer URL that the target names is none of http or https (it begins with %.20q)", e.Address)
}

func (c *Client) checkAddress(address string) error {
	if strings.HasPrefix(address, c.target) {
		return nil
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		return &AddressError{address}
	}
	return nil
}

func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return address
	}
	return parsed.Host
}

func sameHost(one, other string) bool {
	a, errA := url.Parse(one)
	b, errB := url.Parse(other)
	return errA == nil && errB == nil && a.Scheme == b.Scheme && a.Host == b.Host
}

// RedirectsTo is the origin, without any path, to which an answer redirects;
// empty where it is no redirect, or says not where to.
func (e Exchange) RedirectsTo() string {
	location := e.AnswerHeader.Get("Location")
	if e.Status/100 != 3 || location == "" {
		return ""
	}
	to, err := url.Parse(absolute(e.URL, location))
	if err != nil || to.Host == "" {
		return ""
	}
	return fmt.Sprintf("%.80s", to.Scheme+"://"+to.Host)
}
