package spec

import (
	"fmt"
	"time"

	"github.com/onsi/gomega/types"

	"session-conformance/suites/internal/wire"
)

// NotShowTime accepts a session whose field is not the instant.
func NotShowTime(field string, instant time.Time) types.GomegaMatcher {
	return modelMatcher(field+" other than the one that was sent", func(_ wire.Reply, model wire.Members) *Failure {
		if got, ok := model.Time(field); !ok || !got.Truncate(time.Second).Equal(instant.Truncate(time.Second)) {
			return nil
		}
		return wrongField(field, model)
	})
}

// clockSkew is how far the target's clock may be behind the Date that it
// sends: Date has whole seconds and may come from a proxy.
const clockSkew = time.Minute

// ShowFutureTime accepts a session whose time lies ahead by the server's own
// clock. A time without a zone may be off by any zone's distance.
func ShowFutureTime(field string) types.GomegaMatcher {
	return modelMatcher(field+" in the future", func(reply wire.Reply, model wire.Members) *Failure {
		instant, ok := model.Time(field)
		if !ok {
			return wrongField(field, model)
		}
		now := serverTime(reply)
		slack := clockSkew
		if text, _ := model.String(field); !wire.HasZone(text) {
			slack += furthestZone
		}
		if instant.Add(slack).After(now) {
			return nil
		}
		failure := wrong("a time gone by", fmt.Sprintf("%s, where the server's clock says %s",
			fieldIs(field, model), now.UTC().Format(time.RFC3339)))
		failure.Field, failure.Was = field, scalar(model[field])
		return failure
	})
}

// furthestZone is the largest distance of a time zone from UTC.
const furthestZone = 14 * time.Hour

func serverTime(reply wire.Reply) time.Time {
	if date, err := time.Parse(time.RFC1123, reply.AnswerHeader.Get("Date")); err == nil {
		return date
	}
	return time.Now()
}

// ShowTime accepts a session whose field is written as a time in one of the
// documented forms; in api with a zone (reference, DS.get.time_format).
func ShowTime(field string) types.GomegaMatcher {
	return modelMatcher(field+" as a documented date-time", func(reply wire.Reply, model wire.Members) *Failure {
		written, _ := model.String(field)
		_, ok := model.Time(field)
		if ok && (reply.Variant.Binding != wire.API || wire.HasZone(written)) {
			return nil
		}
		if written != "" {
			return &Failure{Got: "it in another form", Field: field, Was: &written, Details: []string{fieldIs(field, model)}}
		}
		return wrongField(field, model)
	})
}
