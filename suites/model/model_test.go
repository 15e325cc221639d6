package model_test

import (
	"slices"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/ledger"
	"session-conformance/suites/model"
)

// step is an operation in the api binding and what the target answers to it.
type step struct {
	operation string
	answer    model.Answer
	// with fills in what the operation has beside its session.
	with func(*model.Operation)
}

var (
	ok         = model.Answer{OK: true, Status: 200}
	notAllowed = model.Answer{Status: 400, Error: "not_allowed_in_current_state"}
	notFound   = model.Answer{Status: 404, Error: "not_found"}
	busy       = model.Answer{Status: 500, Error: "resource_busy"}
	invalid    = model.Answer{Status: 400, Error: "invalid_argument"}
)

func shown(state model.States, progress int) model.Answer {
	return model.Answer{OK: true, Status: 200,
		Shown: &model.Shown{State: state, Progress: progress, Warning: model.Open, Version: 1}}
}

// alone is the answer to a request that no other overlapped.
func alone(answer model.Answer) model.Answer {
	answer.Shown.Alone = true
	return answer
}

// until shows an ACTIVE session with an expiration_time.
func until(expires int64) model.Answer {
	answer := shown(model.Active, 0)
	answer.Shown.Expires = expires
	return answer
}

func warned(warning int) func(*model.Operation) {
	return func(o *model.Operation) { o.Warning = warning }
}

// ignoring shows a failed session with the warning_behavior.
func ignoring(warning int) model.Answer {
	answer := alone(shown(model.Failed, 0))
	answer.Shown.Warning = warning
	return answer
}

// announced adds file 1 with the checksum of content 2.
func announced(o *model.Operation) { o.File, o.Sum = 1, 2 }

func uploaded(content int) func(*model.Operation) {
	return func(o *model.Operation) { o.File, o.Content = 1, content }
}

func onFile(file int) func(*model.Operation) { return func(o *model.Operation) { o.File = file } }

// walk observes the steps one after the other and returns the state at the end,
// or the first deviation and the number of its step.
func walk(t *testing.T, m *model.Model, steps []step) (model.State, *model.Deviation, int) {
	t.Helper()
	state := model.Start([model.MaxFiles]int16{1})
	for i, one := range steps {
		operation := model.Operation{Name: one.operation, Binding: "api"}
		if one.with != nil {
			one.with(&operation)
		}
		after, deviation := m.Observe(state, operation, one.answer)
		if deviation != nil {
			return state, deviation, i
		}
		state = after
	}
	return state, nil, len(steps)
}

func documented(t *testing.T) *model.Model {
	t.Helper()
	book, err := ledger.Load()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return model.New(book, nil, nil)
}

func TestARightHistoryIsAllowed(t *testing.T) {
	for name, steps := range map[string][]step{
		"a whole update": {
			{"update_session.create", ok, nil},
			{"update_session.keep_alive", ok, func(o *model.Operation) { o.Progress = 10 }},
			{"update_session.get", shown(model.Active, 10), nil},
			{"update_session.delete", notAllowed, nil},
			{"updatesession.file.add", ok, onFile(1)},
			{"updatesession.file.validate", notAllowed, nil},
			{"update_session.complete", notAllowed, nil},
			{"update_session.get", shown(model.Active, 10), nil},
			{"transfer.upload", ok, func(o *model.Operation) { o.File, o.Content = 1, 2 }},
			{"update_session.complete", ok, nil},
			{"update_session.get", shown(model.Done, 100), nil},
			{"item.files", model.Answer{OK: true, Contents: &[model.MaxFiles]int16{model.Open, model.Open}}, nil},
			{"update_session.cancel", notAllowed, nil},
			{"update_session.delete", ok, nil},
			{"update_session.keep_alive", notFound, nil},
		},
		"an earlier value that was refused again": {
			{"update_session.create", ok, nil},
			{"update_session.update", ok, warned(1)},
			{"update_session.update", ok, warned(2)},
			{"update_session.fail", ok, nil},
			{"update_session.update", notAllowed, warned(1)},
			{"update_session.get", ignoring(1), nil},
		},
		"an expiry that is rounded": {
			{"update_session.create", ok, nil},
			{"update_session.get", until(300_900), nil},
			{"update_session.get", until(300_000), nil},
		},
		"a refused complete that ends in ERROR": {
			{"update_session.create", ok, nil},
			{"updatesession.file.add", ok, onFile(1)},
			{"update_session.complete", notAllowed, nil},
			{"update_session.get", shown(model.Failed, 0), nil},
			{"update_session.keep_alive", notAllowed, nil},
			{"update_session.delete", ok, nil},
		},
		"a wrong checksum, refused": {
			{"update_session.create", ok, nil},
			{"updatesession.file.add", ok, announced},
			{"transfer.upload", model.Answer{Status: 400}, uploaded(3)},
			{"update_session.complete", notAllowed, nil},
			{"update_session.get", shown(model.Failed, 0), nil},
			{"item.files", model.Answer{OK: true, Contents: &[model.MaxFiles]int16{model.Open}}, nil},
		},
		"a wrong checksum, and the right one": {
			{"update_session.create", ok, nil},
			{"updatesession.file.add", ok, announced},
			{"transfer.upload", ok, uploaded(3)},
			{"updatesession.file.add", ok, announced},
			{"transfer.upload", ok, uploaded(2)},
			{"update_session.complete", ok, nil},
			{"item.files", model.Answer{OK: true, Contents: &[model.MaxFiles]int16{model.Open, model.Open}}, nil},
		},
		"two on an item": {
			{"update_session.create", ok, nil},
			{"update_session.create", busy, func(o *model.Operation) { o.Session = 1 }},
			{"update_session.fail", ok, func(o *model.Operation) { o.Message = 1 }},
			{"update_session.create", model.Answer{OK: true, Status: 201, Session: 1}, func(o *model.Operation) { o.Session = 1 }},
		},
		"a download": {
			{"download_session.create", ok, nil},
			{"downloadsession.file.prepare", invalid, onFile(1)},
			{"downloadsession.file.prepare", ok, nil},
			{"transfer.download", model.Answer{OK: true, Status: 200, Content: 1}, nil},
			{"download_session.cancel", ok, nil},
			{"transfer.download", model.Answer{Status: 404, Content: model.Open}, nil},
			{"download_session.delete", ok, nil},
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			_, deviation, at := walk(t, documented(t), steps)
			g.Expect(deviation).To(BeNil(), "step %d", at)
		})
	}
}

