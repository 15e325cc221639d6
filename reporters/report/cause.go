package report

// Cause is one thing that is wrong with the target, and the results that it
// explains.
type Cause struct {
	// Summary says in one line what is wrong.
	Summary string `json:"summary"`
	// Operations are those that get it wrong, as failures name them.
	Operations []string `json:"operations"`
	// Failed and Warned count the results that show it, Blocked those that could
	// not be judged because of it.
	Failed  int `json:"failed"`
	Warned  int `json:"warned"`
	Blocked int `json:"blocked"`
	// Results are the indices of those that show it in the run's results, what
	// shows it best first; there is at least one. BlockedResults are those of
	// the others.
	Results        []int `json:"results"`
	BlockedResults []int `json:"blocked_results,omitempty"`
}

// Explains is the number of results that the cause explains.
func (c Cause) Explains() int { return len(c.Results) + len(c.BlockedResults) }
