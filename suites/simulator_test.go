// The simulator races with itself when it completes an update session, which
// the race detector would hold against this test; make test runs it without.

//go:build !race

package suites_test

import (
	"context"
	"io"
	"log"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator"

	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// finding is what the suite must make of a behaviour, and why.
type finding struct {
	outcome report.Outcome
	why     string
}

// simulatorFaults is what govmomi's simulator gets wrong or leaves open, by
// behaviour. It has no state machine, no tokens and no error bodies.
var simulatorFaults = map[string]finding{
	"download_session.cancel.not_active":        {report.Blocked, "cancel deletes the session, so none can be CANCELED"},
	"download_session.cancel.not_active_error":  {report.Blocked, "fail deletes the session, so none can be in ERROR"},
	"download_session.cancel.state":             {report.Warned, "cancel deletes the session"},
	"download_session.create.missing_item_id":   {report.Failed, "an empty item id is looked up and answered 404"},
	"download_session.create.missing_spec":      {report.Warned, "an absent spec is an empty item id to it, answered 404"},
	"download_session.create.progress_zero":     {report.Failed, "client_progress is left out while it is 0"},
	"download_session.create.token_idempotent":  {report.Warned, "client_token is ignored"},
	"download_session.create.token_not_uuid":    {report.Observed, "not documented in rest; client_token is ignored"},
	"download_session.create.token_other_spec":  {report.Observed, "not documented"},
	"download_session.delete.canceled":          {report.Blocked, "cancel deletes the session, so none can be CANCELED"},
	"download_session.delete.error":             {report.Blocked, "fail deletes the session, so none can be in ERROR"},
	"download_session.get.fields":               {report.Failed, "client_progress is left out while it is 0"},
	"download_session.get.id_field":             {report.Observed, "not documented"},
	"download_session.get.progress_range":       {report.Blocked, "client_progress is left out while it is 0"},
	"protocol.action.unknown":                   {report.Warned, "an action that it does not know is answered 200 with no body"},
	"protocol.content_type.json":                {report.Warned, "404 is plain text"},
	"protocol.error.shape_rest":                 {report.Failed, "404 is plain text"},
	"protocol.error.status_matches_type":        {report.Blocked, "no error tells its type"},
	"protocol.token.body":                       {report.Failed, "client_token is ignored"},
	"update_session.create.after_done_not_busy": {report.Observed, "not documented"},
	"update_session.create.busy":                {report.Failed, "an item takes any number of update sessions"},
	"update_session.create.missing_item_id":     {report.Failed, "the handler crashes and drops the connection"},
	"update_session.create.missing_spec":        {report.Warned, "the handler crashes and drops the connection"},
	"update_session.create.progress_zero":       {report.Failed, "client_progress is left out while it is 0"},
	"update_session.create.subscribed":          {report.Skipped, "no subscribed item was named"},
	"update_session.create.token_absent":        {report.Warned, "an item takes any number of update sessions"},
	"update_session.create.token_idempotent":    {report.Warned, "client_token is ignored"},
	"update_session.create.token_other_spec":    {report.Observed, "not documented"},
	"update_session.create.unknown_item":        {report.Failed, "the handler crashes and drops the connection"},
	"update_session.delete.active":              {report.Failed, "it has no state machine: delete works in any state"},
}

// simulatorHolds is what it gets right: each of these was seen to have the
// documented effect, not only the documented status.
var simulatorHolds = []string{
	"download_session.cancel.invalidates_urls",
	"download_session.cancel.item_unchanged",
	"download_session.cancel.ok",
	"download_session.cancel.unknown_id",
	"download_session.create.active",
	"download_session.create.binds_item",
	"download_session.create.distinct_ids",
	"download_session.create.expiry_future",
	"download_session.create.ok",
	"download_session.create.readonly_ignored",
	"download_session.create.token_absent",
	"download_session.create.unknown_item",
	"download_session.delete.active",
	"download_session.delete.ok",
	"download_session.delete.then_get",
	"download_session.delete.twice",
	"download_session.delete.unknown_id",
	"download_session.get.no_error_message_when_ok",
	"download_session.get.ok",
	"download_session.get.state_enum",
	"download_session.get.time_format",
	"download_session.get.unknown_id",
	"protocol.path.id_prefix",
	"protocol.void.empty",
	"protocol.wrapper.value",
	"update_session.create.active",
	"update_session.create.binds_item",
	"update_session.create.distinct_ids",
	"update_session.create.expiry_future",
	"update_session.create.ok",
	"update_session.create.other_item_not_busy",
	"update_session.create.readonly_ignored",
	"update_session.delete.canceled",
	"update_session.delete.done",
	"update_session.delete.error",
	"update_session.delete.ok",
	"update_session.delete.then_get",
	"update_session.delete.twice",
	"update_session.delete.unknown_id",
}

// startSimulator serves govmomi's simulator and returns its URL and the id of
// a datastore, which its REST interface cannot list.
func startSimulator(t *testing.T) (target, datastore string) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	// It logs each refusal, and its own crashes.
	log.SetOutput(io.Discard)
	t.Cleanup(func() { log.SetOutput(log.Default().Writer()) })
	model := simulator.VPX()
	if err := model.Create(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(model.Remove)
	model.Service.RegisterEndpoints = true
	server := model.Service.NewServer()
	t.Cleanup(server.Close)
	return "http://" + server.URL.Host, model.Map().Any("Datastore").Reference().Value
}

func TestSimulatorIsFoundOut(t *testing.T) {
	g := NewWithT(t)
	target, datastore := startSimulator(t)

	run, err := suites.Run(context.Background(), suites.Options{
		Target: target, Username: "any", Password: "password", Datastore: datastore, Claims: []string{"rest"},
	})

	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Verdict).To(Equal(report.NotConformant))
	g.Expect(run.Leftovers).To(BeEmpty())
	served := map[string]bool{}
	for _, binding := range run.Bindings {
		served[binding.Name] = binding.Served
	}
	g.Expect(served).To(Equal(map[string]bool{"api": false, "rest": true, "legacy": false}))
	want := map[string]report.Outcome{}
	for _, id := range simulatorHolds {
		want[id] = report.Passed
	}
	for id, finding := range simulatorFaults {
		want[id] = finding.outcome
	}
	for _, result := range run.Results {
		g.Expect(want).To(HaveKey(result.ID))
		g.Expect(result.Outcome).To(Equal(want[result.ID]), "%s (%s): %s", result.ID, simulatorFaults[result.ID].why, result.Message)
		delete(want, result.ID)
	}
	g.Expect(want).To(BeEmpty(), "expected behaviours that did not run")
}
