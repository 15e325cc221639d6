package lifecycle

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/reporters/report"
)

// Claims are what the checking sets of a service show in bindings that have the
// same automaton and came to the same.
type Claims struct {
	// Heading names the service, the bindings and the bound, Sentence says what is
	// claimed, or why nothing is.
	Heading, Sentence string
	Holds             bool
	States, Alphabet  []string
	// Excluded says for each state of which operations nothing is claimed.
	Excluded []Exclusion
}

// Exclusion are the operations in a state of which nothing is claimed.
type Exclusion struct {
	State      string
	Operations []string
}

// ClaimsOf are the claims of a run; none where it walked no checking set.
func ClaimsOf(run *report.Run) []Claims {
	if run.Exploration == nil {
		return nil
	}
	var all []Claims
	var bindings [][]string
	for _, claim := range run.Exploration.Claims {
		one := Claims{
			Heading: claim.Service, Sentence: sentence(claim), Holds: claim.Holds(), States: claim.States, Alphabet: plain(claim.Alphabet),
			Excluded: exclusions(claim),
		}
		at := slices.IndexFunc(all, func(other Claims) bool { return fmt.Sprint(other) == fmt.Sprint(one) })
		if at < 0 {
			at = len(all)
			all, bindings = append(all, one), append(bindings, nil)
		}
		bindings[at] = append(bindings[at], claim.Binding)
	}
	for i := range all {
		all[i].Heading = fmt.Sprintf("%s in %s, K = %d", all[i].Heading, strings.Join(bindings[i], ", "),
			run.Exploration.Claims[0].Extra)
	}
	return all
}

// plain leaves out which session an operation is about: there is one.
func plain(operations []string) []string {
	var all []string
	for _, one := range operations {
		all = append(all, strings.Replace(one, " session 1", "", 1))
	}
	return all
}

func exclusions(claim report.Claim) []Exclusion {
	var all []Exclusion
	for _, cell := range claim.Excluded {
		if last := len(all) - 1; last < 0 || all[last].State != cell.State {
			all = append(all, Exclusion{State: cell.State})
		}
		last := &all[len(all)-1]
		last.Operations = append(last.Operations, plain([]string{cell.Operation})...)
	}
	return all
}

// sentence is what the claim says, and no more, or why it says nothing.
func sentence(claim report.Claim) string {
	switch {
	case len(claim.Alike) > 0:
		return fmt.Sprintf("Nothing is claimed: no documented answer tells the states %q and %q apart.", claim.Alike[0], claim.Alike[1])
	case claim.Deviates:
		return "It deviates from the documents, as failures and warnings show."
	case !claim.Holds():
		return fmt.Sprintf("Nothing is claimed: %d of %d sequences could be walked to their end.",
			claim.Sequences-claim.Unwalked, claim.Sequences)
	}
	return fmt.Sprintf("Complete: if the session is a deterministic automaton of at most %d + %d states over this alphabet, which "+
		"every create on an item with file 1 begins anew, then it answers every word of the alphabet as documented, "+
		"since it answers %d sequences so. Nothing is said of what depends on other sessions, other files or time, nor of the "+
		"operations in the states below.",
		len(claim.States), claim.Extra, claim.Sequences)
}
