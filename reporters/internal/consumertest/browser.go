package consumertest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
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

// Ask evaluates an expression on the page that is open.
func Ask[T any](t testing.TB, ctx context.Context, expression string, options ...chromedp.EvaluateOption) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// Prefers sets the colours that the reader's system asks for.
func Prefers(scheme string) chromedp.Action[chromedp.Void] {
	return Emulate(emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// Emulate lets the page be shown as on another medium.
func Emulate(media emulation.SetEmulatedMediaParams) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, media)
		return err
	})
}

// Accessible lets axe-core look at the page that is open, and returns what it finds,
// in a line each.
func Accessible(t testing.TB, ctx context.Context) []string {
	t.Helper()
	Ask[chromedp.Void](t, ctx, Script(t, "axe-core/axe.min.js"))
	return Ask[[]string](t, ctx, findings, chromedp.EvalAwaitPromise)
}

const findings = `axe.run().then((result) => result.violations.map((v) =>
	v.impact + " " + v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")))`
