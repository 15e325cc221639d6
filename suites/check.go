package suites

import (
	"path"
	"slices"
	"strings"

	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/explore"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
	"session-conformance/suites/variant"
)

func (o *Options) check() error {
	if o.Target == "" {
		return wrong("Target", "", "is missing; give the URL of the server to judge")
	}
	if err := wire.CheckTarget(o.Target); err != nil {
		return wrong("Target", showable(o.Target), "%s", err)
	}
	for _, waiver := range o.Waivers {
		if err := waiver.Check(); err != nil {
			return wrong("Waivers", "", "cannot be used: %s", err)
		}
	}
	for _, claim := range o.Claims {
		if !slices.Contains(variant.BindingNames(), claim) {
			return wrong("Claims", claim, "is no binding; choose among %s", strings.Join(variant.BindingNames(), ", "))
		}
	}
	for _, claim := range o.Claims {
		if o.Release != "" && slices.Contains(ledger.Releases(), o.Release) && !ledger.Documents(o.Release, claim) {
			return wrong("Claims", claim, "is not in the documents of release %s", o.Release)
		}
	}
	if o.Release != "" && !slices.Contains(ledger.Releases(), o.Release) {
		return wrong("Release", o.Release, "is not known; choose among auto, %s", strings.Join(ledger.Releases(), ", "))
	}
	for _, one := range []struct {
		option   string
		positive bool
	}{{"Parallel", o.Parallel >= 1}, {"Timeout", o.Timeout > 0}, {"RequestTimeout", o.RequestTimeout > 0}} {
		if !one.positive {
			return wrong(one.option, "", "must be more than 0")
		}
	}
	if s := o.Shard; s != (Shard{}) {
		if _, err := ParseShard(s.String()); err != nil {
			return wrong("Shard", "", "%s", err)
		}
	}
	if err := o.checkCredentials(); err != nil {
		return err
	}
	if o.ReadOnly && (o.OnlyExplore || o.Replay != "" || o.Complete != nil) {
		return wrong("ReadOnly", "", "goes with no histories, which change sessions")
	}
	if err := o.Exchanges.check(); err != nil {
		return err
	}
	if err := o.checkSkip(); err != nil {
		return err
	}
	if k := o.Complete; k != nil && (*k < 0 || *k > explore.MostExtra) {
		return wrong("Complete", "", "must be a number from 0 to %d", explore.MostExtra)
	}
	if o.Replay != "" {
		if err := CheckHistory(o.Replay); err != nil {
			return wrong("Replay", "", "is no history: %s", err)
		}
	}
	if err := o.filter().Check(); err != nil {
		return wrongFilter(o.filter(), err)
	}
	return nil
}

func (o *Options) checkCredentials() error {
	given := 0
	for _, way := range []string{o.Username, o.SessionID, o.Authorization} {
		if way != "" {
			given++
		}
	}
	switch {
	case given == 0 && o.Password == "":
		return wrong("", "", "no credentials; give {Username} and {Password}, {SessionID}, or {Authorization}")
	case given > 1:
		return wrong("", "", "more than one kind of credentials; give one of {Username}, {SessionID}, {Authorization}")
	case o.Username == "" && o.Password != "":
		return wrong("Password", "", "without {Username}; give both")
	case (o.OtherUsername == "") != (o.OtherPassword == ""):
		return wrong("OtherUsername", "", "and {OtherPassword} go together; give both")
	case o.OtherUsername != "" && o.OtherUsername == o.Username:
		return wrong("OtherUsername", o.OtherUsername, "is the same as {Username}; name a second account")
	case (o.LimitedUsername == "") != (o.LimitedPassword == ""):
		return wrong("LimitedUsername", "", "and {LimitedPassword} go together; give both")
	case o.LimitedUsername != "" && (o.LimitedUsername == o.Username || o.LimitedUsername == o.OtherUsername):
		return wrong("LimitedUsername", o.LimitedUsername, "is another account's; name one that may not use sessions")
	case o.Username != "" && o.Password == "":
		return wrong("Username", "", "without {Password}; give both")
	}
	for _, header := range []struct{ option, value string }{{"SessionID", o.SessionID}, {"Authorization", o.Authorization}} {
		if strings.ContainsFunc(header.value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return wrong(header.option, "", "holds a control character, which no header can")
		}
	}
	return nil
}

func (o *Options) filter() engine.Filter {
	return engine.Filter{LabelFilter: o.LabelFilter, Focus: o.Focus, Seed: o.Seed, OwnSignals: o.OwnSignals}
}

// choice is Choose, Skip and the shard in the engine's words.
func (o *Options) choice() func(engine.Instance) bool {
	if o.Choose == nil && len(o.Skip) == 0 && !o.Shard.IsPart() && !o.OnlyExplore {
		return nil
	}
	return func(i engine.Instance) bool {
		if skips(o.Skip, i.ID) || o.OnlyExplore && !explore.IsOfRaces(i.ID) {
			return false
		}
		choice := Choice{
			ID: i.ID, Service: i.Behaviour.Service, Operation: i.Behaviour.Operation,
			Binding: string(i.Variant.Binding), Route: string(i.Variant.Route), Representation: string(i.Variant.Representation),
			Level: string(i.Level),
		}
		return o.Shard.Holds(choice.ID, choice.Binding, choice.Route, choice.Representation) && (o.Choose == nil || o.Choose(choice))
	}
}

// skips says whether one of the patterns matches the id.
func skips(patterns []string, id string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		matches, _ := path.Match(pattern, id)
		return matches
	})
}

// checkSkip refuses a pattern that leaves out nothing.
func (o *Options) checkSkip() error {
	book, err := ledger.Load()
	if err != nil {
		return err
	}
	for _, pattern := range o.Skip {
		if _, err := path.Match(pattern, ""); err != nil {
			return wrong("Skip", pattern, "cannot be read: a [ needs its ], and \\ needs a character")
		}
		if !slices.ContainsFunc(book.Behaviours(), func(b ledger.Behaviour) bool { return skips([]string{pattern}, b.ID) }) {
			return wrong("Skip", pattern, "matches no behaviour; write an id, or a part of one with *; %s", whatThereIs)
		}
	}
	return nil
}
