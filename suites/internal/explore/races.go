package explore

import (
	"slices"

	"session-conformance/suites/model"
)

// where says in which bindings a race is run.
type where int

const (
	// mixed is clients in all bindings that share their sessions, by turns: what is
	// wrong with an operation in one is seen beside whatever comes in another.
	mixed where = iota
	// apart is once in each binding: of operations that end something, the first
	// leaves nothing for the others, so that each has to come first.
	apart
	// alone is in one binding, another one each time.
	alone
)

// race is a meeting of clients: operations that they do at once, each client one,
// and what is looked at when all have been answered. An operation that others can
// undo stands between two of them, so that whoever comes first leaves one behind
// it; of the mixed ones, each operation stands where each binding has its turn. The
// late ones follow when half of the others have been answered: an operation that
// ends a session meets those that have found it ACTIVE and are not done with it.
// Operations have their short names, of the service; sessions and files have
// numbers.
type race struct {
	service string
	where   where
	// in is what session 1 is in; before makes it, where none is there that fits.
	in            model.States
	before        operations
	clients, late operations
	looks         operations
}

// life is races on one item, each with the sessions that those before it leave.
type life []race

type operations = []model.Operation

var (
	createOne     = model.Operation{Name: "create"}
	another       = model.Operation{Name: "create", Session: 1}
	third         = model.Operation{Name: "create", Session: 2}
	withToken     = model.Operation{Name: "create", Token: 1}
	sameToken     = model.Operation{Name: "create", Token: 1, Session: 1}
	get           = model.Operation{Name: "get"}
	getOther      = model.Operation{Name: "get", Session: 1}
	getThird      = model.Operation{Name: "get", Session: 2}
	list          = model.Operation{Name: "list"}
	keepOn        = model.Operation{Name: "keep_alive"}
	keepBegun     = model.Operation{Name: "keep_alive", Progress: 5}
	keepAlive     = model.Operation{Name: "keep_alive", Progress: 10}
	cancel        = model.Operation{Name: "cancel"}
	fail          = model.Operation{Name: "fail", Message: 1}
	remove        = model.Operation{Name: "delete"}
	update        = model.Operation{Name: "update", Warning: 1}
	complete      = model.Operation{Name: "complete"}
	prepare       = model.Operation{Name: "file.prepare"}
	prepareOther  = model.Operation{Name: "file.prepare", File: 1}
	download      = model.Operation{Name: model.Download}
	downloadOther = model.Operation{Name: model.Download, File: 1}
	getFile       = model.Operation{Name: "file.get"}
	files         = model.Operation{Name: "file.list"}
	add           = model.Operation{Name: "file.add"}
	addOther      = model.Operation{Name: "file.add", File: 1}
	addThird      = model.Operation{Name: "file.add", File: 2}
	addFourth     = model.Operation{Name: "file.add", File: 3}
	upload        = model.Operation{Name: model.Upload, Content: 1}
	uploadOther   = model.Operation{Name: model.Upload, File: 1, Content: 2}
	uploadFourth  = model.Operation{Name: model.Upload, File: 3, Content: 3}
	removeFile    = model.Operation{Name: "file.remove"}
	removeOther   = model.Operation{Name: "file.remove", File: 1}
	validate      = model.Operation{Name: "file.validate"}
	itemFiles     = model.Operation{Name: model.ListFiles}
)

const (
	// ended is what download sessions end in, updated what update sessions do that
	// every binding lets delete.
	ended   = model.Canceled | model.Failed
	updated = model.Failed | model.Done
)

var (
	active = operations{createOne}
	begun  = operations{createOne, keepBegun}
	over   = operations{createOne, fail}
	pushed = operations{createOne, add, upload}
	// announced has a file that was not uploaded, announcedTwo has two.
	announced    = operations{createOne, addFourth}
	announcedTwo = operations{createOne, add, addOther}
)

