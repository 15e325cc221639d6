package suites_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
	"session-conformance/suites/ledger"
)

func list(t *testing.T, filter suites.Filter) []suites.Entry {
	t.Helper()
	entries, err := suites.List(filter)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return entries
}

// All of the ledger is listed, each entry with all that explain shows.
func TestListIsWhole(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	entries := list(t, suites.Filter{})
	g.Expect(len(entries)).To(Equal(len(book.Behaviours())))
	for i, entry := range entries {
		behaviour := book.Behaviours()[i]
		g.Expect(entry.ID).To(Equal(behaviour.ID))
		g.Expect(len(entry.Bindings)).To(Equal(len(behaviour.Levels)), entry.ID)
		g.Expect(len(entry.Sources)).To(Equal(len(behaviour.Sources)), entry.ID)
		g.Expect([]string{entry.Promise, entry.Clause, entry.LookAt, entry.Location + entry.Excluded}).NotTo(ContainElement(""),
			entry.ID)
		for _, one := range entry.Bindings {
			if entry.Excluded == "" {
				g.Expect(one.Variants).NotTo(BeEmpty(), "%s never runs in %s", entry.ID, one.Binding)
			}
			g.Expect(one.Request).To(MatchRegexp(`^curl (-X [A-Z]+ )?"\$TARGET/[^"]+" \\\n  -[Hu] "`), entry.ID)
			g.Expect(one.Request).NotTo(ContainSubstring("%3C"), entry.ID)
			_, err := json.Marshal(one)
			g.Expect(err).NotTo(HaveOccurred())
		}
	}
}

func TestListShowsRequests(t *testing.T) {
	const login = " \\\n  -H \"vmware-api-session-id: $SESSION_ID\" \\\n  -H 'Accept: application/json'"
	const body = " \\\n  -H 'Content-Type: application/json' \\\n  -d "
	for at, want := range map[string]string{
		"download_session.cancel.ok api": `curl -X POST "$TARGET/api/content/library/item/download-session/<download_session_id>?action=cancel"` + login,
		"update_session.get.ok rest":     `curl "$TARGET/rest/com/vmware/content/library/item/update-session/id:<update_session_id>"` + login,
		"update_session.list.ok legacy":  `curl "$TARGET/com/vmware/content/library/item/update-session?library_item_id=<library_item_id>"` + login,
		"download_session.create.ok rest": `curl -X POST "$TARGET/rest/com/vmware/content/library/item/download-session"` + login + body +
			`'{"create_spec":{"library_item_id":"<library_item_id>"}}'`,
		"updatesession.file.get.ok api": `curl "$TARGET/api/content/library/item/update-session/<update_session_id>/file/<file_name>"` + login,
		"protocol.login.api api":        `curl -X POST "$TARGET/api/session"` + " \\\n  " + `-u "$USERNAME:$PASSWORD"`,
	} {
		id, binding, _ := strings.Cut(at, " ")
		entries, err := suites.Explain(id)
		g := NewWithT(t)
		g.Expect(err).NotTo(HaveOccurred())
		for _, one := range entries[0].Bindings {
			if one.Binding == binding {
				g.Expect(one.Request).To(Equal(want), at)
			}
		}
	}
}

func TestListNarrows(t *testing.T) {
	g := NewWithT(t)
	for _, entry := range list(t, suites.Filter{Services: []string{"update_session"}, Operations: []string{"complete"},
		Bindings: []string{"rest"}, Levels: []string{"MUST"}}) {
		g.Expect(entry.ID).To(HavePrefix("update_session.complete."))
		g.Expect(len(entry.Bindings)).To(Equal(1))
		g.Expect(entry.Bindings[0].Binding + " " + entry.Bindings[0].Level).To(Equal("rest MUST"))
	}
	for _, entry := range list(t, suites.Filter{LabelFilter: "legacy && xml && create"}) {
		g.Expect(entry.Operation).To(Equal("create"))
		for _, variant := range entry.Bindings[0].Variants {
			g.Expect(variant).To(MatchRegexp("^legacy .* xml$"))
		}
	}
}

// The command of an entry runs it and nothing else.
func TestListedCommandsRunOneBehaviour(t *testing.T) {
	g := NewWithT(t)
	focus := regexp.MustCompile(`--focus '(.*)'$`)
	for _, id := range []string{"download_session.cancel.not_active", "download_session.cancel.ok", "protocol.auth.bad"} {
		one, err := suites.Explain(id)
		g.Expect(err).NotTo(HaveOccurred())
		run := list(t, suites.Filter{Focus: []string{focus.FindStringSubmatch(one[0].Command)[1]}})
		g.Expect(len(run)).To(Equal(1), "%s", one[0].Command)
		g.Expect(run[0].ID).To(Equal(id))
	}
}

func TestListRefusesWhatNothingMatches(t *testing.T) {
	for want, filter := range map[string]suites.Filter{
		`Services "session" is not known; choose among download_session, `: {Services: []string{"session"}},
		`Operations "keep-alive" is not known`:                             {Operations: []string{"keep-alive"}},
		`Bindings "soap" is not known; choose among api, rest, legacy`:     {Bindings: []string{"soap"}},
		`Levels "MAY" is not known; choose among MUST, SHOULD`:             {Levels: []string{"MAY"}},
		`Focus "no such behaviour" matches no behaviour`:                   {Focus: []string{"no such behaviour"}},
		`matches no behaviour`: {Services: []string{"update_session"},
			Operations: []string{"prepare"}},
		`Focus "(" is no regular expression`: {Focus: []string{"("}},
		`LabelFilter "&&"`:                   {LabelFilter: "&&"},
	} {
		_, err := suites.List(filter)
		g := NewWithT(t)
		g.Expect(err).To(MatchError(ContainSubstring(want)))
		g.Expect(err).To(BeAssignableToTypeOf(&suites.UsageError{}))
	}
}

func TestExplainKnowsBeginningsAndFormerIDs(t *testing.T) {
	g := NewWithT(t)
	below, err := suites.Explain("download_session.cancel")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(len(below)).To(BeNumerically(">", 3))
	for wrong, want := range map[string]string{
		"update_session.create.busy_concurrent": `"update_session.create.busy_concurrent" any more; ` +
			"update_session.concurrency.linearizable judges what it did",
		"download_session.cancel.o": `there is no behaviour "download_session.cancel.o"`,
		"":                          `there is no behaviour ""`,
	} {
		_, err := suites.Explain(wrong)
		g.Expect(err).To(MatchError(ContainSubstring(want)))
	}
}
