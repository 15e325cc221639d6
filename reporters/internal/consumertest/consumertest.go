// Package consumertest has tests ask the programs that others read our reports
// with. Where such a program is missing, the test is skipped and says what to
// install.
package consumertest

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// budget is ample for a program that reads one report.
const budget = time.Minute

// Perl runs a script on input and returns what it printed; module is what the
// script needs.
func Perl(t *testing.T, module, script string, input []byte) []byte {
	t.Helper()
	if _, err := run(t, nil, "", "perl", "-M"+module, "-e", "1"); err != nil {
		t.Skipf("perl with %s is missing (Debian: perl)", module)
	}
	return must(t, input, "", "perl", script)
}

// Node runs a script on input and returns what it printed; module is the npm
// package that the script requires, installed globally.
func Node(t *testing.T, module, script string, input []byte) []byte {
	t.Helper()
	root, err := run(t, nil, "", "npm", "root", "--global")
	if err != nil {
		t.Skip("npm is missing (Debian: nodejs, npm)")
	}
	path := "NODE_PATH=" + strings.TrimSpace(string(root))
	if _, err := run(t, nil, path, "node", "-e", "require('"+module+"')"); err != nil {
		t.Skipf("the npm package %[1]s is missing: npm install --global %[1]s", module)
	}
	return must(t, input, path, "node", script)
}

func must(t *testing.T, input []byte, variable string, command ...string) []byte {
	t.Helper()
	out, err := run(t, input, variable, command...)
	if err != nil {
		t.Fatalf("%s: %s: %s", strings.Join(command, " "), err, stderr(err))
	}
	return out
}

func run(t *testing.T, input []byte, variable string, command ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(t.Context(), budget)
	defer cancel()
	program := exec.CommandContext(ctx, command[0], command[1:]...)
	program.Stdin = bytes.NewReader(input)
	if variable != "" {
		program.Env = append(program.Environ(), variable)
	}
	return program.Output()
}

func stderr(err error) string {
	if exit, ok := err.(*exec.ExitError); ok {
		return string(exit.Stderr)
	}
	return ""
}
