package model

// cell is one cell of "state x operation" (reference, section 3): in a state,
// under a condition, an answer and what follows.
type cell struct {
	operation string
	in        States
	when      condition
	answer    Kind
	// next is what follows; 0 is the state as it was.
	next States
	// rests is the behaviour of the answer, then that of the state which follows,
	// if it is another; without rests the cell is UNDOCUMENTED.
	rests, then string
}

const terminal = Done | Canceled | Failed

// downloadCells is "Download session: state x operation". A combination that is
// not there is UNDOCUMENTED.
var downloadCells = []cell{
	{"get", Active | Canceled | Failed, nil, OK, 0, "get.ok", ""},
	{"keep_alive", Active, nil, OK, 0, "keep_alive.ok", ""},
	{"keep_alive", Canceled, nil, NotAllowed, 0, "keep_alive.not_active", ""},
	{"keep_alive", Failed, nil, NotAllowed, 0, "keep_alive.not_active_error", ""},
	{"cancel", Active, nil, OK, Canceled, "cancel.ok", "cancel.state"},
	{"cancel", Canceled, nil, NotAllowed, 0, "cancel.not_active", ""},
	{"cancel", Failed, nil, NotAllowed, 0, "cancel.not_active_error", ""},
	{"fail", Active, nil, OK, Failed, "fail.ok", "fail.state_error"},
	{"fail", Canceled, nil, NotAllowed, 0, "fail.not_active", ""},
	{"fail", Failed, nil, NotAllowed, 0, "fail.not_active_error", ""},
	{"delete", Active, nil, OK, Gone, "delete.active", "delete.then_get"},
	{"delete", Canceled, nil, OK, Gone, "delete.canceled", "delete.then_get"},
	{"delete", Failed, nil, OK, Gone, "delete.error", "delete.then_get"},
	{"file.list", Active, nil, OK, 0, "file.list.ok", ""},
	{"file.get", Active, offered, OK, 0, "file.get.ok", ""},
	{"file.get", Active, notOffered, InvalidArgument, 0, "file.get.unknown_file", ""},
	{"file.prepare", Active, unprepared, OK, 0, "file.prepare.ok", ""},
	{"file.prepare", Active, prepared, Any, 0, "", ""}, // file.prepare.repeat
	{"file.prepare", Active, notOffered, InvalidArgument, 0, "file.prepare.unknown_file", ""},
	{"file.list", terminal, nil, Any, 0, "", ""}, // file.any.terminal_session
	{"file.get", terminal, nil, Any, 0, "", ""},
	{"file.prepare", terminal, nil, Any, 0, "", ""},

	{"get", Gone, nil, NotFound, 0, "delete.then_get", ""},
	{"delete", Gone, nil, NotFound, 0, "delete.twice", ""},
	{"keep_alive", Gone, nil, NotFound, 0, "keep_alive.unknown_id", ""},
	{"cancel", Gone, nil, NotFound, 0, "cancel.unknown_id", ""},
	{"fail", Gone, nil, NotFound, 0, "fail.unknown_id", ""},
	{"file.list", Gone, nil, NotFound, 0, "file.list.unknown_id", ""},
	{"file.get", Gone, nil, NotFound, 0, "file.get.unknown_id", ""},
	{"file.prepare", Gone, nil, NotFound, 0, "file.prepare.unknown_id", ""},
}

