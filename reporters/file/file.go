// Package file puts a report at its place as a whole or not at all.
package file

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"session-conformance/reporters/report"
)

// mode lets a pipeline's later steps read the report; it has no secrets.
const mode = 0o644

// Write replaces the file at path by what write produces. Readers see the old
// file or the new one, never a part. Special files such as /dev/stdout and
// pipes cannot be replaced and are written directly.
func Write(path string, write func(io.Writer) error) error {
	if err := CheckWritable(path); err != nil {
		return err
	}
	put := replace
	if isSpecial(path) {
		put = direct
	}
	if err := put(path, write); err != nil {
		return fmt.Errorf("write the report to %s: %w", path, err)
	}
	return nil
}

// CheckWritable tells before a run whether a report can be written to path,
// and if not, in one line, what to do. It leaves nothing behind.
func CheckWritable(path string) error {
	if isSpecial(path) {
		return nil
	}
	reason := unwritable(path)
	if reason == "" {
		return nil
	}
	return fmt.Errorf("cannot write the report to %q: %s", path, reason)
}

func unwritable(path string) string {
	if path == "" {
		return "the path is empty; name a file"
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() || os.IsPathSeparator(path[len(path)-1]) {
		return fmt.Sprintf("it is a folder; name a file in it, such as %s", filepath.Join(path, "report"))
	}
	target, err := resolve(path)
	if err != nil {
		return "it is a symbolic link to nothing; remove it or name another file"
	}
	folder := filepath.Dir(target)
	// Only trying tells: permissions, read-only mounts and quotas all count.
	trial, err := os.CreateTemp(folder, ".conformance-*")
	if err != nil {
		return explain(folder, err)
	}
	trial.Close()
	if err := os.Remove(trial.Name()); err != nil {
		return fmt.Sprintf("files in the folder %q cannot be removed or renamed (%v); name a file in another folder",
			folder, report.WithoutPath(err))
	}
	return ""
}

func explain(folder string, err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Sprintf("the folder %q does not exist; create it or name a file in another one", folder)
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Sprintf("%q is not a folder; name a file in a folder", folder)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Sprintf("no permission to create files in the folder %q; name a file in another one", folder)
	}
	return fmt.Sprintf("no file can be created in the folder %q (%v); name a file in another one", folder, report.WithoutPath(err))
}

// replace puts what write produces at the place that the path names in the end.
func replace(path string, write func(io.Writer) error) error {
	target, err := resolve(path)
	if err != nil {
		return err
	}
	return replaceWhole(target, write)
}

func direct(path string, write func(io.Writer) error) error {
	switch filepath.Clean(path) {
	case "/dev/stdout":
		// Opening it again fails where the process may not open its own
		// terminal or pipe: in containers and after su.
		return writeBuffered(os.Stdout, write)
	case "/dev/stderr":
		return writeBuffered(os.Stderr, write)
	}
	// Append, since a descriptor may lead to a file that others write as well.
	special, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return report.WithoutPath(err)
	}
	return errors.Join(writeBuffered(special, write), special.Close())
}

func writeBuffered(w io.Writer, write func(io.Writer) error) error {
	buffer := bufio.NewWriter(w)
	if err := write(buffer); err != nil {
		return err
	}
	return buffer.Flush()
}

// resolve follows a symbolic link, so that what it names is replaced and not
// the link itself.
func resolve(path string) (string, error) {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return path, nil
	}
	return filepath.EvalSymlinks(path)
}

// isSpecial goes by the name first: /dev/stdout may lead to an ordinary file,
// and replacing that would lose what the terminal report writes to it.
func isSpecial(path string) bool {
	clean := filepath.Clean(path)
	for _, folder := range []string{"/dev/std", "/dev/fd/", "/proc/"} {
		if strings.HasPrefix(clean, folder) {
			return true
		}
	}
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}
