package wire

import (
	"errors"
	"net/url"
)

// CheckTarget says what is wrong with a target's URL; nil if nothing is.
func CheckTarget(target string) error {
	parsed, err := url.Parse(target)
	switch {
	case err != nil:
		return errors.New("is not a URL")
	case parsed.Scheme != "http" && parsed.Scheme != "https":
		return errors.New("must begin with http:// or https://")
	case parsed.Host == "" || parsed.Hostname() == "":
		return errors.New("names no host")
	case parsed.RawQuery != "" || parsed.Fragment != "":
		return errors.New("must not have a query or a fragment")
	case parsed.User != nil:
		return errors.New("must not hold a user or password; use --username and --password")
	}
	return nil
}
