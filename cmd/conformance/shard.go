package main

import (
	"os"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"session-conformance/suites"
)

const shardFlag = "shard"

// divisions are the variables by which a service tells each of several equal
// jobs which one it is, and of how many.
var divisions = []struct {
	index, total string
	// first is the index of the first job.
	first int
}{
	{"CI_NODE_INDEX", "CI_NODE_TOTAL", 1}, // "parallel" of GitLab CI
	// An Indexed Job of Kubernetes sets the first by itself; its template the
	// second, since an index may stand for something else than a shard.
	{"JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", 0},
}

// takeShard sets the shard that the surroundings name, if nobody else did.
func (s *settings) takeShard(flags *pflag.FlagSet) error {
	if flags.Lookup(shardFlag) == nil || s.origins[shardFlag] != "" {
		return nil
	}
	for _, one := range divisions {
		index, total := os.Getenv(one.index), os.Getenv(one.total)
		if index == "" || total == "" {
			continue
		}
		number, err := strconv.Atoi(index)
		if err != nil {
			return usagef("%s is %q; want a number, or give --%s", one.index, index, shardFlag)
		}
		s.origins[shardFlag] = one.index + " and " + one.total
		return flags.Set(shardFlag, strconv.Itoa(number-one.first+1)+"/"+strings.TrimSpace(total))
	}
	return nil
}

// readShard reads the value of --shard.
func (f *runFlags) readShard() (err error) {
	if f.shard == "" {
		return nil
	}
	if f.options.Shard, err = suites.ParseShard(f.shard); err != nil {
		return usagef("--%s %s", shardFlag, err)
	}
	return nil
}
