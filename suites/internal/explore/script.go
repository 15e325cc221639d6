// Package explore walks histories that nobody wrote down: it plans them from
// the model of the lifecycles so that pairs and triples of operations are met
// early, runs them on the target, compares each answer with the model, and
// shortens what deviates.
package explore

import (
	"slices"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// Step is one step of a history: an operation in a variant. Of what is no
// operation of a service, the binding counts alone.
type Step struct {
	model.Operation
	Variant wire.Variant
}

// Script is a history before it is run.
type Script struct {
	// Items are the numbers of the bytes that the files of each item hold at the
	// beginning, 0 for none.
	Items [model.MaxItems][model.MaxFiles]int16
	Steps []Step
}

// start is the state in which the history begins.
func (s Script) start() model.State { return model.Start(s.Items[:]...) }

// without is the script without the steps for which drop says so.
func (s Script) without(drop func(at int, step Step) bool) Script {
	var kept []Step
	for i, step := range s.Steps {
		if !drop(i, step) {
			kept = append(kept, step)
		}
	}
	s.Steps = kept
	return s
}

// withoutStep is the script without one step and, if that makes a session,
// without all that is about the session.
func (s Script) withoutStep(at int) Script {
	gone := s.Steps[at]
	another := slices.ContainsFunc(slices.Delete(slices.Clone(s.Steps), at, at+1), func(step Step) bool {
		return step.makes() && step.Session == gone.Session
	})
	return s.without(func(i int, step Step) bool {
		return i == at || gone.makes() && !another && step.Session == gone.Session && step.isAboutSession()
	})
}

// withoutSteps is the script without the steps of a span, but for those that
// make sessions which others need.
func (s Script) withoutSteps(from, to int) Script {
	return s.without(func(at int, step Step) bool {
		return at >= from && at < to && !(step.makes() && s.needs(step.Session, from, to))
	})
}

// needs says whether what follows a span is about a session that is made there,
// and neither before it nor anew.
func (s Script) needs(session, from, to int) bool {
	isAbout := func(step Step) bool { return step.isAboutSession() && step.Session == session }
	made := slices.ContainsFunc(s.Steps[:from], func(step Step) bool { return step.makes() && isAbout(step) })
	next := slices.IndexFunc(s.Steps[to:], isAbout)
	return !made && next >= 0 && !s.Steps[to+next].makes()
}

// holding is the script with items that hold these files from the beginning;
// bytes that are not known are the first.
func (s Script) holding(items [model.MaxItems]model.Item) Script {
	for number, item := range items {
		for file, content := range item.Files {
			if content == model.Open {
				content = 1
			}
			s.Items[number][file] = content
		}
	}
	return s
}

// upTo is the script as far as the step, with it.
func (s Script) upTo(at int) Script {
	s.Steps = slices.Clone(s.Steps[:at+1])
	return s
}

// makes says whether the step makes a session.
func (s Step) makes() bool {
	return s.Name == model.DownloadSession+".create" || s.Name == model.UpdateSession+".create"
}

// isAboutSession says whether the step has a session.
func (s Step) isAboutSession() bool {
	switch s.Name {
	case model.GetItem, model.ListFiles, model.LogIn, model.DownloadSession + ".list", model.UpdateSession + ".list":
		return false
	}
	return true
}

// isBehind says whether the script goes through all steps of the other but for
// its last, whatever lies between them: what deviates there may be the same fault.
func (s Script) isBehind(other Script) bool {
	const several = 3
	if len(other.Steps) < several {
		return false
	}
	path := other.Steps[:len(other.Steps)-1]
	for _, step := range s.Steps {
		if len(path) > 0 && step.Name == path[0].Name {
			path = path[1:]
		}
	}
	return len(path) == 0
}

// in is the script with every step in one binding, in its plainest variant;
// false where the binding has not all of the operations.
func (s Script) in(binding wire.Binding, variants func(operation string) []wire.Variant) (Script, bool) {
	s.Steps = slices.Clone(s.Steps)
	for i, step := range s.Steps {
		at := slices.IndexFunc(variants(step.Name), func(v wire.Variant) bool { return v.Binding == binding })
		if at < 0 {
			return s, false
		}
		s.Steps[i].Variant, s.Steps[i].Binding = variants(step.Name)[at], string(binding)
	}
	return s, true
}

// bindings are those of the steps, each once.
func (s Script) bindings() []wire.Binding {
	var all []wire.Binding
	for _, step := range s.Steps {
		if !slices.Contains(all, step.Variant.Binding) {
			all = append(all, step.Variant.Binding)
		}
	}
	return all
}
