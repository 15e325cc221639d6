package protocol

import (
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// formWalks are the actions whose effect no behaviour of their own looks at in each
// representation: an answer may be all that comes of them.
var formWalks = []actionWalk{
	{service: Download, steps: []step{{DownloadFile + ".prepare", FileName(heldFile), preparation}}},
	{service: Update, steps: []step{
		{UpdateFile + ".add", OneSpec("file_spec", PushSpec(walkedFile)), inSession(walkedFile)},
		{UpdateFile + ".remove", FileName(heldFile), inSession(heldFile)},
	}},
}

// compareForms: what actions do in JSON, they do in the representation, too, by each
// route that is served. Where nothing is served in JSON there is nothing to compare.
func compareForms(s *Spec, representation wire.Representation) {
	for _, actions := range formWalks {
		plain := s.PlainVariant(actions.steps[0].operation)
		if plain.Representation != wire.JSON {
			continue
		}
		first := formBy(s, plain, actions)
		for _, variant := range s.Served(wire.Variants(actions.steps[0].operation, wire.Legacy)) {
			if variant.Representation == representation {
				expectSame(s, plain, first, variant, formBy(s, variant, actions))
			}
		}
	}
}

// formBy takes the steps, and ends the session, which keeps its item busy.
func formBy(s *Spec, variant wire.Variant, actions actionWalk) []sight {
	w := stepBy(s, variant, actions)
	if actions.service == Update {
		w.leave()
	}
	return w.saw
}
