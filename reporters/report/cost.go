package report

import (
	"cmp"
	"slices"
)

// Cost is what a run asked of its target, set-up, clean-up and what was asked
// again included; zero in runs that were saved before it was kept.
type Cost struct {
	Requests int `json:"requests"`
	// Creates are the requests for a new session, item or library, Logins those
	// for a new login.
	Creates int `json:"creates"`
	Logins  int `json:"logins"`
	// The bytes are those of headers and bodies, without what a transport adds.
	BytesSent     int64 `json:"bytes_sent"`
	BytesReceived int64 `json:"bytes_received"`
	// Operations are in the order of their names.
	Operations []OperationCost `json:"operations"`
}

// OperationCost is the part of an operation, or of what else was asked for:
// "login", "logout", "library", "transfer.upload", "transfer.download", "other".
type OperationCost struct {
	Operation string `json:"operation"`
	Requests  int    `json:"requests"`
	// Answered is how many were answered whole; the latencies are those of them.
	Answered int `json:"answered"`
	// LongestAnswer has the most bytes in its body.
	LongestAnswer int64   `json:"longest_answer"`
	MedianMS      float64 `json:"median_ms"`
	P95MS         float64 `json:"p95_ms"`
	MostMS        float64 `json:"most_ms"`
}

// Longest is the operation with the longest answer; zero if none was answered.
func (c Cost) Longest() OperationCost {
	return c.most(func(a, b OperationCost) int { return cmp.Compare(a.LongestAnswer, b.LongestAnswer) })
}

// Slowest is the operation with the answer that took longest; zero if none was
// answered.
func (c Cost) Slowest() OperationCost {
	return c.most(func(a, b OperationCost) int { return cmp.Compare(a.MostMS, b.MostMS) })
}

func (c Cost) most(compare func(a, b OperationCost) int) OperationCost {
	answered := slices.DeleteFunc(slices.Clone(c.Operations), func(o OperationCost) bool { return o.Answered == 0 })
	if len(answered) == 0 {
		return OperationCost{}
	}
	return slices.MaxFunc(answered, compare)
}

// Plus is the cost of two runs on one target. Of the latencies only the most is
// exact: median and 95th are weighted by how many answers each run had.
func (c Cost) Plus(other Cost) Cost {
	sum := Cost{
		Requests: c.Requests + other.Requests, Creates: c.Creates + other.Creates, Logins: c.Logins + other.Logins,
		BytesSent: c.BytesSent + other.BytesSent, BytesReceived: c.BytesReceived + other.BytesReceived,
		Operations: slices.Clone(c.Operations),
	}
	for _, one := range other.Operations {
		at, found := slices.BinarySearchFunc(sum.Operations, one.Operation,
			func(o OperationCost, name string) int { return cmp.Compare(o.Operation, name) })
		if found {
			sum.Operations[at] = sum.Operations[at].plus(one)
			continue
		}
		sum.Operations = slices.Insert(sum.Operations, at, one)
	}
	return sum
}

func (o OperationCost) plus(other OperationCost) OperationCost {
	answered := o.Answered + other.Answered
	weighted := func(a, b float64) float64 {
		if answered == 0 {
			return 0
		}
		return (a*float64(o.Answered) + b*float64(other.Answered)) / float64(answered)
	}
	return OperationCost{
		Operation: o.Operation, Requests: o.Requests + other.Requests, Answered: answered,
		LongestAnswer: max(o.LongestAnswer, other.LongestAnswer),
		MedianMS:      weighted(o.MedianMS, other.MedianMS), P95MS: weighted(o.P95MS, other.P95MS), MostMS: max(o.MostMS, other.MostMS),
	}
}
