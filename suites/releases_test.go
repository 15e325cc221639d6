package suites_test

import (
	"net/http/httptest"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// judgeFake runs the suite on the reference server with all that behaviours
// can ask for but the wait for expiry.
func judgeFake(t *testing.T, reference fake.Options, options suites.Options) *report.Run {
	t.Helper()
	g := NewWithT(t)
	reference.Users = map[string]string{"admin": "admin-secret", "other": "other-secret", "limited": "limited-secret"}
	reference.Limited = []string{"limited"}
	reference.ReadStorage = []string{"admin"}
	server, err := fake.New(reference)
	g.Expect(err).NotTo(HaveOccurred())
	defer server.Close()
	web := httptest.NewServer(server)
	defer web.Close()
	options.Target, options.SubscribedItem = web.URL, server.SubscribedItem()
	options.Username, options.Password = "admin", "admin-secret"
	options.OtherUsername, options.OtherPassword = "other", "other-secret"
	options.LimitedUsername, options.LimitedPassword = "limited", "limited-secret"
	run, err := suites.Run(t.Context(), options)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Leftovers).To(BeEmpty())
	g.Expect(server.Inventory()).To(Equal(fake.Inventory{}), "left on the target")
	return run
}

// expectConformant: nothing failed, warned or blocked, and nothing was skipped
// but what waits for expiry and what only races judge.
func expectConformant(t *testing.T, run *report.Run) {
	t.Helper()
	g := NewWithT(t)
	for _, result := range run.Results {
		switch result.Outcome {
		case report.Passed, report.Observed:
		case report.Skipped:
			if result.Message != "no races were run" {
				g.Expect(result.ID).To(ContainSubstring(".expiry."), result.Message)
			} else {
				g.Expect(result.ID).To(HaveSuffix(".concurrency.linearizable"))
			}
		default:
			t.Errorf("%s [%s] %s: %s", result.ID, result.VariantName(), result.Outcome, result.Message)
		}
	}
	g.Expect(run.Verdict).To(Equal(report.Conformant), run.Summary)
}

// The reference server of each release is right by that release's documents,
// also where only the bindings that it serves tell which release it is. Where
// the release is named, selftest judges it.
func TestEveryReleaseConforms(t *testing.T) {
	for _, release := range fake.Releases() {
		t.Run(release, func(t *testing.T) {
			expectConformant(t, judgeFake(t, fake.Options{Release: release}, suites.Options{Strict: true, Parallel: 32}))
		})
	}
}

// What differs between the releases is told by what was seen.
func TestReadingsAreTold(t *testing.T) {
	for release, want := range map[string][]string{
		"6.5": {"resource_busy in rest has status 400", "not_allowed_in_current_state of cancel and fail in rest has status 400",
			"update_session.cancel deletes the session"},
		"9.0": {"resource_busy in rest has status 500", "not_allowed_in_current_state of cancel and fail in rest has status 400",
			"update_session.cancel leaves the session in state CANCELED"},
	} {
		g := NewWithT(t)
		run := judgeFake(t, fake.Options{Release: release}, suites.Options{LabelFilter: "rest && update_session && (create || cancel)"})
		var met []string
		for _, reading := range run.Readings {
			met = append(met, reading.Topic+" "+reading.Met)
		}
		g.Expect(met).To(ConsistOf(want), release)
	}
}

// What only a later release documents is not judged where the release is not
// known, and told.
func TestWhatOnlySomeReleasesDocumentIsTold(t *testing.T) {
	g := NewWithT(t)
	unknown := judgeFake(t, fake.Options{Release: "6.5"}, suites.Options{LabelFilter: "rest && update_session && (update || create)", NoReplay: true})
	g.Expect(unknown.Unjudged).To(ContainElement(report.Unjudged{ID: "update_session.update.ok", Binding: "rest", Releases: "6.7u1 and later"}))
	for _, left := range unknown.Unjudged {
		g.Expect(unknown.Results).NotTo(ContainElement(And(HaveField("ID", left.ID), HaveField("Binding", left.Binding))))
	}

	named := suites.Options{LabelFilter: "rest && update", NoReplay: true, Release: "7.0"}
	g.Expect(judgeFake(t, fake.Options{Release: "7.0"}, named).Unjudged).To(BeEmpty())
}
