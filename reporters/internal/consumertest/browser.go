package consumertest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Browser opens a headless Chromium, which ends with the test.
func Browser(t testing.TB) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is missing (Debian: chromium), so the page is not looked at")
	}
	// Whoever tests in a container is root, for whom there is no sandbox.
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := context.WithTimeout(context.Background(), budget)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// Script reads a file of an npm package that is installed globally.
func Script(t testing.TB, path string) string {
	t.Helper()
	root, err := exec.Command("npm", "root", "--global").Output()
	if err != nil {
		t.Skip("npm is missing (Debian: nodejs, npm)")
	}
	source, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), filepath.FromSlash(path)))
	if err != nil {
		module, _, _ := strings.Cut(path, "/")
		t.Skipf("the npm package %[1]s is missing: npm install --global %[1]s", module)
	}
	return string(source)
}
