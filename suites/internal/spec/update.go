package spec

import (
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"session-conformance/suites/internal/wire"
)

// ShowIgnored accepts an update session whose warning_behavior lets the
// warning pass.
func ShowIgnored(warning string) types.GomegaMatcher {
	return modelMatcher("a warning_behavior that ignores "+warning, func(_ wire.Reply, model wire.Members) *Failure {
		if ignores(model, warning) {
			return nil
		}
		return wrongField("warning_behavior", model)
	})
}

// NotShowIgnored accepts an update session that shows nothing of the warning
// being let pass: what was refused, or not understood, has not been applied.
func NotShowIgnored(warning string) types.GomegaMatcher {
	return modelMatcher("no warning_behavior that ignores "+warning, func(_ wire.Reply, model wire.Members) *Failure {
		if ignores(model, warning) {
			return &Failure{Got: "one: the update was applied", Field: "warning_behavior"}
		}
		return nil
	})
}

func ignores(model wire.Members, warning string) bool {
	list, _ := model["warning_behavior"].([]any)
	return slices.ContainsFunc(list, func(one any) bool {
		behavior, _ := one.(wire.Members)
		kind, _ := behavior.String("type")
		ignored, _ := behavior["ignored"].(bool)
		return kind == warning && ignored
	})
}

// ShowPreview accepts an update session whose preview_info has one of the
// states.
func ShowPreview(states ...string) types.GomegaMatcher {
	return modelMatcher("preview_info in state "+strings.Join(states, " or "), func(_ wire.Reply, model wire.Members) *Failure {
		preview, ok := model["preview_info"].(wire.Members)
		if !ok {
			return wrongField("preview_info", model)
		}
		if state, ok := preview.String("state"); ok && slices.Contains(states, state) {
			return nil
		}
		failure := wrongField("preview_info", model)
		failure.Got = "preview_info whose " + fieldIs("state", preview)
		return failure
	})
}
