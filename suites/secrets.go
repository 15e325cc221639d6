package suites

import (
	"encoding/base64"
	"regexp"
	"strings"
	"sync"
)

// secrets keeps what nobody may read out of every text. It is safe for
// concurrent use: behaviours come by secrets of their own.
type secrets struct {
	mu    sync.Mutex
	pairs []string
	long  *strings.Replacer
	short []shortSecret
}

// shortSecret is one that may be a part of many a word: "a" is a poor password,
// but must not spoil the report.
type shortSecret struct {
	word *regexp.Regexp
	name string
}

// shortest is the length from which a secret is replaced wherever it stands.
const shortest = 8

// hide replaces the secret by the name in every text from now on.
func (s *secrets) hide(secret, name string) {
	if secret == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(secret) < shortest {
		word := regexp.MustCompile(`(^|[^0-9A-Za-z_])` + regexp.QuoteMeta(secret) + `($|[^0-9A-Za-z_])`)
		s.short = append(s.short, shortSecret{word, name})
		return
	}
	s.pairs = append(s.pairs, secret, name)
	s.long = strings.NewReplacer(s.pairs...)
}

// hidePassword hides a password also as Basic authentication writes it.
func (s *secrets) hidePassword(username, password, name string) {
	s.hide(password, name)
	if password != "" {
		s.hide(base64.StdEncoding.EncodeToString([]byte(username+":"+password)), name)
	}
}

// redact returns the text without secrets.
func (s *secrets) redact(text string) string {
	s.mu.Lock()
	long, short := s.long, s.short
	s.mu.Unlock()
	if long != nil {
		text = long.Replace(text)
	}
	for _, one := range short {
		text = one.word.ReplaceAllString(text, "${1}"+strings.ReplaceAll(one.name, "$", "$$")+"${2}")
	}
	return text
}
