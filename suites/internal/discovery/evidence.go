package discovery

import (
	"fmt"

	"session-conformance/suites/internal/wire"
)

// probe is one question and whether its answer had the documented shape.
type probe struct {
	served   bool
	evidence string
}

func verdict(probes []probe) (bool, string) {
	for _, probe := range probes {
		if probe.served {
			return true, probe.evidence
		}
	}
	return false, firstMiss(probes)
}

func firstMiss(probes []probe) string {
	for _, probe := range probes {
		if !probe.served {
			return probe.evidence
		}
	}
	return "nothing was asked"
}

// probeOf says what a reply is evidence of: an XML question wants an XML answer.
func probeOf(reply wire.Reply, problem string) probe {
	question := reply.Method + " " + reply.Path
	if problem == "" && (reply.Variant.Representation == wire.XML) != (reply.Root.Local != "") {
		problem = "it is not in the representation that was asked for"
	}
	switch {
	case reply.Err != nil:
		return probe{false, fmt.Sprintf("%s: %s", question, wire.Explain(reply.Err))}
	case reply.RedirectsTo() != "":
		return probe{false, fmt.Sprintf("%s answered %d, a redirect to %s", question, reply.Status, reply.RedirectsTo())}
	case !reply.Succeeded():
		return probe{false, fmt.Sprintf("%s answered %d", question, reply.Status)}
	case problem != "":
		return probe{false, fmt.Sprintf("%s answered %d without the documented shape (%s)", question, reply.Status, problem)}
	}
	return probe{true, fmt.Sprintf("%s answered %d with the documented shape", question, reply.Status)}
}
