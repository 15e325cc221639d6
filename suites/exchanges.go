package suites

import "session-conformance/reporters/report"

// Exchanges says of which results the exchanges are kept: they are most of what a
// saved run holds.
type Exchanges string

// Which exchanges are kept.
const (
	AllExchanges Exchanges = "all"
	// FailedExchanges are those of results that do not hold, or could not be judged.
	FailedExchanges Exchanges = "failed"
	NoneExchanges   Exchanges = "none"
)

func (e Exchanges) check() error {
	switch e {
	case "", AllExchanges, FailedExchanges, NoneExchanges:
		return nil
	}
	return wrong("Exchanges", string(e), "is not known; choose among all, failed, none")
}

func (e Exchanges) onlyOfWrong() bool { return e == FailedExchanges || e == NoneExchanges }

// shed drops the exchanges of what holds, as soon as nothing else reads them; what an
// observation compares points at its own.
func (e Exchanges) shed(results []report.Result) {
	if !e.onlyOfWrong() {
		return
	}
	for i := range results {
		if results[i].Outcome.Right() && results[i].Failure == nil {
			results[i].Exchanges = []report.Exchange{}
		}
	}
}

// conclude drops the others, too, once the causes are known, which read them.
func (e Exchanges) conclude(results []report.Result) {
	if e != NoneExchanges {
		return
	}
	for i := range results {
		results[i].Exchanges = []report.Exchange{}
		if broke := results[i].Failure; broke != nil {
			broke.Exchange, broke.Before = nil, nil
		}
	}
}
