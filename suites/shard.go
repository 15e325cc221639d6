package suites

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/explore"
	"session-conformance/suites/ledger"
)

// Shard is a part of a run, for pipelines in which several processes judge one
// target: each behaviour in each variant is in exactly one of Total shards. The
// zero value is the whole run.
type Shard struct {
	// Index is from 1 to Total.
	Index, Total int
}

// mostShards bounds what a run is cut into: each shard logs in and sets up for
// itself, and there are not many more behaviours.
const mostShards = 1000

// SeedOfShards orders the behaviours of a shard whose options name no seed: all
// shards of a run must have the same.
const SeedOfShards = 1

// ParseShard reads a shard as String writes it: 2/5.
func ParseShard(text string) (Shard, error) {
	index, total, found := strings.Cut(text, "/")
	i, noIndex := strconv.Atoi(index)
	n, noTotal := strconv.Atoi(total)
	if !found || noIndex != nil || noTotal != nil || i < 1 || n < i || n > mostShards {
		return Shard{}, fmt.Errorf("%q is no shard; want INDEX/TOTAL from 1/1 to %d/%d, such as 2/5", text, mostShards, mostShards)
	}
	return Shard{i, n}, nil
}

// String is empty for the whole run.
func (s Shard) String() string {
	if s.Total == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Total)
}

// IsPart says whether other shards have the rest.
func (s Shard) IsPart() bool { return s.Total > 1 }

// Holds says whether the behaviour in the variant is in the shard. The place
// depends on names alone, so it is the same on every machine and in every order.
func (s Shard) Holds(id, binding, route, representation string) bool {
	if !s.IsPart() {
		return true
	}
	sum := fnv.New64a()
	fmt.Fprintf(sum, "%s %s %s %s", id, binding, route, representation)
	return sum.Sum64()%uint64(s.Total) == uint64(s.Index-1)
}

// share is the shard's part of the histories and races.
func (s Shard) share() explore.Share {
	if !s.IsPart() {
		return explore.Share{}
	}
	return explore.Share{Number: s.Index - 1, Of: s.Total}
}

// plan plans what the options choose in the scope. A shard may hold nothing of
// it, but the whole run must not be empty.
func (o *Options) plan(book *ledger.Ledger, scope engine.Scope) (*engine.Plan, error) {
	scope.Chosen = o.choice()
	plan, err := engine.MakePlan(book, scope, o.filter())
	if !errors.Is(err, engine.ErrNothingMatches) || !o.Shard.IsPart() {
		return plan, err
	}
	whole := *o
	whole.Shard = Shard{}
	if _, err := whole.plan(book, scope); err != nil {
		return nil, err
	}
	return &engine.Plan{}, nil
}

// isShard says whether a run with the options left behaviours to other shards:
// that it judged none decides nothing.
func isShard(options report.Options) bool {
	shard, err := ParseShard(options.Shard)
	return err == nil && shard.IsPart()
}
