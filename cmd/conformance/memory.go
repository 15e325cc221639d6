package main

import (
	"os"
	"runtime/debug"
)

const (
	// runMemory is what a run is content with where it can, in bytes: with the binary
	// itself that is 96 MB, and a target that answers with megabytes of JSON takes no
	// more than a small machine has.
	runMemory = 72 << 20
	// selftestMemory is that of a selftest: small machines of pipelines have half a
	// gigabyte.
	selftestMemory = 104 << 20
	// growth is by how much memory in use may grow, in percent, before garbage is
	// collected; it is above what the limits allow, which alone decide.
	growth = 400
)

// limitMemory collects garbage as late as the memory allows, which takes a fifth of
// a run's time less, unless the environment says when.
func limitMemory(bytes int64) (restore func()) {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return func() {}
	}
	limit, percent := debug.SetMemoryLimit(bytes), debug.SetGCPercent(growth)
	return func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}
}
