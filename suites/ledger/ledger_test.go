package ledger

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	. "github.com/onsi/gomega"
)

// The pages of a small ledger that is sound.
const (
	sharedPage = `
behaviours:
  - id: ok
    promise: answers
    clause: Every {session} answers.
    levels: {legacy: MUST, rest: SHOULD}
    releases: {rest: {since: "6.5", until: "7.0"}}
    variants: every
    look_at: the route
    sources: [S1]
`
	cancelPage = `
sources: [S0]
behaviours:
  - {id: ok, shared: true, levels: {api: SHOULD, rest: SHOULD}}
  - id: not_active
    promise: refuses
    clause: It refuses.
    levels: {api: UNDOCUMENTED}
    variants: once
    control: ok
    look_at: the state
  - id: expiry.later
    operation: get
    promise: ends
    clause: It ends.
    levels: {api: MUST}
    variants: once
    control: cancel.ok
    look_at: the clock
    sources: [S2]
`
	wrappersPage = `
behaviours:
  - {id: value, promise: wraps, clause: It wraps., levels: {rest: MUST}, variants: once, look_at: here, sources: [S0]}
`
)

func pages() fstest.MapFS {
	source := fstest.MapFS{}
	for name, data := range map[string]string{
		"sessions/cancel.yaml": sharedPage, "downloadsession/cancel.yaml": cancelPage,
		"protocol/wrappers.yaml": wrappersPage, "sources.yaml": "sources: []",
	} {
		source[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return source
}

func TestReadCompletesWhatThePlaceTells(t *testing.T) {
	g := NewWithT(t)
	ledger, err := Read(pages())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ledger.Behaviours()).To(Equal([]Behaviour{
		{
			ID: "download_session.cancel.ok", Page: "downloadsession/cancel", Service: "download_session", Operation: "cancel",
			Promise: "answers", Clause: "Every download session answers.", Levels: map[string]Level{"api": Should, "rest": Should},
			Releases: map[string]Range{"rest": {Since: "6.5", Until: "7.0"}}, Variants: Every,
			LookAt: "the route", Sources: []string{"S1"},
		},
		{
			ID: "download_session.cancel.not_active", Page: "downloadsession/cancel", Service: "download_session", Operation: "cancel",
			Promise: "refuses", Clause: "It refuses.", Levels: map[string]Level{"api": Undocumented}, Variants: Once,
			Control: "download_session.cancel.ok", LookAt: "the state", Sources: []string{"S0"},
		},
		{
			ID: "download_session.expiry.later", Page: "downloadsession/cancel", Service: "download_session", Operation: "get",
			Promise: "ends", Clause: "It ends.", Levels: map[string]Level{"api": Must}, Variants: Once,
			Control: "download_session.cancel.ok", LookAt: "the clock", Sources: []string{"S2"},
		},
		{
			ID: "protocol.value", Page: "protocol/wrappers", Service: "protocol", Operation: Any,
			Promise: "wraps", Clause: "It wraps.", Levels: map[string]Level{"rest": Must}, Variants: Once,
			LookAt: "here", Sources: []string{"S0"},
		},
	}))
	for id, want := range map[string]string{"protocol.value": "protocol.value", "protocol.wrappers.value": ""} {
		found, _ := ledger.Find(id)
		g.Expect(found.ID).To(Equal(want))
	}
}

func TestReadRefusesBrokenPages(t *testing.T) {
	const own, common, whole = "downloadsession/cancel.yaml", "sessions/cancel.yaml", "protocol/wrappers.yaml"
	for name, broken := range map[string]struct{ file, old, replacement, want string }{
		"duplicate id":        {own, "id: expiry.later", "id: cancel.ok", own + ": download_session.cancel.ok stands there twice"},
		"duplicate shared id": {common, "behaviours:\n", "behaviours:\n  - {id: ok}\n", common + ": ok stands there twice"},
		"unknown operation": {own, "operation: get", "operation: git",
			own + ": download_session.expiry.later: unknown operation \"git\"; choose among create, get,"},
		"operation of others": {own, "operation: get", "operation: update", `unknown operation "update"`},
		"unknown level": {own, "rest: SHOULD", "rest: PERHAPS",
			`download_session.cancel.ok: levels: rest has unknown level "PERHAPS"`},
		"unknown binding": {own, "rest: SHOULD", "soap: SHOULD", `download_session.cancel.ok: levels: unknown binding "soap"`},
		"missing clause":  {own, "clause: It refuses.", `clause: " "`, "download_session.cancel.not_active: clause is missing"},
		"missing levels": {own, "levels: {api: MUST}", "levels: {}",
			"download_session.expiry.later: levels or sources are missing"},
		"missing sources": {own, "sources: [S0]", "sources: []",
			"download_session.cancel.not_active: levels or sources are missing"},
		"unknown variants": {own, "variants: once", "variants: twice",
			`download_session.cancel.not_active: variants is "twice", want every or once`},
		"unknown control": {own, "control: ok", "control: leave.ok",
			"download_session.cancel.not_active: control download_session.leave.ok is not in the ledger"},
		"control of itself": {own, "control: ok", "control: expiry.later",
			"control download_session.expiry.later is itself a refusal"},
		"unknown key": {own, "look_at: the state", "look_here: the state", "field look_here not found"},
		"unknown release": {common, `since: "6.5"`, `since: "6.6"`,
			`download_session.cancel.ok: releases: rest: unknown release "6.6"`},
		"release of no level": {common, `releases: {rest:`, `releases: {legacy:`,
			"download_session.cancel.ok: releases: legacy has no level"},
		"shared by none": {common, "id: ok", "id: not_ok",
			own + ": download_session.cancel.ok: no entry of this id is shared in sessions/cancel.yaml"},
		"shared in vain": {own, "shared: true, ", "promise: answers, clause: C., variants: once, look_at: here, ",
			common + ": no page of a service takes ok"},
		"no session service": {whole, "id: value", "id: value, shared: true",
			"protocol.value: no entry of this id is shared in sessions/wrappers.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			source := pages()
			data := string(source[broken.file].Data)
			source[broken.file].Data = []byte(strings.Replace(data, broken.old, broken.replacement, 1))
			g := NewWithT(t)
			g.Expect(string(source[broken.file].Data)).NotTo(Equal(data), "%q is not in the sound page", broken.old)
			_, err := Read(source)
			g.Expect(err).To(MatchError(And(HavePrefix("ledger"), ContainSubstring(broken.want), Not(ContainSubstring("\n")))))
		})
	}
}

