package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"path/filepath"
	"strconv"
	"strings"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

// address reads --listen. Without a host it is the loopback: who wants to be
// reached by others must say so.
func (f *fakeFlags) address() (host, port string, err error) {
	host, port, err = net.SplitHostPort(f.listen)
	if _, notPort := strconv.ParseUint(f.listen, 10, 16); notPort == nil {
		host, port, err = "", f.listen, nil
	}
	if number, notPort := strconv.ParseUint(port, 10, 16); err != nil || notPort != nil {
		return "", "", usagef("--listen %q is no address; want HOST:PORT such as %s:8443, or a port from 0 to 65535", f.listen,
			loopback)
	} else if port = strconv.FormatUint(number, 10); host == "" {
		host = loopback
	}
	return host, port, nil
}

// readUsers reads the users into the options and returns the first. No message
// repeats a password.
func (f *fakeFlags) readUsers() (user, password string, err error) {
	f.options.Users = map[string]string{}
	for i, given := range f.users {
		name, secret, found := strings.Cut(given, ":")
		switch _, twice := f.options.Users[name]; {
		case !found:
			return "", "", usagef("--user %q has no colon; want NAME:PASSWORD", given)
		case name == "":
			return "", "", usagef("--user has an empty name; want NAME:PASSWORD")
		case secret == "":
			return "", "", usagef("--user %q has an empty password; want NAME:PASSWORD", given)
		case twice:
			return "", "", usagef("--user names %q twice; give each user once", name)
		}
		f.options.Users[name] = secret
		if i == 0 {
			user, password, f.options.ReadStorage = name, secret, []string{name}
		}
	}
	return user, password, nil
}

// certificate is the one to serve with, nil for plain HTTP.
func (f *fakeFlags) certificate(given bool, host string) (*tls.Certificate, error) {
	switch {
	case given && f.selfMade:
		return nil, usagef("--tls makes a certificate; leave it out when --tls-cert names one")
	case given && f.certFile == "":
		return nil, usagef("--tls-key without --tls-cert; give both files")
	case given && f.keyFile == "":
		return nil, usagef("--tls-cert without --tls-key; give both files")
	case given:
		pair, err := tls.LoadX509KeyPair(f.certFile, f.keyFile)
		if err != nil {
			return nil, usagef("--tls-cert %s and --tls-key %s cannot be used: %s", f.certFile, f.keyFile, err)
		}
		if pair.Leaf == nil {
			pair.Leaf, err = x509.ParseCertificate(pair.Certificate[0])
		}
		return &pair, err
	case f.selfMade:
		return makeCertificate(host)
	}
	return nil, nil
}

// readSeeds reads the files of --seed-item; an item is named as its file.
func (f *fakeFlags) readSeeds() error {
	f.options.SeedItems = nil
	for _, name := range f.seedFiles {
		content, err := readLimited(name, f.options.MaxUpload)
		if err != nil {
			return usagef("--seed-item %s: %s", name, reasonOf(err))
		}
		f.options.SeedItems = append(f.options.SeedItems, fake.SeedItem{Name: filepath.Base(name), Content: content})
	}
	return nil
}

// reasonOf is an error without the names that the message around it repeats.
func reasonOf(err error) error {
	var network *net.OpError
	if errors.As(err, &network) {
		return network.Err
	}
	return report.WithoutPath(err)
}
