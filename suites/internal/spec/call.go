package spec

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"session-conformance/suites/internal/wire"
)

// Call uses an operation: in the variant under test if it is the operation
// that the behaviour is about, else in the plainest one that is served, so
// that one broken spelling does not spoil what only looks on.
func (s *Spec) Call(operation, subject string, arguments wire.Object) wire.Reply {
	return s.Via(s.variantFor(operation), operation, subject, arguments)
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

// Via uses an operation in the given variant.
func (s *Spec) Via(variant wire.Variant, operation, subject string, arguments wire.Object) wire.Reply {
	return s.Send(s.Request(variant, operation, subject, arguments), variant, operation)
}

// Request spells an operation without sending it, for behaviours that bend it.
func (s *Spec) Request(variant wire.Variant, operation, subject string, arguments wire.Object) wire.Request {
	request, err := wire.Encode(s.target.Prefixes, variant, wire.Call{Operation: operation, Subject: subject, Arguments: arguments})
	if err != nil {
		panic(err)
	}
	if token := request.Header.Get("Client-Token"); token != "" && slices.Contains(s.target.Releases, oldTokenRelease) {
		request.Header[oldTokenHeader] = []string{token}
	}
	return request
}

// The page of one release prints the token's header in another spelling; a
// target that may be of that release is sent both (reference, section 5, row 6).
const (
	oldTokenRelease = "7.0u2"
	oldTokenHeader  = "client_token"
)

// Send sends the request and reads the answer as one to the operation. A
// request that was not answered in time, that the target keeps putting off, or
// that was not sent because the run was stopped, ends the behaviour; any other
// failure to answer is a reply to be judged.
func (s *Spec) Send(request wire.Request, variant wire.Variant, operation string) wire.Reply {
	return s.SendBy(s.target.Client, request, variant, operation)
}

// SendBy is Send by another client of the target.
func (s *Spec) SendBy(client *wire.Client, request wire.Request, variant wire.Variant, operation string) wire.Reply {
	s.expectAnswer(inVariant(operation, variant))
	reply := s.read(client.Do(s.ctx, request), variant, operation)
	s.see(operation, reply.Exchange)
	return reply
}

// read reads an answer, and keeps what it made.
func (s *Spec) read(exchange wire.Exchange, variant wire.Variant, operation string) wire.Reply {
	s.target.Patience.note(inVariant(operation, variant), exchange)
	reply := wire.Decode(exchange, variant, operation)
	s.keep(reply)
	return reply
}

// see writes an exchange into the transcript, and ends the behaviour if it says
// nothing of the target.
func (s *Spec) see(asked string, exchange wire.Exchange) {
	name := cmp.Or(s.step, asked)
	s.note(name, exchange)
	s.checkAnswered(name, exchange)
}

// Fetch sends a request to a transfer URL that the target named. It ends the
// behaviour as Send does.
func (s *Spec) Fetch(request wire.Request, address string) wire.Exchange {
	return s.fetch(s.target.Client.Transfer, request, address)
}

func (s *Spec) fetch(by func(context.Context, string, wire.Request) wire.Exchange, request wire.Request, address string) wire.Exchange {
	asked := request.Method + " to a transfer URL"
	s.expectAnswer(asked)
	exchange := by(s.ctx, address, request)
	s.target.Patience.note(asked, exchange)
	s.see("transfer", exchange)
	return exchange
}

// note writes the exchange into the transcript, with the tries before it.
func (s *Spec) note(step string, exchange wire.Exchange) {
	if len(exchange.Earlier) > 0 {
		s.putOff += exchange.Started.Sub(exchange.Earlier[0].Started)
	}
	for _, try := range exchange.Tries() {
		if len(try.Answer) > keptAnswer {
			// A part of the answer would keep all of it.
			try.Answer, try.Truncated = bytes.Clone(try.Answer[:keptAnswer]), true
		}
		s.report.Steps = append(s.report.Steps, Step{step, try})
	}
}

// keptAnswer is how much a transcript keeps of an answer, in bytes: twice what a
// report shows of it, so that no secret is cut in two where it is shown.
const keptAnswer = 16 << 10

// checkAnswered ends the behaviour if the exchange says nothing of the target.
func (s *Spec) checkAnswered(step string, exchange wire.Exchange) {
	var putOff *wire.PutOffError
	switch {
	case errors.Is(exchange.Err, wire.ErrStopped), s.run.Err() != nil:
		s.end(NotRun, "", "the run was interrupted")
	case exchange.Err != nil && wire.IsTimeout(exchange.Err):
		s.end(TimedOut, "", "%s: %s\n%s %s", step, wire.Explain(exchange.Err), exchange.Method, cmp.Or(exchange.Path, "(transfer URL)"))
	case errors.As(exchange.Err, &putOff):
		s.Block("a target that puts requests off", "%s: %s", step, putOff)
	}
}

// Use is a use of an operation, as Call takes it.
type Use struct {
	Operation, Subject string
	Arguments          wire.Object
}

// AtOnce uses operations at the same time and returns the replies in the order
// of the uses; its goroutines end with their answers or the behaviour's deadline.
func (s *Spec) AtOnce(uses ...Use) []wire.Reply {
	requests := make([]wire.Request, len(uses))
	for i, use := range uses {
		s.expectAnswer(inVariant(use.Operation, s.variantFor(use.Operation)))
		requests[i] = s.Request(s.variantFor(use.Operation), use.Operation, use.Subject, use.Arguments)
	}
	exchanges := make([]wire.Exchange, len(uses))
	var group sync.WaitGroup
	begin := make(chan struct{})
	for i, request := range requests {
		group.Go(func() {
			<-begin
			exchanges[i] = s.target.Client.Do(s.ctx, request)
		})
	}
	close(begin)
	group.Wait()
	// All of them, before any ends the behaviour.
	replies := make([]wire.Reply, len(uses))
	for i, use := range uses {
		replies[i] = s.read(exchanges[i], s.variantFor(use.Operation), use.Operation)
	}
	for i, use := range uses {
		s.see(use.Operation, exchanges[i])
	}
	return replies
}

// tidy sends a request of the cleanup, which no behaviour judges and no
// transcript shows. It is sent also if nobody waits for the operation any more:
// maybe only its answer is missing.
func (s *Spec) tidy(ctx context.Context, operation, subject string) wire.Reply {
	variant := s.PlainVariant(operation)
	request, asked := s.Request(variant, operation, subject, nil), inVariant(operation, variant)
	if s.target.Patience.isOver(asked) {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, moment)
		defer cancel()
	}
	exchange := s.target.Cleaner.Do(ctx, request)
	s.target.Patience.note(asked, exchange)
	return wire.Decode(exchange, variant, operation)
}

// moment is enough for a request to reach the target.
const moment = time.Second

// Spelled returns the operation's variant with the given representation in
// the given binding: by the same route if it has it, else by the plainest that
// is served.
func (s *Spec) Spelled(like wire.Variant, operation string) wire.Variant {
	candidates := wire.Variants(operation, like.Binding)
	for _, variant := range candidates {
		if variant == like {
			return variant
		}
	}
	for _, variant := range s.Served(candidates) {
		if variant.Representation == like.Representation {
			return variant
		}
	}
	return s.PlainVariant(operation)
}
