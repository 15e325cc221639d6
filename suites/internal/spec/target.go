package spec

import (
	"context"
	"time"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// Target is what the behaviours of one run share.
type Target struct {
	// RunID is in the ids of the requests.
	RunID  string
	Client *wire.Client
	// Cleaner sends what deletes, also after the run was stopped.
	Cleaner  *wire.Client
	Library  *library.Library
	Prefixes wire.Prefixes
	// Served says whether the target takes requests in the variant.
	Served func(wire.Variant) bool
	// Releases are those that the target may be of; what any of them documents
	// is right (reference, section 5).
	Releases []string
	// SubscribedItem is an item of a subscribed library; empty if none was named.
	SubscribedItem string
	// Account is the run's; empty if a token was given instead.
	Account Account
	// Nobody sends no credentials, Other those of a second account; Other is
	// nil if none was named.
	Nobody, Other *wire.Client
	// Limited sends those of an account without the privileges of sessions; nil if
	// none was named.
	Limited *wire.Client
	// OptionName names an option of the run to its user; nil as it is.
	OptionName func(option string) string
	// Pull offers files to the target; nil if the target cannot reach it.
	Pull PullServer
	// ReadOnly says that nothing may be made or changed; Existing are the sessions that
	// are there.
	ReadOnly bool
	Existing []Existing
	// Slow says that behaviours may wait for expiry.
	Slow bool
	// Hide keeps a secret out of every report.
	Hide func(secret string)
	// Patience decides what is not worth asking any more.
	Patience *wire.Patience
	// Timeout bounds a behaviour, from the moment that it has its items.
	Timeout time.Duration
	vain    vain
	lacking lacking
	// LongestWait cuts the budget of every poll, if it is not 0.
	LongestWait time.Duration
	// CleanupTimeout bounds what follows it, all deletions together.
	CleanupTimeout time.Duration
}

// PullServer offers content to be fetched by the target.
type PullServer interface {
	// Offer returns an address that answers with the content.
	Offer(content []byte) string
	// OfferSecure is Offer by https, with the certificate that it has.
	OfferSecure(content []byte) (address string, certificate library.Certificate)
	// Nowhere returns an address that answers 404.
	Nowhere() string
	// Fetched says whether anybody asked at the address, or must have been able
	// to, since the user named it.
	Fetched(address string) bool
}

// absences is how often the target went away so far.
func (t *Target) absences() int {
	if t.Client == nil {
		return 0
	}
	return t.Client.Absences()
}

// Plain returns the plainest variant of the operation that the target serves
// in the binding: what arranges a behaviour and looks at its effect.
func (t *Target) Plain(operation string, binding wire.Binding) (wire.Variant, bool) {
	variants := wire.Variants(operation, binding)
	for _, variant := range variants {
		if t.Served(variant) {
			return variant, true
		}
	}
	if len(variants) > 0 {
		return variants[0], true
	}
	return wire.Variant{}, false
}

// cleanupContext outlives the behaviour and the interruption of the run.
func (t *Target) cleanupContext(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), t.CleanupTimeout)
}
