package wire

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// PutOffError says that the target, or something before it, would not look at a
// request (RFC 6585, section 4; RFC 9110, sections 10.2.3 and 15.6), and nothing
// about what it asks for.
type PutOffError struct {
	Status     int
	RetryAfter string
}

func (e *PutOffError) Error() string {
	if e.RetryAfter == "" {
		return fmt.Sprintf("the target, or a gateway before it, did not look at the request and answered %d; "+
			"send less with {Parallel} or {MaxRPS}, or wait longer with {RequestTimeout}", e.Status)
	}
	return fmt.Sprintf("the target put the request off, with %d and Retry-After %.40q; "+
		"send less with {Parallel}, or wait longer with {RequestTimeout}", e.Status, e.RetryAfter)
}

const retryAfter = "Retry-After"

// gateways are the statuses of something between the suite and the target, or
// of a target that is not ready to look at requests.
var gateways = []int{http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}

// isGateways says whether an answer has such a status, and is not the target's
// own: its errors say their type.
func (e Exchange) isGateways() bool {
	return e.Err == nil && slices.Contains(gateways, e.Status) && !bytes.Contains(e.Answer, []byte("error_type")) &&
		!bytes.Contains(e.Answer, []byte(errorTypePrefix))
}

// mayHaveHappened says whether the target may have done what was asked for: a
// gateway that got no answer does not know.
func (e Exchange) mayHaveHappened() bool {
	return e.Status == http.StatusBadGateway || e.Status == http.StatusGatewayTimeout
}

// putOff says whether the request was not looked at, and when to send it again.
func (e Exchange) putOff(tries int) (pause time.Duration, putOff bool) {
	if e.Err != nil {
		return 0, false
	}
	limited := e.Status == http.StatusTooManyRequests || e.Status == http.StatusServiceUnavailable
	asked := e.AnswerHeader.Get(retryAfter)
	if seconds, err := strconv.ParseUint(asked, 10, 32); limited && err == nil {
		return max(time.Duration(seconds)*time.Second, leastPause), true
	}
	if moment, err := http.ParseTime(asked); limited && err == nil {
		// By the target's own clock, if it tells the time.
		now, err := http.ParseTime(e.AnswerHeader.Get("Date"))
		if err != nil {
			now = time.Now()
		}
		return max(moment.Sub(now), leastPause), true
	}
	pause = pauseAfter(tries)
	if e.Status == http.StatusTooManyRequests {
		pause = min(pause, limitPause)
	}
	return pause, e.isGateways()
}

func pauseAfter(tries int) time.Duration { return min(firstPause<<min(tries, mostTries), lastPause) }
