package explore

// Share is the part that falls to one of several explorers of a target, which
// plan the same and walk each their own; the zero value is all of it.
type Share struct {
	// Number is from 0 to Of - 1.
	Number, Of int
}

func (s Share) isPart() bool { return s.Of > 1 }

// has says whether the share holds what was planned as the number-th.
func (s Share) has(number int) bool { return !s.isPart() || number%s.Of == s.Number }

// of is what the share may spend of so many requests.
func (s Share) of(requests int) int {
	if !s.isPart() {
		return requests
	}
	return (requests + s.Of - 1) / s.Of
}
