package ledger

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
)

const sound = `
service: cave
behaviours:
  - id: cave.enter.ok
    row: C.enter.ok
    operation: enter
    promise: lets a visitor in
    clause: Visitors may enter.
    levels: {legacy: MUST, rest: SHOULD}
    releases: {rest: {since: "6.5", until: "7.0"}}
    variants: every
    look_at: the door
    sources: [S0]
  - id: cave.enter.late
    row: C.enter.late
    operation: enter
    promise: refuses a visitor at night
    clause: Nobody enters at night.
    levels: {api: UNDOCUMENTED}
    variants: once
    control: cave.enter.ok
    look_at: the clock
    sources: [S0]
`

func read(data string) (*Ledger, error) {
	return Read(fstest.MapFS{"cave.yaml": {Data: []byte(data)}})
}

func TestLoadReadsEveryField(t *testing.T) {
	ledger, err := read(sound)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(ledger.Behaviours()); got != 2 {
		t.Fatalf("got %d behaviours, want 2", got)
	}
	late, ok := ledger.Find("cave.enter.late")
	if !ok {
		t.Fatal("cave.enter.late is not found")
	}
	if late.Service != "cave" || late.Control != "cave.enter.ok" || late.Levels["api"] != Undocumented || late.Variants != Once {
		t.Errorf("got %+v", late)
	}
	enter, _ := ledger.Find("cave.enter.ok")
	if want := (Range{Since: "6.5", Until: "7.0"}); enter.Releases["rest"] != want {
		t.Errorf("got releases %+v, want %+v", enter.Releases["rest"], want)
	}
	if _, ok := ledger.Find("cave.leave.ok"); ok {
		t.Error("found a behaviour that is not there")
	}
}

func TestLoadRefusesBrokenData(t *testing.T) {
	for name, broken := range map[string]struct{ old, replacement, want string }{
		"duplicate id":        {"id: cave.enter.late", "id: cave.enter.ok", "cave.enter.ok stands there twice"},
		"id of other service": {"id: cave.enter.late", "id: house.enter.late", `house.enter.late: id does not begin with its service "cave"`},
		"unknown level":       {"rest: SHOULD", "rest: PERHAPS", `cave.enter.ok: levels: rest has unknown level "PERHAPS"`},
		"unknown binding":     {"rest: SHOULD", "soap: SHOULD", `cave.enter.ok: levels: unknown binding "soap"`},
		"missing clause":      {"clause: Visitors may enter.", `clause: " "`, "cave.enter.ok: clause is missing"},
		"missing levels":      {"levels: {api: UNDOCUMENTED}", "levels: {}", "cave.enter.late: levels or sources are missing"},
		"unknown variants":    {"variants: once", "variants: twice", `cave.enter.late: variants is "twice", want every or once`},
		"unknown control":     {"control: cave.enter.ok", "control: cave.leave.ok", "cave.enter.late: control cave.leave.ok is not in the ledger"},
		"control of itself":   {"control: cave.enter.ok", "control: cave.enter.late", "control cave.enter.late is itself a refusal"},
		"unknown key":         {"look_at: the door", "look_here: the door", "field look_here not found"},
		"unknown release":     {`since: "6.5"`, `since: "6.6"`, `cave.enter.ok: releases: rest: unknown release "6.6"`},
		"release of no level": {`releases: {rest:`, `releases: {api:`, "cave.enter.ok: releases: api has no level"},
	} {
		t.Run(name, func(t *testing.T) {
			data := strings.Replace(sound, broken.old, broken.replacement, 1)
			if data == sound {
				t.Fatalf("%q is not in the sound data", broken.old)
			}
			_, err := read(data)
			if err == nil {
				t.Fatal("loaded without an error")
			}
			if !strings.Contains(err.Error(), broken.want) {
				t.Errorf("got %q, want it to say %q", err, broken.want)
			}
		})
	}
}

func TestLoadNamesTheBrokenFile(t *testing.T) {
	_, err := read(strings.Replace(sound, "row: C.enter.ok", "row: ''", 1))
	if err == nil || !strings.HasPrefix(err.Error(), "ledger cave.yaml: ") {
		t.Errorf("got %v, want an error that names cave.yaml", err)
	}
}

func TestEmbeddedLedger(t *testing.T) {
	ledger, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)+$`)
	promises, rows := map[string]string{}, map[string]string{}
	for _, behaviour := range ledger.Behaviours() {
		if !id.MatchString(behaviour.ID) {
			t.Errorf("%s: id is not of the form %s", behaviour.ID, id)
		}
		id, concurrent := strings.CutSuffix(behaviour.ID, "_concurrent")
		switch other, twice := rows[behaviour.Row]; {
		case concurrent && slices.Contains(slices.Collect(maps.Values(behaviour.Levels)), Must):
			t.Errorf("%s is a MUST, and no document speaks of requests that overlap", behaviour.ID)
		case concurrent && other != id:
			t.Errorf("%s encodes the row %s, which is not that of %s", behaviour.ID, behaviour.Row, id)
		case !concurrent && twice:
			t.Errorf("%s and %s encode the same row %s", other, behaviour.ID, behaviour.Row)
		}
		rows[behaviour.Row] = id
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
