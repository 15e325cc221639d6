//go:build !windows

package file

import (
	"io"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// replaceWhole writes a temporary file beside the target, syncs and renames it.
func replaceWhole(target string, write func(io.Writer) error) error {
	pending, err := renameio.NewPendingFile(target,
		renameio.WithTempDir(filepath.Dir(target)), renameio.WithStaticPermissions(mode))
	if err != nil {
		return err
	}
	defer pending.Cleanup() //nolint:errcheck // after success it does nothing, else the first error counts
	if err := writeBuffered(pending, write); err != nil {
		return err
	}
	return pending.CloseAtomicallyReplace()
}
