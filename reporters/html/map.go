package html

import (
	"html/template"
	"strings"

	"session-conformance/reporters/lifecycle"
	"session-conformance/reporters/report"
)

// mapView is the lifecycle of the sessions of a service, drawn for a desk and
// for a phone.
type mapView struct {
	lifecycle.Map
	Wide, Narrow template.HTML
	Findings     []placeView
	Silent       []silentView
	Met, All     int
}

// placeView is a finding on the map, and the anchor of its card.
type placeView struct {
	lifecycle.Finding
	Place, Card string
}

// silentView says what the target does in a state where the documents are silent.
type silentView struct{ State, Words string }

// claimView is what checking sets of sequences show.
type claimView struct {
	lifecycle.Claims
	States, Alphabet string
	Excluded         []silentView
}

func claimsOf(run *report.Run) []claimView {
	var views []claimView
	for _, claims := range lifecycle.ClaimsOf(run) {
		view := claimView{Claims: claims, States: strings.Join(claims.States, "; "), Alphabet: strings.Join(claims.Alphabet, "; ")}
		for _, excluded := range claims.Excluded {
			view.Excluded = append(view.Excluded, silentView{excluded.State, strings.Join(excluded.Operations, "; ")})
		}
		views = append(views, view)
	}
	return views
}

// placeAnchor begins the anchors of what the maps show.
const placeAnchor = "place-"

func mapsOf(run *report.Run, anchors map[[2]string]string) []mapView {
	var views []mapView
	for _, m := range lifecycle.Of(run) {
		// The drawings escape what a target sent.
		view := mapView{Map: m, Wide: template.HTML(m.Wide(placeAnchor)), Narrow: template.HTML(m.Narrow(placeAnchor))}
		view.Met, view.All = m.Met()
		for _, finding := range m.Findings {
			view.Findings = append(view.Findings, placeView{finding, placeAnchor, anchors[[2]string{finding.Behaviour, finding.Variant}]})
		}
		for _, state := range m.Silent() {
			view.Silent = append(view.Silent, silentView{lifecycle.StateName(state.Name), lifecycle.SilentWords(state)})
		}
		views = append(views, view)
	}
	return views
}
