package main

import (
	"os"
	"os/signal"
	"syscall"
)

// interrupted is what the first signal is answered with.
const interrupted = "interrupted: finishing what is under way and deleting what was created; interrupt again to leave at once"

// listen takes the signals that interrupt the process from now on, until end is
// called.
func listen() (signals chan os.Signal, end func()) {
	signals = make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	return signals, func() { signal.Stop(signals) }
}

// interruptible returns what do does; the first signal stops it softly, and at the
// second it is left as it is.
func interruptible(signals <-chan os.Signal, do func() error, stop func(), leave func() error) error {
	ended := make(chan error, 1)
	go func() { ended <- do() }()
	for stopped := false; ; stopped = true {
		select {
		case err := <-ended:
			return err
		case <-signals:
			if stopped {
				return leave()
			}
			stop()
		}
	}
}
