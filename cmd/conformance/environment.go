package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"os"
	"strings"

	"session-conformance/reporters/terminal"
)

// tlsConfig says how the target's certificate is verified, and what it is shown;
// nil is by the system's authorities, and nothing.
func tlsConfig(caCert string, insecure bool, clientCert, clientKey string) (*tls.Config, error) {
	var shown []tls.Certificate
	switch {
	case (clientCert == "") != (clientKey == ""):
		return nil, usagef("--client-cert and --client-key go together; give both")
	case clientCert != "":
		pair, err := tls.LoadX509KeyPair(clientCert, clientKey)
		if err != nil {
			return nil, usagef("--client-cert %s, --client-key %s: %s", clientCert, clientKey, noPair(err))
		}
		shown = append(shown, pair)
	}
	switch {
	case caCert != "" && insecure:
		return nil, usagef("--ca-cert and --insecure exclude each other")
	case insecure:
		return &tls.Config{InsecureSkipVerify: true, Certificates: shown}, nil
	case caCert == "" && shown == nil:
		return nil, nil
	case caCert == "":
		return &tls.Config{Certificates: shown}, nil
	}
	pem, err := os.ReadFile(caCert)
	if err != nil {
		return nil, usagef("--ca-cert %s: %s", caCert, reasonOf(err))
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, usagef("--ca-cert: %s holds no PEM certificate", caCert)
	}
	return &tls.Config{RootCAs: pool, Certificates: shown}, nil
}

// noPair is why a certificate and its key cannot be used.
func noPair(err error) error {
	switch text := err.Error(); {
	case strings.Contains(text, "certificate input"):
		return errors.New("the first holds no PEM certificate")
	case strings.Contains(text, "key input"):
		return errors.New("the second holds no PEM key")
	}
	return err
}

func styleOf(out io.Writer) terminal.Style {
	if file, ok := out.(*os.File); ok {
		return terminal.StyleFor(file, os.Getenv)
	}
	return terminal.Style{Width: plainWidth}
}

// plainWidth is that of a terminal of which nothing is known.
const plainWidth = 80

func isLive(out io.Writer) bool {
	file, ok := out.(*os.File)
	return ok && terminal.IsLive(file, os.Getenv)
}