func TestWhatIsKnownToBeBrokenIsAllowed(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	broken := model.New(book, nil, func(id, _ string) bool { return id == "update_session.keep_alive.ok" })
	state, deviation, _ := walk(t, broken, []step{{"update_session.create", ok, nil},
		{"update_session.keep_alive", notAllowed, nil}})
	g.Expect(deviation).To(BeNil())
	g.Expect(state.Sessions[0].In & model.Gone).NotTo(BeZero())
}

// Where items are never busy, a second session says nothing of the first.
func TestWhereNoItemIsBusyNothingEndsForASecondSession(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	tokens := func(o *model.Operation) { o.Token = 1 }
	again := func(o *model.Operation) { o.Token, o.Session = 1, 1 }
	made := ok
	made.Session = 1
	for _, one := range []struct {
		broken []string
		first  model.States
	}{
		{[]string{"update_session.keep_alive.ok", "update_session.create.token_idempotent"}, model.Gone},
		{[]string{"update_session.keep_alive.ok", "update_session.create.token_idempotent", "update_session.create.busy"},
			model.Gone | model.Active},
	} {
		m := model.New(book, nil, func(id, _ string) bool { return slices.Contains(one.broken, id) })
		state, deviation, _ := walk(t, m, []step{{"update_session.create", ok, tokens},
			{"update_session.keep_alive", ok, nil}, {"update_session.create", made, again}})
		g.Expect(deviation).To(BeNil())
		g.Expect(state.Sessions[0].In & (model.Gone | model.Active)).To(Equal(one.first))
	}
}

func TestEveryCellNamesTheLedger(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	var missing []string
	for _, id := range model.Behaviours() {
		if _, known := book.Find(id); !known {
			missing = append(missing, id)
		}
	}
	g.Expect(missing).To(BeEmpty())
}

func TestOrHoldsWhatMayBeInEither(t *testing.T) {
	g := NewWithT(t)
	m := documented(t)
	create := model.Operation{Name: model.DownloadSession + ".create", Binding: "api"}
	made, _ := m.Observe(model.Start(), create, model.Answer{OK: true, Status: 201})
	over, _ := m.Observe(made, model.Operation{Name: model.DownloadSession + ".fail", Binding: "api", Message: 1},
		model.Answer{OK: true, Status: 204})

	either, same := made.Or(over)

	g.Expect([]any{same, either.Sessions[0].In}).To(Equal([]any{true, model.Active | model.Failed}))
	for _, answer := range []model.Answer{{OK: true, Status: 204}, {Status: 400, Error: "not_allowed_in_current_state"}} {
		_, deviation := m.Observe(either, model.Operation{Name: model.DownloadSession + ".cancel", Binding: "api"}, answer)
		g.Expect(deviation).To(BeNil())
	}
	_, deviation := m.Observe(either, model.Operation{Name: model.DownloadSession + ".cancel", Binding: "api"},
		model.Answer{Status: 404, Error: "not_found"})
	g.Expect(deviation).NotTo(BeNil())
	unlike, same := made.Or(model.Start())
	g.Expect([]any{same, unlike}).To(Equal([]any{false, made}), "one has a session that the other has not")
}
