package wire

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// CheckTarget says what is wrong with a target's URL; nil if nothing is.
func CheckTarget(target string) error {
	parsed, err := url.Parse(target)
	switch {
	case err != nil && !strings.Contains(target, "://"), err == nil && parsed.Scheme != "http" && parsed.Scheme != "https":
		return errors.New("must begin with http:// or https://, such as https://vc.example")
	case err != nil:
		return errors.New("is not a URL")
	case parsed.Host == "" || parsed.Hostname() == "":
		return errors.New("names no host")
	case parsed.Port() != "" && !isPort(parsed.Port()):
		return errors.New("has a port that no host has; want one from 1 to 65535")
	case parsed.RawQuery != "" || parsed.Fragment != "":
		return errors.New("must not have a query or a fragment")
	case parsed.User != nil:
		return errors.New("must not hold a user or password; use {Username} and {Password}")
	}
	for _, prefix := range []string{"/api", "/rest", "/rest/com/vmware", "/com/vmware"} {
		if path := strings.TrimRight(parsed.Path, "/"); path == prefix {
			return fmt.Errorf("ends with %s, which the suite adds itself; leave it out", prefix)
		}
	}
	return nil
}

func isPort(text string) bool {
	port, err := strconv.ParseUint(text, 10, 16)
	return err == nil && port > 0
}