// downloads are the lives of download sessions.
var downloads = []life{
	{
		{model.DownloadSession, apart, 0, nil, operations{createOne, list, another}, nil, operations{list}},
		{model.DownloadSession, mixed, model.Active, active, operations{list, get, list, get, list, get}, operations{another, remove}, operations{get, list}},
		{model.DownloadSession, mixed, 0, begun, operations{keepOn, prepare, get, keepAlive, prepareOther, keepOn, files, get}, nil, operations{get, files, download, downloadOther}},
		{model.DownloadSession, apart, model.Active, active, operations{cancel, cancel}, operations{fail}, operations{get}},
		{model.DownloadSession, apart, model.Active, active, operations{fail, fail}, operations{cancel}, operations{get}},
		{model.DownloadSession, apart, ended, over, operations{remove, remove}, nil, operations{get, list}},
		{model.DownloadSession, mixed, model.Active, active, operations{keepAlive, prepare, get, prepare, get, keepOn, get, keepOn, prepare, files}, operations{cancel, fail}, operations{get}},
	},
	{
		{model.DownloadSession, mixed, 0, nil, operations{withToken, sameToken}, nil, operations{list}},
		{model.DownloadSession, apart, model.Active, active, operations{cancel, remove}, nil, operations{get, list}},
		{model.DownloadSession, apart, model.Active, active, operations{fail, remove}, nil, operations{get, list}},
		{model.DownloadSession, mixed, model.Active, active, operations{keepAlive, files, get, prepare, get, keepOn, getFile, keepOn, prepare}, operations{remove, remove}, operations{get, list}},
	},
}

// updates are the lives of update sessions, of which an item has one. What they
// upload, a download session gets. Where clients of several bindings meet, fail ends
// the session: a cancel of legacy may delete it, or not.
var updates = []life{
	{
		{model.UpdateSession, apart, 0, nil, operations{createOne, list, another, third}, nil, operations{list, get, getOther, getThird}},
		{model.UpdateSession, mixed, model.Active, active, operations{addThird, addThird, addThird, removeFile, removeFile, removeFile}, operations{addFourth, removeOther, keepOn}, operations{get, files}},
		{model.UpdateSession, mixed, model.Active, announced, operations{addOther, removeOther, get, uploadFourth, addOther, removeOther, removeOther, get, addOther}, operations{fail}, operations{get}},
		{model.UpdateSession, apart, updated, over, operations{remove, remove}, nil, operations{get, list}},
	},
	{
		{model.UpdateSession, apart, 0, nil, operations{withToken, list, sameToken}, nil, operations{list}},
		{model.UpdateSession, apart, model.Active, active, operations{fail, fail}, operations{keepOn}, operations{get}},
		{model.UpdateSession, apart, model.Active, active, operations{cancel, cancel}, operations{fail}, operations{get}},
		{model.UpdateSession, mixed, updated, over, operations{list, get, list, get, list, get}, operations{another, remove}, operations{get, list}},
		{model.UpdateSession, mixed, model.Active, active, operations{keepAlive, update, validate, validate, keepOn, update, update, validate, keepOn}, operations{fail}, operations{get}},
	},
	{
		{model.UpdateSession, apart, 0, pushed, operations{complete, complete, complete}, operations{cancel, fail}, operations{get, itemFiles}},
		{model.UpdateSession, mixed, 0, pushed, operations{keepAlive, update, validate, validate, validate, update, get}, operations{complete, complete}, operations{get, itemFiles}},
		{model.UpdateSession, mixed, 0, announcedTwo, operations{keepOn, upload, keepAlive, uploadOther, update}, nil, operations{files, get, complete, itemFiles}},
		{model.DownloadSession, mixed, 0, active, operations{prepare, keepOn, prepareOther}, nil, operations{files, download, downloadOther}},
	},
	{
		{model.UpdateSession, alone, 0, pushed, operations{cancel, cancel}, operations{complete}, operations{get, itemFiles}},
		{model.UpdateSession, mixed, model.Active, active, operations{cancel, another, third}, nil, operations{get, getOther, getThird}},
		{model.UpdateSession, alone, 0, pushed, operations{fail, fail}, operations{complete}, operations{get, itemFiles}},
		{model.UpdateSession, apart, model.Active, active, operations{update, update}, operations{fail}, operations{get}},
	},
}

// publishes says whether the race may change what its item holds.
func (r race) publishes() bool { return slices.Contains(slices.Concat(r.clients, r.late), complete) }

// of is the operation with its whole name.
func (r race) of(short model.Operation) model.Operation {
	short.Name = model.WholeName(r.service, short.Name)
	return short
}
