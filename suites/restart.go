package suites

import (
	"context"

	"session-conformance/suites/internal/wire"
)

// AwaitRestart waits until the target of the options stops answering and answers
// again, and says whether it did; not where ctx is over, or after an hour in which
// it did not come back. It asks for nothing but whether anybody answers.
func AwaitRestart(ctx context.Context, options Options) bool {
	options.setDefaults()
	client := wire.NewClient(wire.Options{
		Target: options.Target, RequestTimeout: options.RequestTimeout, Connections: 1, TLS: options.TLS,
		Proxy: options.Proxy, Header: options.Header, OptionName: options.OptionName,
		UserAgent: "conformance (watching for a restart)",
	})
	defer client.Close()
	return client.AwaitRestart(ctx)
}
