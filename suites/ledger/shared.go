package ledger

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// shared is what the pages of both session services say alike, by
// page.id; it remembers what was taken from it.
type shared struct {
	entries map[string]entry
	taken   map[string]bool
}

func readShared(source fs.FS) (shared, error) {
	common := shared{entries: map[string]entry{}, taken: map[string]bool{}}
	names, err := fs.Glob(source, sharedFolder+"/*.yaml")
	if err != nil {
		return common, fmt.Errorf("list ledger pages: %w", err)
	}
	for _, name := range names {
		written, err := readPage(source, name)
		if err != nil {
			return common, fmt.Errorf("ledger %s: %w", name, err)
		}
		for _, one := range written.Behaviours {
			one.Sources = first(one.Sources, written.Sources)
			key := strings.TrimSuffix(path.Base(name), ".yaml") + "." + one.ID
			if _, twice := common.entries[key]; twice {
				return common, fmt.Errorf("ledger %s: %s stands there twice", name, one.ID)
			}
			common.entries[key] = one
		}
	}
	return common, nil
}

// complete adds to an entry of the service's page what it does not say itself,
// in the service's words.
func (c shared) complete(s service, page string, own entry) (entry, error) {
	key := page + "." + own.ID
	common, known := c.entries[key]
	if !known || s.session == "" {
		return own, fmt.Errorf("%s: no entry of this id is shared in %s/%s.yaml", s.id(page, own.ID), sharedFolder, page)
	}
	c.taken[key] = true
	inWords := strings.NewReplacer("{session}", s.session)
	return entry{
		ID: own.ID, Operation: cmp.Or(own.Operation, common.Operation),
		Promise:  inWords.Replace(cmp.Or(own.Promise, common.Promise)),
		Clause:   inWords.Replace(cmp.Or(own.Clause, common.Clause)),
		LookAt:   inWords.Replace(cmp.Or(own.LookAt, common.LookAt)),
		Levels:   first(own.Levels, common.Levels),
		Releases: first(own.Releases, common.Releases),
		Variants: cmp.Or(own.Variants, common.Variants),
		Control:  cmp.Or(own.Control, common.Control),
		Sources:  first(own.Sources, common.Sources),
		Excluded: cmp.Or(own.Excluded, common.Excluded),
	}, nil
}

// checkUse refuses what is shared by nobody.
func (c shared) checkUse() error {
	for _, key := range slices.Sorted(maps.Keys(c.entries)) {
		if !c.taken[key] {
			page, id, _ := strings.Cut(key, ".")
			return fmt.Errorf("ledger %s/%s.yaml: no page of a service takes %s", sharedFolder, page, id)
		}
	}
	return nil
}
