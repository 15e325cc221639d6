package explore

import (
	"context"
	"errors"
	"sync"
	"time"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// lane runs one history after the other, and races on items of its own: one
// serves again as long as the model knows what is on it.
type lane struct {
	*Explorer
	items  [model.MaxItems]laneItem
	leased []library.Item
	// unfilled says that an item could not be given its files.
	unfilled bool
}

type laneItem struct {
	id    string
	files [model.MaxFiles]int16
}

// inLanes gives the scripts to as many lanes as run at once, and returns when all are
// walked.
func (e *Explorer) inLanes(scripts []Script, walk func(l *lane, script Script)) {
	next := make(chan Script)
	var group sync.WaitGroup
	for range min(max(1, e.options.Parallel), len(scripts)) {
		group.Go(func() {
			lane := &lane{Explorer: e}
			defer lane.close()
			for script := range next {
				walk(lane, script)
			}
		})
	}
	for _, script := range scripts {
		next <- script
	}
	close(next)
	group.Wait()
}

// mostUnprepared is how many histories in a row may lack what they begin with.
const mostUnprepared = 3

// explore runs histories, one after the other, until there are none.
func (l *lane) explore(ctx context.Context, isOver func() bool) {
	for unprepared := 0; unprepared < mostUnprepared && !isOver() && !l.isStopped(ctx); {
		script, more := l.plans.next()
		if !more {
			return
		}
		end, err := l.one(ctx, script)
		if err != nil {
			unprepared++
			continue
		}
		unprepared = 0
		if end.deviation != nil {
			l.investigate(ctx, script, end)
		}
	}
}

// one runs the script beside those of the other lanes.
func (l *lane) one(ctx context.Context, script Script) (ending, error) {
	l.histories.RLock()
	defer l.histories.RUnlock()
	items, err := l.itemsFor(ctx, script)
	if err != nil {
		return ending{}, err
	}
	end := l.run(ctx, l.model, script, items)
	l.noteHistory(end)
	return end, nil
}

func (e *Explorer) noteHistory(end ending) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.found.Histories++
	if end.abandoned != "" {
		e.found.Abandoned++
	}
}

// itemsFor gets items for a history, which no other had: what goes wrong then is
// a part of it.
func (l *lane) itemsFor(ctx context.Context, script Script) (items [model.MaxItems]string, err error) {
	once := &lane{Explorer: l.Explorer, leased: l.leased}
	if len(l.leased) > 0 {
		once.items = l.items
	}
	items, err = once.prepare(ctx, script)
	if len(once.leased) > 0 {
		l.items, l.leased = once.items, once.leased
	}
	return items, err
}

// prepare gets the items with the files that the script begins with.
func (l *lane) prepare(ctx context.Context, script Script) (items [model.MaxItems]string, err error) {
	for number, files := range script.Items {
		switch one := &l.items[number]; {
		case !script.uses(number):
			continue
		case one.id != "" && one.files == files:
		default:
			if *one, err = l.fresh(ctx, files); err != nil {
				return items, err
			}
		}
		items[number] = l.items[number].id
	}
	return items, nil
}

// uses says whether some step is about the item.
func (s Script) uses(item int) bool {
	for _, step := range s.Steps {
		if step.makes() && step.Item == item || !step.isAboutSession() && step.Item == item {
			return true
		}
	}
	return false
}

// fresh makes an item with the files; where the run may make none, the lane
// leases one that the user named.
func (l *lane) fresh(ctx context.Context, files [model.MaxFiles]int16) (laneItem, error) {
	item, err := l.options.Library.NewItem(ctx, "")
	if errors.Is(err, library.ErrNoLibrary) {
		return l.lease(ctx)
	}
	if err != nil {
		return laneItem{}, err
	}
	l.mu.Lock()
	l.newItems[item.ID] = time.Now()
	l.mu.Unlock()
	l.count()
	if files == ([model.MaxFiles]int16{}) {
		return laneItem{id: item.ID}, nil
	}
	end := l.run(ctx, l.plans.model, l.filling(files), [model.MaxItems]string{item.ID})
	if end.deviation != nil || end.abandoned != "" || end.state.Items[0].Files != files {
		return laneItem{}, errNotFilled
	}
	return laneItem{id: item.ID, files: files}, nil
}

var errNotFilled = errors.New("an item could not be given its files")

func (l *lane) lease(ctx context.Context) (laneItem, error) {
	leased, err := l.options.Library.Lease(ctx, 1)
	if err != nil {
		return laneItem{}, err
	}
	l.leased = append(l.leased, leased...)
	return laneItem{id: leased[0].ID, files: unknownFiles}, nil
}

// unknownFiles are those of an item that the user named.
var unknownFiles = func() (files [model.MaxFiles]int16) {
	for i := range files {
		files[i] = model.Open
	}
	return files
}()

// filling is the script that gives an empty item its files.
func (e *Explorer) filling(files [model.MaxFiles]int16) Script {
	var script Script
	add := func(o model.Operation) {
		var variant wire.Variant
		if variants := e.variants(o.Name); len(variants) > 0 {
			variant = variants[0]
		}
		o.Binding = string(variant.Binding)
		script.Steps = append(script.Steps, Step{Operation: o, Variant: variant})
	}
	add(model.Operation{Name: model.UpdateSession + ".create"})
	for file, content := range files {
		if content > 0 {
			add(model.Operation{Name: model.UpdateFile + ".add", File: file})
			add(model.Operation{Name: model.Upload, File: file, Content: int(content)})
		}
	}
	add(model.Operation{Name: model.UpdateSession + ".complete"})
	add(model.Operation{Name: model.ListFiles})
	add(model.Operation{Name: model.UpdateSession + ".delete"})
	return script
}

// keepItems keeps the items of which the model knows what is on them now.
func (l *lane) keepItems(script Script, items [model.MaxItems]string, end ending) {
	for number, id := range items {
		files := end.state.Items[number].Files
		switch {
		case id == "":
		case end.deviation == nil && end.abandoned == "" && end.clean && (isKnown(files) || files == script.Items[number]):
			l.items[number].files = files
		case len(l.leased) == 0:
			l.items[number] = laneItem{}
		}
	}
}

func isKnown(files [model.MaxFiles]int16) bool {
	for _, content := range files {
		if content == model.Open {
			return false
		}
	}
	return true
}

func (l *lane) close() {
	for _, item := range l.leased {
		l.options.Library.Return(item, true)
	}
}
