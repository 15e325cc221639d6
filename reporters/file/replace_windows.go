package file

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// replaceWhole writes a temporary file beside the target and renames it. Windows
// promises no more: the library of the other systems does without it.
func replaceWhole(target string, write func(io.Writer) error) error {
	pending, err := os.CreateTemp(filepath.Dir(target), ".conformance-*")
	if err != nil {
		return err
	}
	defer os.Remove(pending.Name()) // after the renaming there is none
	if err := errors.Join(writeBuffered(pending, write), pending.Sync(), pending.Close()); err != nil {
		return err
	}
	return os.Rename(pending.Name(), target)
}
