package main

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
)

// noFlags are the options that a caller from Go sets, or that several flags do.
var noFlags = []string{"Bundled", "TLS", "Choose", "LongestWait", "Version", "Commit", "Observer", "OwnSignals", "NoReplay",
	"Once", "NoExchanges", "OnlyExplore", "Again", "Replay", "Complete", "OptionName"}

func TestEveryOptionIsSetByTheFlagThatErrorsName(t *testing.T) {
	g := NewWithT(t)
	for command, options := range map[string]any{"run": suites.Options{}, "list": suites.Filter{}} {
		found, _, err := newCommand().Find([]string{command})
		g.Expect(err).NotTo(HaveOccurred())
		for field := range reflect.TypeOf(options).Fields() {
			if slices.Contains(noFlags, field.Name) {
				continue
			}
			flag, _, _ := strings.Cut(strings.TrimPrefix(flagOf(field.Name), "--"), " ")
			g.Expect(found.Flags().Lookup(flag)).NotTo(BeNil(), "%s: --%s", field.Name, flag)
		}
	}
}

func TestAnErrorOfAnOptionNamesFlagsHereAndOptionsElsewhere(t *testing.T) {
	g := NewWithT(t)
	_, err := suites.New(suites.Options{Target: "http://127.0.0.1:1", Username: "u"})
	g.Expect(err).To(MatchError("Username without Password; give both"))
	g.Expect(inFlags(err)).To(MatchError("--username without --password (or CONFORMANCE_PASSWORD); give both"))
}
