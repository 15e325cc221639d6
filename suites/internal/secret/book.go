// Package secret takes secrets out of texts, however they are written there.
package secret

import (
	"slices"
	"strings"
	"sync"
)

// Book knows secrets and the names that stand for them. It is safe for
// concurrent use: behaviours come by secrets of their own.
type Book struct {
	parent *Book

	mu sync.RWMutex
	// long are the forms of secrets by their first bytes, and least what each that
	// was added asks for: many begin alike, as all URLs of one endpoint do.
	long  map[string]beginnings
	least map[string]int
	// begun is where the forms of secrets begin, by a hash of their first bytes: almost
	// all of a text begins none, and need not be looked for.
	begun [1 << beginBits / 64]uint64
	// short are the names of secrets that may be a part of many a word: "a" is a
	// poor password, but must not spoil the report.
	short map[string]string
	// pending are secrets in the order in which they came; their forms are worked out
	// when a text is to be cleared of them, and most runs show few texts.
	pending []pending
}

// form is a secret as one encoding writes it.
type form struct{ text, name string }

// beginnings are forms by how much of them, cut off behind that, is still a
// secret, and by that much of their text.
type beginnings map[int]map[string][]form

// shortest is the length from which a secret is found within words, and of
// which a part is one.
const shortest = 8

// Hide replaces the secret by the name in every text from now on. A name that
// was given to it before is forgotten.
func (b *Book) Hide(secret, name string) { b.hideFrom(secret, name, 0) }

// Learn is Hide for what a target gave out: a secret that is known already
// keeps its name.
func (b *Book) Learn(secret, name string) {
	b.note(pending{secret: secret, name: name, learned: true})
}

// hideFrom is Hide for a secret that begins with what everyone may know: a
// part that is cut off counts only if it goes on for a while behind start.
func (b *Book) hideFrom(secret, name string, start int) {
	b.note(pending{secret: secret, name: name, start: start})
}

func (b *Book) add(text, name string, least int) {
	if len(text) < shortest {
		if b.short == nil {
			b.short = map[string]string{}
		}
		b.short[text] = name
		return
	}
	if b.long == nil {
		b.long, b.least = map[string]beginnings{}, map[string]int{}
	}
	least = min(least, len(text))
	if before, known := b.least[text]; known {
		b.forget(text, before)
	}
	begin := text[:shortest]
	b.begun[beginning(text)/64] |= 1 << (beginning(text) % 64)
	if b.long[begin] == nil {
		b.long[begin] = beginnings{}
	}
	if b.long[begin][least] == nil {
		b.long[begin][least] = map[string][]form{}
	}
	b.least[text] = least
	b.long[begin][least][text[:least]] = append(b.long[begin][least][text[:least]], form{text, name})
}

// forget takes out a form that is added again, with another name or another beginning.
func (b *Book) forget(text string, least int) {
	forms := b.long[text[:shortest]][least]
	forms[text[:least]] = slices.DeleteFunc(forms[text[:least]], func(known form) bool { return known.text == text })
}

// Child is a book that also knows all that this one does; what it learns is
// its own.
func (b *Book) Child() *Book { return &Book{parent: b} }

// Redact returns the text without secrets.
func (b *Book) Redact(text string) string {
	if b == nil || text == "" {
		return text
	}
	b.settle()
	b.mu.RLock()
	text = b.redactKnown(text)
	b.mu.RUnlock()
	return b.parent.Redact(text)
}

// redactKnown takes out what is pending no more.
func (b *Book) redactKnown(text string) string {
	text = b.redactLong(text)
	for secret, name := range b.short {
		text = replaceWord(text, secret, name)
	}
	return text
}

func (b *Book) redactLong(text string) string {
	if len(b.long) == 0 {
		return text
	}
	var out strings.Builder
	kept := 0
	for i := 0; i+shortest <= len(text); {
		if !b.mayBegin(text[i:]) {
			i++
			continue
		}
		name, size := b.at(text, i)
		if size == 0 {
			i++
			continue
		}
		out.WriteString(text[kept:i] + name)
		i += size
		kept = i
	}
	if kept == 0 {
		return text
	}
	return out.String() + text[kept:]
}

// beginBits is the size of a beginning: a run has some hundred forms of secrets.
const beginBits = 12

// beginning hashes the first bytes of a text by Knuth's multiplication.
func beginning(text string) uint32 {
	first := uint32(text[0])<<16 | uint32(text[1])<<8 | uint32(text[2])
	return first * 2654435761 >> (32 - beginBits)
}

// mayBegin is false where no secret begins.
func (b *Book) mayBegin(text string) bool {
	at := beginning(text)
	return b.begun[at/64]>>(at%64)&1 == 1
}

// replaceWord puts the name where the secret stands alone.
func replaceWord(text, secret, name string) string {
	var out strings.Builder
	kept := 0
	for from := 0; ; {
		at := strings.Index(text[from:], secret)
		if at < 0 {
			return out.String() + text[kept:]
		}
		at += from
		end := at + len(secret)
		if at > 0 && inWord(text[at-1]) || end < len(text) && inWord(text[end]) {
			from = at + 1
			continue
		}
		out.WriteString(text[kept:at] + name)
		kept, from = end, end
	}
}

func inWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_'
}

// at finds the longest secret that begins at i, or a part of one where the
// text was cut, and of several the first by name; size 0 is none.
func (b *Book) at(text string, i int) (name string, size int) {
	for least, forms := range b.long[text[i:i+shortest]] {
		if i+least > len(text) {
			continue
		}
		for _, one := range forms[text[i:i+least]] {
			n := common(one.text, text[i:])
			if n < size || n == size && name < one.name || n < len(one.text) && !isCut(text, i, i+n) {
				continue
			}
			name, size = one.name, n
		}
	}
	return name, size
}

func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// quotedCut is less than the suite leaves of a long text in quotes: it quotes
// the first 40 or 80 characters.
const quotedCut = 30

// isCut says whether the text may have been cut at end: there it is over,
// marked as cut, or at the end of a long quotation, which shows no mark.
func isCut(text string, begin, end int) bool {
	rest := text[end:]
	if rest == "" || strings.HasPrefix(rest, "...") {
		return true
	}
	return rest[0] == '"' && end-strings.LastIndexByte(text[:begin], '"') > quotedCut
}
