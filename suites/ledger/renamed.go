package ledger

// renamed has the ids that behaviours had in earlier suites, and what they are
// called now: saved runs outlive them. A name that is given up comes here, never
// away.
var renamed = map[string]string{
	// What races judge now.
	"download_session.cancel.state_concurrent":            "download_session.concurrency.linearizable",
	"download_session.create.distinct_ids_concurrent":     "download_session.concurrency.linearizable",
	"download_session.create.token_idempotent_concurrent": "download_session.concurrency.linearizable",
	"download_session.delete.then_get_concurrent":         "download_session.concurrency.linearizable",
	"update_session.cancel.discards_concurrent":           "update_session.concurrency.linearizable",
	"update_session.cancel.state_concurrent":              "update_session.concurrency.linearizable",
	"update_session.create.busy_concurrent":               "update_session.concurrency.linearizable",
	"update_session.create.token_idempotent_concurrent":   "update_session.concurrency.linearizable",
}

// Current is what the suite calls the behaviour today that a saved run knows by
// the id; the id itself if nothing was renamed.
func Current(id string) string {
	if now, was := renamed[id]; was {
		return now
	}
	return id
}
