package spec

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"session-conformance/suites/internal/wire"
)

// read reads the client's answer, and keeps what it made.
func (s *Spec) read(client *wire.Client, exchange wire.Exchange, variant wire.Variant, operation string) wire.Reply {
	s.target.Patience.Note(inVariant(operation, variant), exchange)
	reply := wire.Decode(exchange, variant, operation)
	s.keep(client, reply)
	return reply
}

// see writes an exchange into the transcript, and ends the behaviour if it says
// nothing of the target.
func (s *Spec) see(asked string, exchange wire.Exchange) {
	name := cmp.Or(s.step, asked)
	s.note(name, asked, exchange)
	if exchange.Lost {
		s.report.Lost = append(s.report.Lost, name)
	}
	s.checkAnswered(name, exchange)
}

// fetch sends a request to a transfer URL that the target named. It ends the
// behaviour as Send does.
func (s *Spec) fetch(by func(context.Context, string, wire.Request) wire.Exchange, request wire.Request, address string,
) wire.Exchange {
	asked := request.Method + " to a transfer URL"
	s.expectAnswer(asked)
	s.touched = s.touched || !s.arranging
	exchange := by(s.ctx, address, request)
	s.target.Patience.Note(asked, exchange)
	s.see("transfer", exchange)
	return exchange
}

// note writes the exchange into the transcript, with the tries before it.
func (s *Spec) note(step, asked string, exchange wire.Exchange) {
	if len(exchange.Earlier) > 0 {
		s.putOff += exchange.Started.Sub(exchange.Earlier[0].Started)
	}
	for _, try := range exchange.Tries() {
		if len(try.Answer) > keptAnswer {
			// A part of the answer would keep all of it.
			try.Answer, try.Truncated = bytes.Clone(try.Answer[:keptAnswer]), true
		}
		s.report.Steps = append(s.report.Steps, Step{Name: step, Operation: asked, Exchange: try})
	}
}

// keptAnswer is how much a transcript keeps of an answer, in bytes: twice what a
// report shows of it, so that no secret is cut in two where it is shown.
const keptAnswer = 16 << 10

// checkAnswered ends the behaviour if the exchange says nothing of the target.
func (s *Spec) checkAnswered(step string, exchange wire.Exchange) {
	var putOff *wire.PutOffError
	var gone *wire.GoneError
	var ended *wire.LoginEndedError
	s.checkHost(exchange.Err, exchange.Method)
	switch {
	case errors.Is(exchange.Err, wire.ErrStopped), s.run.Err() != nil:
		s.end(NotRun, "", "the run was interrupted")
	case exchange.Err != nil && wire.IsTimeout(exchange.Err):
		s.end(TimedOut, "", "%s: %s\n%s %s", step, wire.Explain(exchange.Err), exchange.Method, cmp.Or(exchange.Path, "(transfer URL)"))
	case errors.As(exchange.Err, &putOff):
		s.Block("a target that puts requests off", "%s: %s", step, putOff)
	case errors.As(exchange.Err, &gone):
		s.Block("a target that does not answer", "%s", gone)
	case errors.As(exchange.Err, &ended):
		s.Block("a login that has ended", "%s", ended)
	}
}

// checkHost ends the behaviour where a transfer failed for its host. One that has
// another certificate than its endpoint names is the matter of the plainest
// transfer (reference, section 10, row 16). It comes before the timeout that an
// unreachable host may be.
func (s *Spec) checkHost(err error, method string) {
	var unreachable *wire.UnreachableError
	var other *wire.ThumbprintError
	owner := UpdateFile + ".push.put"
	if method == http.MethodGet {
		owner = DownloadFile + ".transfer.get_bytes"
	}
	switch {
	case err == nil || s.run.Err() != nil:
	case errors.As(err, &unreachable):
		s.Block("a transfer host that cannot be reached", "%s", unreachable)
	case errors.As(err, &other) && s.Behaviour.ID != owner:
		s.Block(owner, "%s", other)
	}
}

// tidy sends a request of the cleanup, which no behaviour judges and no
// transcript shows. It is sent also if nobody waits for the operation any more:
// maybe only its answer is missing.
func (s *Spec) tidy(ctx context.Context, by *wire.Client, operation, subject string) wire.Reply {
	variant := s.PlainVariant(operation)
	request, asked := s.Request(Call{Operation: operation, Subject: subject}, In(variant)), inVariant(operation, variant)
	if s.target.Patience.IsOver(asked) != "" {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, moment)
		defer cancel()
	}
	exchange := by.Do(ctx, request)
	s.target.Patience.Note(asked, exchange)
	return wire.Decode(exchange, variant, operation)
}

// moment is enough for a request to reach the target.
const moment = time.Second
