package explore

import (
	"slices"
	"strings"
	"time"

	"session-conformance/fixtures/fake"
)

// wrongServer is the reference server with one documented cell broken behind a
// history of the given depth.
type wrongServer struct {
	name string
	// depth is how many operations it takes after create, the broken one included.
	depth int
	// says is what the card of the finding has to say; empty for anything.
	says string
	// around does the wrong; a server has a memory of its own.
	around func() func(*fake.Call, func() (any, error)) (any, error)
}

type do = func() (any, error)

// after breaks an operation for sessions that have gone the path.
func after(path []string, operation string,
	wrong func(asked *fake.Call, do do) (any, error)) func() func(*fake.Call, do) (any, error) {
	return func() func(*fake.Call, do) (any, error) {
		gone := map[string]int{}
		return func(asked *fake.Call, do do) (any, error) {
			session := sessionOf(asked)
			at := gone[session]
			if at == len(path) && asked.Operation == operation {
				return wrong(asked, do)
			}
			result, err := do()
			if at < len(path) && session != "" && path[at] == asked.Operation+outcome(err) {
				gone[session]++
			}
			return result, err
		}
	}
}

// outcome marks a step of a path that has to be refused.
func outcome(err error) string {
	if err != nil {
		return "!"
	}
	return ""
}

func sessionOf(asked *fake.Call) string {
	if id := asked.Text("download_session_id"); id != "" {
		return id
	}
	return asked.Text("update_session_id")
}

func refuse(kind string) func(*fake.Call, do) (any, error) {
	return func(*fake.Call, do) (any, error) { return nil, fake.Refuse(kind, "wrong on purpose") }
}

func instead(operation string) func(*fake.Call, do) (any, error) {
	return func(asked *fake.Call, _ do) (any, error) { return asked.Also(operation, asked.Arguments) }
}

// change changes what a success shows.
func change(how func(fake.Fields) fake.Fields) func(*fake.Call, do) (any, error) {
	return func(_ *fake.Call, do do) (any, error) {
		result, err := do()
		if fields, ok := result.(fake.Fields); ok && err == nil {
			return how(fields), nil
		}
		return result, err
	}
}

func with(name string, value any) func(*fake.Call, do) (any, error) {
	return change(func(f fake.Fields) fake.Fields { return f.With(name, value) })
}

const refusedState = "not_allowed_in_current_state"

// wrongServers are those that the specs called conformant, and their kin.
func wrongServers() []wrongServer {
	update, keep := "update_session.update", "update_session.keep_alive"
	add, remove, validate := "updatesession.file.add", "updatesession.file.remove", "updatesession.file.validate"
	return []wrongServer{
		{"update, keep_alive is refused", 2, "expected success behind create, update; got 400 not_allowed", after([]string{update}, keep, refuse(refusedState))},
		{"keep_alive, fail is refused", 2, "expected success behind create, keep_alive; got 400 not_allowed", after([]string{keep}, "update_session.fail", refuse(refusedState))},
		{"validate, keep_alive is refused", 4, "expected success behind create, validate; got 400 not_allowed", after([]string{validate}, keep, refuse(refusedState))},
		{"add, remove, add is refused", 3, "expected success behind create, add, remove; got 400 not_allowed", after([]string{add, remove}, add, refuse(refusedState))},
		{"the second delete of an ACTIVE session succeeds", 2, "not_allowed_in_current_state behind create, delete; got 20",
			after([]string{"update_session.delete!"}, "update_session.delete", func(asked *fake.Call, do do) (any, error) {
				_, _ = asked.Also("update_session.cancel", asked.Arguments)
				return asked.Also("update_session.delete", asked.Arguments)
			})},
		{"keep_alive, keep_alive cancels a download session", 3, "", after([]string{"download_session.keep_alive"}, "download_session.keep_alive", instead("download_session.cancel"))},
		{"progress is lost after update", 3, "", after([]string{keep, update}, "update_session.get", with("client_progress", int64(0)))},
		{"a failed session forgets its message after keep_alive", 3, "", after([]string{keep, "update_session.fail"}, "update_session.get", with("error_message", nil))},
		{"a download session becomes DONE when a file was prepared", 2, "", after([]string{"downloadsession.file.prepare"}, "download_session.get", with("state", "DONE"))},
		{"a download session becomes DONE when a file was downloaded", 3, "expected state ACTIVE behind create, prepare, download; got state DONE", doneByDownload},
		{"get, cancel is refused", 2, "", after([]string{"download_session.get"}, "download_session.cancel", refuse(refusedState))},
		{"add, keep_alive, cancel leaves the session ACTIVE", 4, "", after([]string{add, keep}, "update_session.cancel", func(*fake.Call, do) (any, error) { return nil, nil })},
		{"fail, keep_alive succeeds after a prepare", 3, "",
			after([]string{"downloadsession.file.prepare", "download_session.fail"}, "download_session.keep_alive", func(*fake.Call, do) (any, error) { return nil, nil })},
		{"cancel, get, delete is refused", 3, "", after([]string{"download_session.cancel", "download_session.get"}, "download_session.delete", refuse(refusedState))},
		{"a list forgets sessions that were kept alive", 2, "which is ACTIVE", forgetful("download_session.keep_alive", "download_session.list")},
		{"a list forgets sessions whose files were added", 2, "", forgetful(add, "update_session.list")},
		{"a list shows five at most", 7, "which is ACTIVE", shortList},
		{"update, add hides the file", 3, "", after([]string{update, add}, "updatesession.file.list", func(*fake.Call, do) (any, error) { return fake.Values{}, nil })},
		{"complete publishes the first of two files", 6, "expected the item with file", dropsSecond},
		{"validate has errors after remove", 4, "", after([]string{remove}, validate, with("has_errors", true))},
		{"complete, get, delete is refused", 5, "", after([]string{"update_session.complete", "update_session.get"}, "update_session.delete", refuse(refusedState))},
		{"fail does not free the item after keep_alive", 4, "", staysBusy},
		{"a failed session is an array", 2, "expected an answer of the documented shape behind create, fail; got one that cannot be read",
			after([]string{"download_session.fail"}, "download_session.get", func(*fake.Call, do) (any, error) { return fake.Values{"DONE"}, nil })},
		{"validate moves expiration_time back", 3, "no earlier expiration_time than was shown before", after([]string{validate}, "update_session.get",
			change(func(f fake.Fields) fake.Fields {
				return f.With("expiration_time", f.Get("expiration_time").(time.Time).Add(-time.Minute))
			}))},
		{"a message ends with its first line", 3, "expected an error_message with the client's", shortMessages},
		{"sessions made in rest are not found in api after keep_alive", 3, "", crossed},
	}
}

