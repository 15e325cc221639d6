package secret

import "strings"

// pending is a secret and its name.
type pending struct {
	secret, name string
	// start is how much of it everyone may know.
	start int
	// learned says that a name which it has already is kept.
	learned bool
}

func (b *Book) note(one pending) {
	if one.secret == "" {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	one.secret = strings.Clone(one.secret) // a part of an answer would keep all of it
	b.pending = append(b.pending, one)
}

// settle works out the forms of what is pending.
func (b *Book) settle() {
	b.mu.RLock()
	settled := len(b.pending) == 0
	b.mu.RUnlock()
	if settled {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, one := range b.pending {
		if !one.learned || b.parent.Redact(b.redactKnown(one.secret)) == one.secret {
			b.addForms(one)
		}
	}
	b.pending = nil
}

func (b *Book) addForms(one pending) {
	for _, text := range spellings(one.secret) {
		b.add(text, one.name, one.start+shortest)
	}
	if len(one.secret) < shortest {
		return
	}
	for _, text := range encodings(one.secret) {
		b.add(text, one.name, len(text))
	}
}
