package model

import "strings"

// The services.
const (
	DownloadSession = "download_session"
	UpdateSession   = "update_session"
	DownloadFile    = "downloadsession.file"
	UpdateFile      = "updatesession.file"
)

// What a history does beside the operations of the services: it sends a file to
// its upload_endpoint, gets it from its download_endpoint, looks at an item, and
// logs in again: sessions are their user's, whichever login they were made with.
const (
	Upload    = "transfer.upload"
	Download  = "transfer.download"
	GetItem   = "item.get"
	ListFiles = "item.files"
	LogIn     = "account.login"
)

// Operation is one step of a history. Sessions, items, files, contents and
// tokens have numbers in it; the real ids are the caller's.
type Operation struct {
	// Name is service.operation in the API's own words, or one of the above.
	Name string
	// Binding is in which it is asked: api, rest or legacy.
	Binding string
	// Session is what it is about; of create the number that a new one gets.
	Session int
	// Item is that of a create, a list or a look; Open lists every item's.
	Item int
	File int
	// Token is that of a create, Progress of a keep_alive, Message of a fail, and
	// Warning of an update, each 0 for none; Content is what an upload sends.
	Token, Progress, Message, Warning, Content int
	// Sum is of an add: the number of the bytes whose checksum it announces, 0 for none.
	Sum int
}

// service is that of the session which the operation is about.
func (o Operation) service() string {
	switch {
	case strings.HasPrefix(o.Name, "download"):
		return DownloadSession
	case strings.HasPrefix(o.Name, "update"):
		return UpdateSession
	}
	return ""
}

// action is the operation as the tables name it: cancel, file.add.
func (o Operation) action() string {
	for _, one := range prefixes {
		if action, found := strings.CutPrefix(o.Name, one.service); found {
			return one.action + action
		}
	}
	return o.Name
}

var prefixes = []struct{ service, action string }{
	{DownloadSession + ".", ""}, {UpdateSession + ".", ""}, {DownloadFile + ".", "file."}, {UpdateFile + ".", "file."},
}

// behaviour completes an id of the tables: those of files stand in the service
// of the files.
func (o Operation) behaviour(short string) string {
	file, isFile := strings.CutPrefix(short, "file.")
	switch {
	case short == "":
		return ""
	case isFile && o.service() == DownloadSession:
		return DownloadFile + "." + file
	case isFile:
		return UpdateFile + "." + file
	}
	return o.service() + "." + short
}

// Kind is an answer as the tables tell it: success, or a standard error.
type Kind string

// The kinds of answers.
const (
	OK              Kind = "ok"
	NotFound        Kind = "not_found"
	NotAllowed      Kind = "not_allowed_in_current_state"
	InvalidArgument Kind = "invalid_argument"
	Busy            Kind = "resource_busy"
	// Refused is every answer but success, Any every answer.
	Refused Kind = "refused"
	Any     Kind = "any"
)

// Answer is what the target answered, in the numbers of the history.
type Answer struct {
	// OK is a status of success; Error is the type of the standard error, empty
	// where the body names none.
	OK     bool
	Status int
	Error  string
	// Unreadable is why the body of a success is no result; empty where it is one.
	Unreadable string
	// Session is of a create: which session has the id that was answered.
	Session int
	// Shown is of a get; Listed of a list, by session; Files of a list of files,
	// or of a get of one.
	Shown  *Shown
	Listed *[MaxSessions]bool
	// Strangers says that a list by item has ids of no session of the history.
	Strangers bool
	Files     *[MaxFiles]FileStates
	// Infos are what a file's entry shows beside its state, nil where nobody reads it.
	Infos *[MaxFiles]Info
	// Apart is of a keep_alive that came so long after the last look at the session
	// that its expiration_time has to be another one.
	Apart bool
	// HasErrors is of a validate, and nil where it cannot be told.
	HasErrors *bool
	// Content is of a download: the number of the bytes, Open for others.
	Content int
	// Version is of an item's get; Contents are an item's files: Open for each
	// that it has, 0 for each that it has not.
	Version  int
	Contents *[MaxFiles]int16
}

// AsLong says whether the bytes with two numbers are of one length. Those of an even
// number and the next are, so that nothing but the bytes tells which of them a file has.
func AsLong(one, other int) bool { return one > 0 && other > 0 && one/2 == other/2 }

// Shown is a session as get shows it; Open is what it does not show.
type Shown struct {
	State      States
	Progress   int
	HasMessage bool
	// Message is the number of the client's message in it, 0 for none.
	Message int
	Warning int
	// Item is the number of the item, Version that of its content_version.
	Item, Version int
	// Warns says whether there is a warning_behavior; Unasked, that the target shows
	// none of sessions that were given none.
	Warns   Presence
	Unasked bool
	// Preview is the state of the preview_info, empty where there is none.
	Preview string
	// Alone says that no request overlapped with those before: then what a session
	// kept before it ended is compared, too.
	Alone bool
	// OutOfRange is a progress that is none.
	OutOfRange bool
	// Missing are the fields that every get shows, and this does not.
	Missing []string
	// Expires is the expiration_time in milliseconds, 0 where it is not read.
	Expires int64
}

// Status is how far the transfer of a file is.
type Status int

// The statuses; Begun is between the first and the last.
const (
	Unknown Status = iota
	// Untouched is UNPREPARED or WAITING_FOR_TRANSFER.
	Untouched
	Begun
	// Ready is PREPARED or READY.
	Ready
	Broken
)

// Info is the entry of a file.
type Info struct {
	Status Status
	// Size, Sent and Sum are the number of the bytes that have the shown size,
	// bytes_transferred and checksum: 0 for none shown, Open for those of others.
	Size, Sent, Sum int
	// Endpoint says that there is a URL.
	Endpoint bool
}