// doneByDownload shows as DONE what has downloaded a file, of which it then knows
// the size.
func doneByDownload() func(*fake.Call, do) (any, error) {
	return func(asked *fake.Call, do do) (any, error) {
		result, err := do()
		if asked.Operation != "download_session.get" || err != nil {
			return result, err
		}
		files, _ := asked.Also("downloadsession.file.list", asked.Arguments)
		for _, file := range files.(fake.Values) {
			if file.(fake.Fields).Get("size") != nil {
				return result.(fake.Fields).With("state", "DONE"), nil
			}
		}
		return result, nil
	}
}

// shortMessages keeps the first line of what a client says.
func shortMessages() func(*fake.Call, do) (any, error) {
	return func(asked *fake.Call, do do) (any, error) {
		if message := asked.Text("client_error_message"); message != "" {
			line, _, _ := strings.Cut(message, "\n")
			asked.Set("client_error_message", line)
		}
		return do()
	}
}

func forgetful(operation, list string) func() func(*fake.Call, do) (any, error) {
	return func() func(*fake.Call, do) (any, error) {
		var gone []string
		return func(asked *fake.Call, do do) (any, error) {
			result, err := do()
			if err == nil && asked.Operation == operation {
				gone = append(gone, sessionOf(asked))
			}
			if ids, ok := result.(fake.Values); ok && asked.Operation == list {
				return slices.DeleteFunc(slices.Clone(ids), func(id any) bool { return slices.Contains(gone, id.(string)) }), err
			}
			return result, err
		}
	}
}

func shortList() func(*fake.Call, do) (any, error) {
	return func(asked *fake.Call, do do) (any, error) {
		result, err := do()
		if ids, ok := result.(fake.Values); ok && strings.HasSuffix(asked.Operation, "_session.list") && len(ids) > 5 {
			return ids[:5], err
		}
		return result, err
	}
}

// dropsSecond removes the last file of two before it completes.
func dropsSecond() func(*fake.Call, do) (any, error) {
	return func(asked *fake.Call, do do) (any, error) {
		if asked.Operation != "update_session.complete" {
			return do()
		}
		files, err := asked.Also("updatesession.file.list", asked.Arguments)
		if err != nil {
			return do()
		}
		var added []string
		for _, file := range files.(fake.Values) {
			if info := file.(fake.Fields); info.Get("source_type") == "PUSH" {
				added = append(added, info.Get("name").(string))
			}
		}
		if len(added) < 2 {
			return do()
		}
		_, _ = asked.Also("updatesession.file.remove", map[string]any{"update_session_id": sessionOf(asked), "file_name": added[1]})
		return do()
	}
}

func staysBusy() func(*fake.Call, do) (any, error) {
	kept, items := map[string]bool{}, map[string]bool{}
	return func(asked *fake.Call, do do) (any, error) {
		if asked.Operation == "update_session.create" && items[asked.Text("create_spec.library_item_id")] {
			return nil, fake.Refuse("resource_busy", "wrong on purpose")
		}
		model, _ := asked.Also("update_session.get", asked.Arguments)
		result, err := do()
		switch {
		case err != nil:
		case asked.Operation == "update_session.keep_alive":
			kept[sessionOf(asked)] = true
		case asked.Operation == "update_session.fail" && kept[sessionOf(asked)]:
			items[model.(fake.Fields).Get("library_item_id").(string)] = true
		}
		return result, err
	}
}

// crossed does not find in api what was kept alive in rest.
func crossed() func(*fake.Call, do) (any, error) {
	kept := map[string]bool{}
	return func(asked *fake.Call, do do) (any, error) {
		if asked.Operation == "download_session.get" && asked.Binding == fake.API && kept[sessionOf(asked)] {
			return nil, fake.Refuse("not_found", "wrong on purpose")
		}
		result, err := do()
		if err == nil && asked.Operation == "download_session.keep_alive" && asked.Binding == fake.Rest {
			kept[sessionOf(asked)] = true
		}
		return result, err
	}
}
