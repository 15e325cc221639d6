package ledger

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

func (b Behaviour) check() error {
	for _, field := range []struct{ name, value string }{
		{"operation", b.Operation}, {"promise", b.Promise},
		{"clause", b.Clause}, {"look_at", b.LookAt}, {"variants", string(b.Variants)},
	} {
		if strings.TrimSpace(field.value) == "" {
			return fmt.Errorf("%s is missing", field.name)
		}
	}
	if len(b.Levels) == 0 || len(b.Sources) == 0 {
		return fmt.Errorf("levels or sources are missing")
	}
	if b.Variants != Every && b.Variants != Once {
		return fmt.Errorf("variants is %q, want every or once", b.Variants)
	}
	return b.checkBindings()
}

func (b Behaviour) checkBindings() error {
	for binding, level := range b.Levels {
		if !isBinding(binding) {
			return fmt.Errorf("levels: unknown binding %q", binding)
		}
		if level != Must && level != Should && level != Undocumented {
			return fmt.Errorf("levels: %s has unknown level %q", binding, level)
		}
	}
	for binding, span := range b.Releases {
		if _, applies := b.Levels[binding]; !applies {
			return fmt.Errorf("releases: %s has no level", binding)
		}
		if err := span.check(); err != nil {
			return fmt.Errorf("releases: %s: %w", binding, err)
		}
	}
	return nil
}

func (l *Ledger) checkControls() error {
	for _, behaviour := range l.behaviours {
		if behaviour.Control == "" {
			continue
		}
		control, ok := l.Find(behaviour.Control)
		if !ok {
			return fmt.Errorf("ledger: %s: control %s is not in the ledger", behaviour.ID, behaviour.Control)
		}
		if control.Control != "" {
			return fmt.Errorf("ledger: %s: control %s is itself a refusal", behaviour.ID, control.ID)
		}
	}
	return nil
}

// checkPlaces refuses files that are the page of no service: they would be
// left out without a word.
func checkPlaces(source fs.FS) error {
	return fs.WalkDir(source, ".", func(name string, file fs.DirEntry, err error) error {
		if err != nil || file.IsDir() || path.Ext(name) != ".yaml" || name == sourcesFile || path.Dir(name) == sharedFolder {
			return err
		}
		if _, _, err := place(name); err != nil {
			return fmt.Errorf("ledger %s: %w", name, err)
		}
		return nil
	})
}