// updateCells is "Update session: state x operation". What cancel deletes
// (section 5, row 1) is added where a binding may.
var updateCells = []cell{
	{"get", Active | Completing | Done | Canceled | Failed, nil, OK, 0, "get.ok", ""},
	{"keep_alive", Active, nil, OK, 0, "keep_alive.ok", ""},
	{"keep_alive", Done, nil, NotAllowed, 0, "keep_alive.not_active", ""},
	{"keep_alive", Failed, nil, NotAllowed, 0, "keep_alive.not_active_error", ""},
	{"keep_alive", Canceled, nil, NotAllowed, 0, "keep_alive.not_active_canceled", ""},
	{"update", Active, nil, OK, 0, "update.ok", ""},
	{"update", Done, nil, NotAllowed, 0, "update.not_active", ""},
	{"update", Failed, nil, NotAllowed, 0, "update.not_active_error", ""},
	{"update", Canceled, nil, NotAllowed, 0, "update.not_active_canceled", ""},
	{"cancel", Active, nil, OK, Canceled, "cancel.ok", "cancel.state"},
	{"cancel", Done, nil, NotAllowed, 0, "cancel.not_active", ""},
	{"cancel", Failed, nil, NotAllowed, 0, "cancel.not_active_error", ""},
	{"cancel", Canceled, nil, NotAllowed, 0, "cancel.not_active_canceled", ""},
	{"complete", Active, received, OK, Completing | Done, "complete.ok", "complete.state_done"},
	{"complete", Active, waiting, NotAllowed, Active | Failed, "complete.missing_push", ""},
	{"complete", Active, unchanged, OK, Completing | Done | Failed, "", ""},
	{"complete", Active, unchanged, Refused, Active | Failed, "", ""},
	{"complete", Active, spoiled, OK, Completing | Done | Failed, "", ""}, // file.push.checksum_bad
	{"complete", Active, spoiled, Refused, Active | Failed, "", ""},
	{"complete", Done, nil, NotAllowed, 0, "complete.not_active", ""},
	{"complete", Failed, nil, NotAllowed, 0, "complete.not_active_error", ""},
	{"complete", Canceled, nil, NotAllowed, 0, "complete.not_active_canceled", ""},
	{"fail", Active, nil, OK, Failed, "fail.ok", "fail.state_error"},
	{"fail", Done, nil, NotAllowed, 0, "fail.not_active", ""},
	{"fail", Failed, nil, NotAllowed, 0, "fail.not_active_error", ""},
	{"fail", Canceled, nil, NotAllowed, 0, "fail.not_active_canceled", ""},
	{"delete", Active, nil, NotAllowed, 0, "delete.active", ""},
	{"delete", Done, nil, OK, Gone, "delete.done", "delete.then_get"},
	{"delete", Failed, nil, OK, Gone, "delete.error", "delete.then_get"},
	{"delete", Canceled, nil, OK, Gone, "delete.canceled", "delete.then_get"},
	{"file.add", Active, nil, OK, 0, "file.add.ok", ""},
	{"file.remove", Active, inItem, OK, 0, "file.remove.ok", "file.remove.session_survives"},
	{"file.remove", Active, unknown, InvalidArgument, 0, "file.remove.unknown_file", ""},
	{"file.remove", Active, justAdded, Any, 0, "", ""}, // file.remove.just_added
	{"file.remove", Active, removed, Any, 0, "", ""},
	{"file.list", Active, nil, OK, 0, "file.list.ok", ""},
	{"file.get", Active, inSession, OK, 0, "file.get.ok", ""},
	{"file.get", Active, unknown, InvalidArgument, 0, "file.get.unknown_file", ""},
	{"file.get", Active, removed, Any, 0, "", ""},
	{"file.validate", Active, complete, OK, 0, "file.validate.ok", "file.validate.no_side_effect"},
	{"file.validate", Active, waiting, NotAllowed, 0, "file.validate.not_received", ""},
	{"file.validate", Active, empty, Any, 0, "", ""},
	{"file.validate", Active, spoiled, Any, 0, "", ""},
	{"file.validate", Done, nil, NotAllowed, 0, "file.validate.not_active", ""},
	{"file.validate", Failed, nil, NotAllowed, 0, "file.validate.not_active_error", ""},
	{"file.validate", Canceled, nil, NotAllowed, 0, "file.validate.not_active_canceled", ""},
	{"file.list", terminal, nil, Any, 0, "", ""},
	{"file.get", terminal, nil, Any, 0, "", ""},
	{"file.add", terminal, nil, Any, 0, "", ""},    // file.add.not_active
	{"file.remove", terminal, nil, Any, 0, "", ""}, // file.remove.not_active

	{"get", Gone, nil, NotFound, 0, "delete.then_get", ""},
	{"delete", Gone, nil, NotFound, 0, "delete.twice", ""},
	{"keep_alive", Gone, nil, NotFound, 0, "keep_alive.unknown_id", ""},
	{"update", Gone, nil, NotFound, 0, "update.unknown_id", ""},
	{"cancel", Gone, nil, NotFound, 0, "cancel.unknown_id", ""},
	{"complete", Gone, nil, NotFound, 0, "complete.unknown_id", ""},
	{"fail", Gone, nil, NotFound, 0, "fail.unknown_id", ""},
	{"file.add", Gone, nil, NotFound, 0, "file.add.unknown_id", ""},
	{"file.remove", Gone, nil, NotFound, 0, "file.remove.unknown_id", ""},
	{"file.list", Gone, nil, NotFound, 0, "file.list.unknown_id", ""},
	{"file.get", Gone, nil, NotFound, 0, "file.get.unknown_id", ""},
	{"file.validate", Gone, nil, NotFound, 0, "file.validate.unknown_id", ""},
}

var tables = map[string][]cell{DownloadSession: downloadCells, UpdateSession: updateCells}
