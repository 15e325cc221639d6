package explore

import (
	"session-conformance/suites/model"
)

// shorten takes away what is not needed, the largest parts first: sessions,
// then halves, then single steps, then what the items hold.
func (s *search) shorten(finding *Finding) {
	s.dropOthers(finding)
	s.dropSessions(finding)
	for size := len(finding.Script.Steps) / 2; size > 1; size /= 2 {
		s.dropSpans(finding, size)
	}
	s.dropSteps(finding)
	if s.dropAdds(finding) {
		// What added them may have been all that a session was there for.
		s.dropSteps(finding)
	}
	empty := finding.Script
	empty.Items = Script{}.Items
	if finding.Script.Items != empty.Items {
		s.accept(finding, empty)
	}
}

// accept makes the finding that of the script, if that deviates, too.
func (s *search) accept(finding *Finding, script Script) bool {
	if len(script.Steps) == 0 || s.runs > mostRuns {
		return false
	}
	again, came := s.try(script)
	if came {
		finding.take(again)
	}
	return came
}

// dropOthers takes away all that is about other sessions than the last step.
func (s *search) dropOthers(finding *Finding) {
	last := finding.Last()
	if !last.isAboutSession() {
		return
	}
	own := finding.Script.without(func(_ int, step Step) bool {
		return step.isAboutSession() && step.Session != last.Session
	})
	if len(own.Steps) < len(finding.Script.Steps) && !s.accept(finding, own) {
		s.accept(finding, own.holding(finding.items))
	}
}

// dropSessions takes away one other session after the other, the last first.
func (s *search) dropSessions(finding *Finding) {
	for at := len(finding.Script.Steps) - 2; at >= 0; at-- {
		if step := finding.Script.Steps[at]; step.makes() && step.Session != finding.Last().Session {
			without := finding.Script.withoutStep(at)
			if !s.accept(finding, without) {
				// What the session published may do from the beginning.
				s.accept(finding, without.holding(finding.items))
			}
			at = min(at, len(finding.Script.Steps)-1)
		}
	}
}

// dropSpans takes away spans of the size, the last first.
func (s *search) dropSpans(finding *Finding, size int) (shorter bool) {
	for to := len(finding.Script.Steps) - 1; to > 0; {
		from := max(0, to-size)
		candidate := finding.Script.withoutSteps(from, to)
		shorter = len(candidate.Steps) < len(finding.Script.Steps) && s.accept(finding, candidate) || shorter
		to = min(from, len(finding.Script.Steps)-1)
	}
	return shorter
}

// dropSteps takes away one step after the other, until none can go.
func (s *search) dropSteps(finding *Finding) {
	for s.dropSpans(finding, 1) {
	}
	s.dropSessions(finding)
}

// dropAdds takes away what adds a file that the item may hold from the beginning.
func (s *search) dropAdds(finding *Finding) (shorter bool) {
	if s.options.Given {
		return false
	}
	for at := len(finding.Script.Steps) - 2; at >= 0; at-- {
		step := finding.Script.Steps[at]
		if step.Name != model.UpdateFile+".add" {
			continue
		}
		item := finding.Script.itemOf(step.Session)
		held := finding.Script.withoutStep(at).without(func(_ int, other Step) bool {
			return other.Name == model.Upload && other.Session == step.Session && other.File == step.File
		})
		if held.Items[item][step.File] == 0 {
			held.Items[item][step.File] = 1
			shorter = s.accept(finding, held) || shorter
		}
		at = min(at, len(finding.Script.Steps)-1)
	}
	return shorter
}

// itemOf is the item of the session.
func (s Script) itemOf(session int) int {
	for _, step := range s.Steps {
		if step.makes() && step.Session == session {
			return step.Item
		}
	}
	return 0
}
