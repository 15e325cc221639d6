package ledger

// renamed has the ids that behaviours had in earlier suites, and what they are
// called now: saved runs outlive them. A name that is given up comes here, never
// away.
var renamed = map[string]string{}

// Current is what the suite calls the behaviour today that a saved run knows by
// the id; the id itself if nothing was renamed.
func Current(id string) string {
	if now, was := renamed[id]; was {
		return now
	}
	return id
}
