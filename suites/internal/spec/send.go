package spec

import (
	"slices"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

// Call is an operation as it is asked for: of what, and with which arguments.
type Call = wire.Call

// Option says of a request what does not go without saying.
type Option func(*sending)

// sending is how a request goes out.
type sending struct {
	variant wire.Variant
	client  *wire.Client
	rewrite []func(*wire.Request)
}

// In sends a request in the variant. Without it, the operation that the
// behaviour is about goes in the variant under test, and every other one in the
// plainest that is served, so that one broken spelling does not spoil what only
// looks on.
func In(variant wire.Variant) Option {
	return func(how *sending) { how.variant = variant }
}

// As sends a request by a client other than that of the run.
func As(client *wire.Client) Option {
	return func(how *sending) { how.client = client }
}

// Rewrite changes a request after it was spelled, for behaviours about requests
// that are not as documented.
func Rewrite(change func(*wire.Request)) Option {
	return func(how *sending) { how.rewrite = append(how.rewrite, change) }
}

// sendingOf puts the options together; operation may be none of the documented
// ones if they name the variant.
func (s *Spec) sendingOf(operation string, options []Option) sending {
	how := sending{client: s.target.Client}
	for _, option := range options {
		option(&how)
	}
	if how.variant == (wire.Variant{}) {
		how.variant = s.variantFor(operation)
	}
	return how
}

func (s *Spec) variantFor(operation string) wire.Variant {
	if operation == s.Behaviour.Service+"."+s.Behaviour.Operation {
		return s.Variant
	}
	return s.PlainVariant(operation)
}

// PlainVariant is the plainest variant of the operation that is served in the
// behaviour's binding: what arranges a behaviour and looks at its effect.
func (s *Spec) PlainVariant(operation string) wire.Variant {
	variant, ok := s.target.Plain(operation, s.Variant.Binding)
	if !ok {
		panic("the binding " + string(s.Variant.Binding) + " does not have " + operation)
	}
	return variant
}

// VariantLike returns the operation's variant with the given representation in
// the given binding: by the same route if it has it, else by the plainest that
// is served.
func (s *Spec) VariantLike(like wire.Variant, operation string) wire.Variant {
	candidates := wire.Variants(operation, like.Binding)
	if slices.Contains(candidates, like) {
		return like
	}
	for _, variant := range s.Served(candidates) {
		if variant.Representation == like.Representation {
			return variant
		}
	}
	return s.PlainVariant(operation)
}

// Serves says whether the target serves the binding.
func (s *Spec) Serves(binding wire.Binding) bool {
	return s.target.Served(wire.Variant{Binding: binding, Route: wire.Path, Representation: wire.JSON})
}

// Served narrows variants to those that the target serves.
func (s *Spec) Served(variants []wire.Variant) []wire.Variant {
	return slices.DeleteFunc(slices.Clone(variants), func(v wire.Variant) bool { return !s.target.Served(v) })
}

// Request spells a call without sending it.
func (s *Spec) Request(call Call, options ...Option) wire.Request {
	how := s.sendingOf(call.Operation, options)
	request, err := wire.Encode(s.target.Prefixes, how.variant, call)
	if err != nil {
		panic(err)
	}
	SpellToken(request, s.target.Releases)
	for _, change := range how.rewrite {
		change(&request)
	}
	return request
}

// oldTokenHeader is another spelling of the token's header on pages of some
// releases; a target that may be of these is sent both (reference, section 5, row 6).
const oldTokenHeader = "client_token"

// SpellToken adds the other spelling of a client token where the target may be of
// a release that reads that one.
func SpellToken(request wire.Request, releases []string) {
	if token := request.Header.Get("Client-Token"); token != "" && slices.ContainsFunc(releases, oldTokenReleases.Holds) {
		request.Header[oldTokenHeader] = []string{token}
	}
}

var oldTokenReleases = ledger.Range{Since: "7.0u2", Until: "8.0"}

// Send sends a call and reads the answer. A request that was not answered in
// time, that the target keeps putting off, or that was not sent because the run
// was stopped, ends the behaviour; any other failure to answer is a reply to be
// judged.
func (s *Spec) Send(call Call, options ...Option) Reply {
	return s.SendRequest(call.Operation, s.Request(call, options...), options...)
}

// SendRequest is Send for a request that is spelled already, whose options must
// name the variant if the operation is none of the documented ones.
func (s *Spec) SendRequest(operation string, request wire.Request, options ...Option) Reply {
	how := s.sendingOf(operation, options)
	s.readOnly(request)
	s.expectAnswer(inVariant(operation, how.variant))
	reply := s.read(how.client, how.client.Do(s.ctx, request), how.variant, operation)
	s.see(operation, reply.Exchange)
	if how.client == s.target.Client {
		s.checkPrivilege(reply)
	}
	if len(how.rewrite) == 0 && wire.IsOperation(operation) {
		s.hold(reply)
	}
	return reply
}
