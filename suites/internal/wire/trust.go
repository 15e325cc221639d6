package wire

import (
	"bytes"
	"crypto/sha1"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"net/http"
	"strings"
	"sync"
)

const (
	// mostEndpoints is how many transfer endpoints are remembered; each is used
	// soon after it was named.
	mostEndpoints = 4096
	// mostPins is how many certificates have connections that are kept open: a
	// target has one for each of its hosts.
	mostPins = 16
)

// The members of a TransferEndpoint that name the certificate of its server
// (reference, section 3).
const (
	memberThumbprint  = "ssl_certificate_thumbprint"
	memberCertificate = "ssl_certificate"
)

// ThumbprintError says that the server of a transfer endpoint has another
// certificate than the endpoint names.
type ThumbprintError struct{ Host, Named, Has string }

func (e *ThumbprintError) Error() string {
	return fmt.Sprintf("the server at %s has a certificate with the thumbprint %s, the transfer endpoint names %s",
		e.Host, e.Has, e.Named)
}

// trust is a transport that verifies the server of a transfer endpoint by the
// certificate that the endpoint names, and by nothing else; all other servers
// as its own configuration says (reference, section 10, row 16).
type trust struct {
	own *http.Transport
	// verifiesNothing is read once: the transport fills in its configuration when
	// it is first used.
	verifiesNothing bool

	mu sync.Mutex
	// pins are the thumbprints by address, named the addresses, oldest first.
	pins  map[string]string
	named []string
	// pinned are the transports by thumbprint.
	pinned map[string]*http.Transport
}

func newTrust(own *http.Transport) *trust {
	return &trust{
		own: own, verifiesNothing: own.TLSClientConfig != nil && own.TLSClientConfig.InsecureSkipVerify,
		pins: map[string]string{}, pinned: map[string]*http.Transport{},
	}
}

// RoundTrip sends the request over a connection to a server that is trusted.
func (t *trust) RoundTrip(request *http.Request) (*http.Response, error) {
	return t.transport(request).RoundTrip(request)
}

func (t *trust) transport(request *http.Request) *http.Transport {
	exchange, recorded := request.Context().Value(exchangeKey{}).(*Exchange)
	if !recorded || request.URL.Scheme != "https" || t.verifiesNothing {
		return t.own
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	pin := t.pins[exchange.URL]
	if pin == "" {
		return t.own
	}
	key := request.URL.Host + " " + pin
	if t.pinned[key] != nil {
		return t.pinned[key]
	}
	transport := t.pinnedTo(pin, request.URL.Host)
	if len(t.pinned) == mostPins {
		transport.DisableKeepAlives = true
		return transport
	}
	t.pinned[key] = transport
	return transport
}

func (t *trust) pinnedTo(pin, host string) *http.Transport {
	transport := t.own.Clone()
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if transport.TLSClientConfig != nil {
		config = transport.TLSClientConfig.Clone()
	}
	// What replaces the system's authorities is VerifyConnection.
	config.InsecureSkipVerify = true
	config.VerifyConnection = func(state tls.ConnectionState) error {
		if has := thumbprintOf(state.PeerCertificates[0].Raw); has != pin {
			return &ThumbprintError{Host: host, Named: withColons(pin), Has: withColons(has)}
		}
		return nil
	}
	transport.TLSClientConfig = config
	return transport
}

// CloseIdleConnections gives up the connections that are kept open.
func (t *trust) CloseIdleConnections() {
	t.own.CloseIdleConnections()
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, transport := range t.pinned {
		transport.CloseIdleConnections()
	}
}

// learn remembers the certificates of the transfer endpoints in an answer.
func (t *trust) learn(exchange Exchange, target string) {
	if exchange.Err != nil || !bytes.Contains(exchange.Answer, []byte(memberCertificate)) {
		return
	}
	body := bytes.TrimSpace(exchange.Answer)
	var value any
	var err error
	if body[0] == '<' {
		_, value, err = decodeXML(body)
	} else {
		value, err = decodeJSON(body)
	}
	if err == nil {
		t.learnFrom(value, target)
	}
}

func (t *trust) learnFrom(value any, target string) {
	switch value := value.(type) {
	case []any:
		for _, one := range value {
			t.learnFrom(one, target)
		}
	case Members:
		if address, ok := value.String("uri"); ok {
			t.pin(absolute(target, address), pinIn(value))
		}
		for _, one := range value {
			t.learnFrom(one, target)
		}
	}
}

func (t *trust) pin(address, pin string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, known := t.pins[address]; !known && pin != "" {
		if len(t.named) == mostEndpoints {
			delete(t.pins, t.named[0])
			t.named = t.named[1:]
		}
		t.named = append(t.named, address)
	}
	if pin != "" {
		t.pins[address] = pin
	}
}

// pinIn is the thumbprint of the certificate that a transfer endpoint names, in
// digits only; empty where it names none that can be read. The certificate
// overrides the thumbprint.
func pinIn(endpoint Members) string {
	certificate, _ := endpoint.String(memberCertificate)
	if block, _ := pem.Decode([]byte(certificate)); block != nil {
		if _, err := x509.ParseCertificate(block.Bytes); err == nil {
			return thumbprintOf(block.Bytes)
		}
	}
	thumbprint, _ := endpoint.String(memberThumbprint)
	digits := strings.ToLower(strings.NewReplacer(":", "", " ", "").Replace(thumbprint))
	if digest, err := hex.DecodeString(digits); err != nil || len(digest) != sha1.Size {
		return ""
	}
	return digits
}

func thumbprintOf(der []byte) string {
	digest := sha1.Sum(der)
	return hex.EncodeToString(digest[:])
}

// withColons spells a thumbprint as the documents do.
func withColons(digits string) string {
	pairs := make([]string, 0, len(digits)/2)
	for ; len(digits) > 1; digits = digits[2:] {
		pairs = append(pairs, strings.ToUpper(digits[:2]))
	}
	return strings.Join(pairs, ":")
}
