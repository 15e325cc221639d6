package sarif

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/reproduce"
	"session-conformance/reporters/visible"
)

// detailsLimit keeps thousands of results within the 10 MB that GitHub takes.
const detailsLimit = 2 << 10

// severity is how an outcome reads in SARIF.
type severity struct {
	level      level
	suppressed bool
}

// severities has the outcomes that are results. What does not decide is never
// an error, for which GitHub fails a check.
var severities = map[report.Outcome]severity{
	report.Failed:   {level: failure},
	report.TimedOut: {level: failure},
	report.Fault:    {level: failure},
	report.Warned:   {level: warning},
	report.Blocked:  {level: note},
	report.Waived:   {level: note, suppressed: true},
}

// resultProperties carry what tells one result of a rule from another.
type resultProperties struct {
	Variant string         `json:"variant"`
	Outcome report.Outcome `json:"outcome"`
	Level   report.Level   `json:"level"`
	Spec    string         `json:"spec,omitempty"`
}

func resultOf(run *report.Run, one report.Result, severity severity, rule int) result {
	out := result{
		RuleID:       visible.Text(one.ID),
		RuleIndex:    rule,
		Level:        severity.level,
		Message:      message{Text: textOf(run, one)},
		Locations:    []location{locationOf(one)},
		Fingerprints: fingerprintsOf(one),
		Properties: resultProperties{
			Variant: visible.Text(one.VariantName()),
			Outcome: one.Outcome,
			Level:   one.Level,
			Spec:    visible.Text(one.Location),
		},
	}
	if severity.suppressed {
		out.Suppressions = []suppression{{Kind: "external", Status: "accepted", Justification: results.Reason(one)}}
	}
	return out
}

// textOf begins with the one line that viewers show in a list.
func textOf(run *report.Run, one report.Result) string {
	_, details, _ := strings.Cut(strings.TrimSpace(one.Message), "\n")
	parts := []string{results.Reason(one)}
	if details = strings.Trim(details, "\n"); details != "" {
		parts = append(parts, results.Clip(details, detailsLimit))
	}
	parts = append(parts, "in "+visible.Text(one.VariantName()))
	if one.LookAt != "" {
		parts = append(parts, "look at: "+visible.Text(one.LookAt))
	}
	parts = append(parts, "rerun: "+visible.Text(reproduce.Rerun(run, one)))
	// Viewers would make a link of "[text](address)" in an answer.
	return strings.ReplaceAll(strings.TrimSpace(strings.Join(parts, "\n\n")), "](", "] (")
}

// locationOf names the endpoint. GitHub takes a result only with a path in the
// repository, and an endpoint has none: the path is one of the suite's own,
// conformance/SERVICE/OPERATION/VARIANT, which stays the same between runs.
func locationOf(one report.Result) location {
	operation := strings.ReplaceAll(one.Operation, "*", "any")
	variant := strings.ReplaceAll(one.VariantName(), " ", "-")
	path := "conformance"
	for _, segment := range []string{one.Service, operation, variant} {
		path += "/" + url.PathEscape(segment)
	}
	return location{
		Physical: physicalLocation{artifactLocation{path}, region{1, 1, 1, 1}},
		Logical: []logicalLocation{{
			Name:               visible.Text(operation),
			FullyQualifiedName: visible.Text(one.Service + "." + operation + " in " + one.VariantName()),
			Kind:               "function",
		}},
	}
}

// fingerprintsOf identify a result from run to run. GitHub looks only at the
// first, which for code is the hash of a line.
func fingerprintsOf(one report.Result) map[string]string {
	identity := visible.Text(one.ID + " in " + one.VariantName())
	hash := sha256.Sum256([]byte(identity))
	return map[string]string{
		"primaryLocationLineHash": hex.EncodeToString(hash[:8]) + ":1",
		"behaviourInVariant/v1":   identity,
	}
}
