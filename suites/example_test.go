package suites_test

import (
	"context"
	"fmt"
	"net/http/httptest"

	"session-conformance/fixtures/fake"
	"session-conformance/suites"
)

func ExampleRun() {
	server, err := fake.New(fake.Options{Release: "8.0"})
	if err != nil {
		panic(err)
	}
	defer server.Close()
	target := httptest.NewServer(server)
	defer target.Close()

	run, err := suites.Run(context.Background(), suites.Options{
		Target: target.URL, Username: "admin", Password: "secret",
		LabelFilter: "api && download_session && cancel",
	})
	if err != nil {
		panic(err)
	}
	fmt.Println("verdict:", run.Verdict)
	fmt.Println("failed:", run.Counts.Failed)
	// Output:
	// verdict: conformant
	// failed: 0
}
