package engine

import (
	"fmt"

	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/spec"
)

// bookOf knows what the run knows, and calls the transfer URLs that the
// target gave out in the steps by numbers: a reader of the behaviour can tell
// them apart, and they are the same in the next run.
func bookOf(run *secret.Book, steps []spec.Step) *secret.Book {
	book := run.Child()
	known := map[string]bool{}
	for _, step := range steps {
		for _, address := range secret.TransferURLs(step.Answer) {
			if path := secret.PathOf(address); path != "" && !known[path] {
				known[path] = true
				book.HidePath(path, fmt.Sprintf("$TRANSFER_PATH_%d", len(known)), step.Path+string(step.Body))
			}
		}
	}
	return book
}