// A file that is the page of no service would be left out without a word.
func TestReadRefusesFilesWithoutAPlace(t *testing.T) {
	for name, want := range map[string]string{
		"downloadsession/cansel.yaml": `ledger downloadsession/cansel.yaml: download_session has no page "cansel": it has create, get, list,`,
		"uploadsession/cancel.yaml":   "ledger uploadsession/cancel.yaml: there is no service of this name",
		"cancel.yaml":                 "ledger cancel.yaml: there is no service of this name",
		"downloadsession/old/a.yaml":  `ledger downloadsession/old/a.yaml: download_session has no page "old/a"`,
	} {
		source := pages()
		source[name] = &fstest.MapFile{}
		_, err := Read(source)
		NewWithT(t).Expect(err).To(MatchError(HavePrefix(want)), name)
	}
}

func TestEveryPageIsThere(t *testing.T) {
	for _, service := range services {
		for _, page := range service.pages() {
			name := service.folder + "/" + page + ".yaml"
			_, err := fs.Stat(files, name)
			NewWithT(t).Expect(err).NotTo(HaveOccurred(), "suites/ledger/%s is missing", name)
		}
	}
}

func TestEmbeddedLedger(t *testing.T) {
	ledger, err := Load()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	id := regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)+$`)
	promises := map[string]string{}
	for _, behaviour := range ledger.Behaviours() {
		if !id.MatchString(behaviour.ID) {
			t.Errorf("%s: id is not of the form %s", behaviour.ID, id)
		}
		promise := behaviour.Service + "." + behaviour.Operation + " " + behaviour.Promise
		if other, twice := promises[promise]; twice {
			t.Errorf("%s and %s promise the same", other, behaviour.ID)
		}
		promises[promise] = behaviour.ID
		checkWording(t, behaviour)
		checkControl(t, ledger, behaviour)
	}
}

func checkWording(t *testing.T, behaviour Behaviour) {
	t.Helper()
	if !strings.HasSuffix(behaviour.Clause, ".") {
		t.Errorf("%s: clause does not end with a full stop", behaviour.ID)
	}
	if unicode.IsUpper([]rune(behaviour.Promise)[0]) || strings.HasSuffix(behaviour.Promise, ".") {
		t.Errorf("%s: promise is not a bare predicate: %q", behaviour.ID, behaviour.Promise)
	}
	if length := len([]rune(behaviour.Promise)); length > 70 {
		t.Errorf("%s: promise has %d characters", behaviour.ID, length)
	}
}

// A control runs in the binding of its refusal, so it has to exist there.
func checkControl(t *testing.T, ledger *Ledger, behaviour Behaviour) {
	t.Helper()
	if behaviour.Control == "" {
		return
	}
	control, _ := ledger.Find(behaviour.Control)
	for binding := range behaviour.Levels {
		if control.Levels[binding] == "" {
			t.Errorf("%s: its control %s does not apply to %s", behaviour.ID, control.ID, binding)
		}
	}
}
