package spec

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// Item is a library item that a behaviour works on.
type Item = library.Item

// Item leases a library item for this behaviour alone.
func (s *Spec) Item() Item { return s.Items(1)[0] }

// Items leases several items at once; asked again, it returns the same ones.
func (s *Spec) Items(count int) []Item {
	if len(s.items) >= count {
		return s.items[:count]
	}
	if len(s.items) > 0 {
		panic("the spec leases items twice, which could wait for itself")
	}
	items, err := s.target.Library.Lease(s.run, count)
	if err != nil {
		s.noItem(err)
	}
	s.workOn(items)
	return items
}

// workOn makes the leased items the behaviour's.
func (s *Spec) workOn(items []Item) {
	s.items = items
	s.report.Items = append(s.report.Items, items...)
	s.restartClock()
}

// noItem ends a behaviour that got no item to work on.
func (s *Spec) noItem(err error) {
	var tooFew *library.TooFewError
	switch {
	case errors.As(err, &tooFew), errors.Is(err, library.ErrNoLibrary):
		s.Skip("%s", s.inWords(err))
	case s.run.Err() != nil || errors.Is(err, wire.ErrStopped):
		s.end(NotRun, "", "the run was interrupted")
	}
	s.noAnswer(err)
	s.Block("a missing library item", "no library item to work on: %s", s.inWords(err))
}

// inWords is the error with the options named as the user knows them.
func (s *Spec) inWords(err error) string { return wire.NameOptions(err.Error(), s.target.OptionName) }

// unread ends a behaviour that could not look at its item.
func (s *Spec) unread(format string, err error) {
	if s.run.Err() != nil || errors.Is(err, wire.ErrStopped) {
		s.end(NotRun, "", "the run was interrupted")
	}
	s.noAnswer(err)
	s.Block("an item that cannot be read", format, s.inWords(err))
}

// noAnswer notes an error that says that the target did not answer.
func (s *Spec) noAnswer(err error) {
	if wire.IsUnanswered(err) {
		s.report.Silence = err.Error()
	}
}

// OwnItem leases an item whose content the behaviour may change: never one
// that the user named.
func (s *Spec) OwnItem() Item {
	item := s.Item()
	if item.Given {
		s.Skip("would change the content of an item that you named; let the run create its own library")
	}
	s.doubts[item.ID] = doubt{files: true, sessions: s.doubts[item.ID].sessions}
	return item
}

// BlankItem is an item without files whose content the behaviour may change:
// cheaper than OwnItem for who brings a file of its own.
func (s *Spec) BlankItem() Item {
	item := s.newItem("")
	s.unclean[item.ID] = true
	return item
}

// OVFItem makes an item of type ovf, without files, for this behaviour alone.
func (s *Spec) OVFItem() Item {
	return s.newItem("ovf")
}

// EmptyItem makes an item without files, for this behaviour alone.
func (s *Spec) EmptyItem() Item {
	return s.newItem("")
}

func (s *Spec) newItem(itemType string) Item {
	item, err := s.target.Library.NewItem(s.ctx, itemType)
	if err != nil {
		s.noItem(err)
	}
	s.report.Items = append(s.report.Items, item)
	s.made[item.ID] = true
	return item
}

// ContentVersion returns the item's content version as the target tells it now.
func (s *Spec) ContentVersion(item Item) string {
	ctx, note := s.look("look at the item")
	version, err := s.target.Library.ContentVersion(ctx, item.ID)
	note()
	if err != nil {
		s.unread("the item's content_version cannot be read: %s", err)
	}
	return version
}

// look lets the transcript hold the last request of those that look at the item, once
// the function that it returns is called.
func (s *Spec) look(name string) (ctx context.Context, note func()) {
	var last *wire.Exchange
	ctx = wire.WithObserver(s.ctx, func(exchange wire.Exchange) { last = &exchange })
	return ctx, func() {
		if last != nil {
			s.report.Steps = append(s.report.Steps, Step{Name: name, Exchange: *last, isLook: true})
		}
	}
}

// LastLook is the last exchange that looked at an item.
func (s *Spec) LastLook() wire.Exchange {
	for _, step := range slices.Backward(s.report.Steps) {
		if step.isLook {
			return step.Exchange
		}
	}
	return wire.Exchange{}
}

// SubscribedItem returns the item of a subscribed library that the user named.
func (s *Spec) SubscribedItem() Item {
	if s.target.SubscribedItem == "" {
		s.Skip("needs an item of a subscribed library; name one with %s", s.option("SubscribedItem"))
	}
	return Item{ID: s.target.SubscribedItem, Given: true}
}

// Files returns the names of the item's files as the target tells them now.
func (s *Spec) Files(item Item) []string {
	ctx, note := s.look("look at the item's files")
	files, err := s.target.Library.Files(ctx, item.ID)
	note()
	if err != nil {
		s.unread("the item's files cannot be listed: %s", err)
	}
	return files
}

// FileOf returns the name of a file that the item holds.
func (s *Spec) FileOf(item Item) string {
	switch {
	case item.File != "":
		return item.File
	case item.Unfilled != nil:
		s.checkHost(item.Unfilled, http.MethodPut)
		s.needPrivilege(Update)
		s.Block("update_session.complete.item_updated", "no file to test with: %s", item.Unfilled)
	}
	files := s.Files(item)
	if len(files) == 0 {
		s.Skip("needs an item that holds a file; %s is empty", item.ID)
	}
	return files[0]
}
