package main

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

func TestSweep(t *testing.T) {
	g := NewWithT(t)
	_, web, run := reference(t, fake.Options{}, asItIs)
	login := run[1:]
	clean := conformance(t, append([]string{"sweep"}, login...)...)
	g.Expect(clean.code).To(BeZero(), clean.stderr)
	g.Expect(clean.stdout).To(Equal("0 deleted, 0 kept\n"))

	for _, test := range []struct {
		arguments []string
		code      int
	}{
		{[]string{"--target", web.URL, "--username", testUser, "--password", "wr0ng"}, report.Unusable.ExitCode()},
		{[]string{"--target", web.URL}, exitUsage},
		{[]string{"--older-than", "-1h"}, exitUsage},
		{nil, exitUsage},
	} {
		got := conformance(t, append([]string{"sweep"}, test.arguments...)...)
		g.Expect(got.code).To(Equal(test.code), "%v", test.arguments)
		one(g, got.stderr)
	}
}

// A configuration of run serves sweep as well.
func TestSweepReadsTheSettingsOfRun(t *testing.T) {
	g := NewWithT(t)
	_, web, _ := reference(t, fake.Options{}, asItIs)
	t.Setenv("CONFORMANCE_PASSWORD", testPassword)
	t.Setenv("CONFORMANCE_PARALLEL", "3")
	got := conformance(t, "sweep", "--config", written(t, "c.yaml", "target: "+web.URL+"\nusername: "+testUser+"\nstrict: true\n"))
	g.Expect(got.code).To(BeZero(), got.stderr)
}
