package terminal

import (
	"fmt"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

// header says what was judged, as what, and where it could be reached.
func (p *page) header() {
	run := p.run
	target := run.Target.URL
	if run.Target.Bundled {
		target = "the bundled reference server"
	}
	if run.Target.Release != "" {
		target += ", release " + run.Target.Release
	}
	p.field(0, "target", target)
	p.field(0, "suite", fmt.Sprintf("%s %s, seed %d", run.Suite.Name, run.Suite.Version, run.Options.Seed))
	if only := selection(run.Options); only != "" {
		p.field(0, "only", only)
	}
	for _, binding := range run.Bindings {
		p.binding(binding)
	}
	for _, reading := range run.Readings {
		p.field(0, "reading", fmt.Sprintf("%s %s, as %s document it", reading.Topic, reading.Met, reading.Releases))
	}
	if left := results.Unjudged(run); left != "" {
		p.field(0, "left out", left)
	}
}

func selection(options report.Options) string {
	var parts []string
	if options.LabelFilter != "" {
		parts = append(parts, "--label-filter '"+options.LabelFilter+"'")
	}
	for _, focus := range options.Focus {
		parts = append(parts, "--focus '"+focus+"'")
	}
	return strings.Join(parts, " ")
}

func (p *page) binding(binding report.Binding) {
	if !binding.Served {
		state := "not served: "
		if binding.Claimed {
			state = "claimed, but not served: "
		}
		p.field(0, binding.Name, state+binding.Reason)
		return
	}
	served, missing := split(binding.Variants)
	text := "served under " + binding.Prefix
	// Only legacy has variants that say something.
	if len(binding.Variants) > 1 {
		text += ": " + card.Routes(served)
	}
	p.field(0, binding.Name, text)
	for _, group := range card.Group(missing, func(v report.Variant) string { return v.Reason }) {
		p.field(0, "", "not served: "+card.Routes(group)+": "+group[0].Reason)
	}
}

func split(variants []report.Variant) (served, missing []report.Variant) {
	for _, variant := range variants {
		if variant.Served {
			served = append(served, variant)
		} else {
			missing = append(missing, variant)
		}
	}
	return served, missing
}
