package report

// Claim is what a checking set of sequences shows of the sessions of a service in
// a binding: if it holds, no server whose session is a deterministic automaton
// with as many states as the model has, and Extra more, over the alphabet and
// begun anew by each create, deviates from the documents and stays unseen.
type Claim struct {
	Service string `json:"service"`
	Binding string `json:"binding"`
	Extra   int    `json:"extra"`
	// States are those of the model, Alphabet the operations, as a history has them.
	States   []string `json:"states"`
	Alphabet []string `json:"alphabet"`
	// Excluded are the cells of which the documents leave open what is answered or
	// what follows; the claim does not speak of them.
	Excluded []ExcludedCell `json:"excluded"`
	// Alike are two states that nothing documented tells apart; then nothing is
	// claimed.
	Alike []string `json:"alike,omitempty"`
	// Sequences counts those of the set, Unwalked those that were not answered to
	// their end.
	Sequences int `json:"sequences"`
	Unwalked  int `json:"unwalked"`
	// Deviates says that a sequence deviates.
	Deviates bool `json:"deviates,omitempty"`
}

// ExcludedCell is an operation in a state of which a claim does not speak.
type ExcludedCell struct {
	State     string `json:"state"`
	Operation string `json:"operation"`
}

// Holds says whether all was walked and nothing deviates.
func (c Claim) Holds() bool {
	return c.Sequences > 0 && c.Unwalked == 0 && !c.Deviates && len(c.Alike) == 0
}
