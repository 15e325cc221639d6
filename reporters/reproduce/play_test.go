package reproduce_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
)

// play runs a script with the recorder for curl, which answers everything with
// answer, and returns the arguments of each call.
func play(t *testing.T, script, answer string, variables ...string) (calls [][]string, out string) {
	t.Helper()
	g := NewWithT(t)
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("the scripts need a POSIX shell, which is not there")
	}
	folder := t.TempDir()
	stub, record, answers := filepath.Join(folder, "curl"), filepath.Join(folder, "record"), filepath.Join(folder, "answer")
	g.Expect(os.WriteFile(stub, []byte(recorder), 0o755)).To(Succeed())
	g.Expect(os.WriteFile(answers, []byte(answer), 0o644)).To(Succeed())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	shell := exec.CommandContext(ctx, "sh")
	shell.Dir, shell.Stdin = folder, strings.NewReader(script)
	shell.Env = append(os.Environ(), "CURL="+stub, "RECORD="+record, "ANSWER="+answers,
		"USERNAME=me", "PASSWORD=my $(secret)", "TRANSFER_PATH_1=/given")
	shell.Env = append(shell.Env, variables...)
	text, err := shell.CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), "%s\n%s", script, text)
	recorded, err := os.ReadFile(record)
	g.Expect(err).NotTo(HaveOccurred())
	for _, call := range strings.Split(strings.TrimSuffix(string(recorded), "END\x00"), "END\x00") {
		calls = append(calls, strings.Split(strings.TrimSuffix(call, "\x00"), "\x00"))
	}
	return calls, string(text)
}

func exchange(method, path, body string) report.Exchange {
	return report.Exchange{Step: "act: " + method, Method: method, URL: "https://vc.example" + path, Status: 200,
		Request: report.Message{Body: body}}
}

func withLogin(e report.Exchange) report.Exchange {
	e.Request.Header = map[string][]string{"vmware-api-session-id": {"$SESSION_ID"}}
	return e
}

func behaviour(exchanges ...report.Exchange) report.Result {
	return report.Result{ID: "a.b", Binding: "api", Promise: "does it", Message: "no verdict in time", Exchanges: exchanges}
}
