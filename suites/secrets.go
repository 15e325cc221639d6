package suites

import (
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"

	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/wire"
)

// secrets keeps what nobody may read out of every text. It is safe for
// concurrent use: behaviours come by secrets of their own.
type secrets struct{ known secret.Book }

// hide replaces the secret by the name in every text from now on.
func (s *secrets) hide(secret, name string) { s.known.Hide(secret, name) }

// What begins the variables of the accounts beside the run's own.
const (
	otherPrefix   = "OTHER_"
	limitedPrefix = "LIMITED_"
)

// hideAccount hides a password, also as Basic authentication writes it. prefix
// begins the names of the variables that stand for both.
func (s *secrets) hideAccount(username, password, prefix string) {
	if password == "" {
		return
	}
	s.hide(password, "$"+prefix+"PASSWORD")
	pair := base64.StdEncoding.EncodeToString([]byte(username + ":" + password))
	s.hide(pair, "$"+prefix+"USERNAME:$"+prefix+"PASSWORD")
}

// redact returns the text without secrets.
func (s *secrets) redact(text string) string { return s.known.Redact(text) }

// learn hides what an answer gives out, as soon as it is there: an error or
// another behaviour's answer may repeat it.
func (s *secrets) learn(exchange wire.Exchange) {
	for _, token := range secret.HeaderTokens(exchange.AnswerHeader) {
		s.known.Learn(token, "$OWN_SESSION_ID")
	}
	for _, cookie := range secret.Cookies(exchange.AnswerHeader) {
		s.known.Learn(cookie, "$COOKIE")
	}
	for _, address := range secret.TransferURLs(exchange.Answer) {
		if path := secret.PathOf(address); path != "" {
			s.known.HidePath(path, "$TRANSFER_PATH", exchange.Path+string(exchange.Body))
		}
	}
	isLogin := exchange.Method == http.MethodPost && strings.HasSuffix(exchange.Path, "/session")
	if isLogin && exchange.Succeeded() {
		for _, token := range secret.LoginTokens(exchange.Answer) {
			s.known.Learn(token, "$OWN_SESSION_ID")
		}
	}
}

// userInfo is what a URL has before its host, which may be a password.
var userInfo = regexp.MustCompile(`//[^/?#]*@`)

// showable is a target that cannot be used, as an error may repeat it.
func showable(target string) string { return userInfo.ReplaceAllString(target, "//...@") }
