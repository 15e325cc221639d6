package suites

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

// UsageError is an option that cannot be used; nothing was sent.
type UsageError struct{ Text string }

func (e *UsageError) Error() string { return e.Text }

func usage(format string, arguments ...any) error {
	return &UsageError{fmt.Sprintf(format, arguments...)}
}

func (o *Options) check() error {
	if o.Target == "" {
		return usage("no target; give its URL with --target")
	}
	if err := wire.CheckTarget(o.Target); err != nil {
		return usage("--target %q %s", shown(o.Target), err)
	}
	for _, waiver := range o.Waivers {
		if err := waiver.Check(); err != nil {
			return usage("waiver: %s", err)
		}
	}
	for _, claim := range o.Claims {
		if !slices.Contains(wire.Bindings, wire.Binding(claim)) {
			return usage("--claim %q is no binding; choose among api, rest, legacy", claim)
		}
	}
	for _, claim := range o.Claims {
		if o.Release != "" && slices.Contains(ledger.Releases(), o.Release) && !ledger.Documents(o.Release, claim) {
			return usage("--claim %s: the documents of release %s do not have that binding", claim, o.Release)
		}
	}
	if o.Release != "" && !slices.Contains(ledger.Releases(), o.Release) {
		return usage("--release %q is not known; choose among auto, %s", o.Release, strings.Join(ledger.Releases(), ", "))
	}
	for name, positive := range map[string]bool{"--parallel": o.Parallel >= 1, "--timeout": o.Timeout > 0, "--request-timeout": o.RequestTimeout > 0} {
		if !positive {
			return usage("%s must be more than 0", name)
		}
	}
	if err := o.checkCredentials(); err != nil {
		return err
	}
	if err := o.filter().Check(); err != nil {
		return &UsageError{err.Error()}
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
		return usage("no credentials; give --username and --password (or CONFORMANCE_PASSWORD), --session-id, or --authorization")
	case given > 1:
		return usage("more than one kind of credentials; give one of --username, --session-id, --authorization")
	case o.Username == "" && o.Password != "":
		return usage("--password without --username; give both")
	case (o.OtherUsername == "") != (o.OtherPassword == ""):
		return usage("--other-username and --other-password go together; give both")
	case o.OtherUsername != "" && o.OtherUsername == o.Username:
		return usage("--other-username %q is the same as --username; name a second account", o.OtherUsername)
	case o.Username != "" && o.Password == "":
		return usage("--username without a password; give --password or set CONFORMANCE_PASSWORD")
	}
	for name, value := range map[string]string{"--session-id": o.SessionID, "--authorization": o.Authorization} {
		if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return usage("%s holds a control character, which no header can", name)
		}
	}
	return nil
}

func (o *Options) filter() engine.Filter {
	return engine.Filter{LabelFilter: o.LabelFilter, Focus: o.Focus, Seed: o.Seed, OwnSignals: o.OwnSignals}
}

// narrowed says whether the user chose among the behaviours.
func (o *Options) narrowed() bool {
	return o.LabelFilter != "" || len(o.Focus) > 0 || o.Choose != nil
}

// chosen is Choose in the engine's words.
func (o *Options) chosen() func(engine.Instance) bool {
	if o.Choose == nil {
		return nil
	}
	return func(i engine.Instance) bool {
		return o.Choose(Choice{
			ID: i.ID, Service: i.Behaviour.Service, Operation: i.Behaviour.Operation,
			Binding: string(i.Variant.Binding), Route: string(i.Variant.Route), Representation: string(i.Variant.Representation),
			Level: string(i.Level),
		})
	}
}

// selection is the filter as the user wrote it.
func (o *Options) selection() string {
	var parts []string
	if o.LabelFilter != "" {
		parts = append(parts, fmt.Sprintf("--label-filter %q", o.LabelFilter))
	}
	for _, focus := range o.Focus {
		parts = append(parts, fmt.Sprintf("--focus %q", focus))
	}
	return strings.Join(parts, " ")
}
