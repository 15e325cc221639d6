package trial

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants/fault"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// doingNothing is how each operation answers a success that looks right and is
// none: nothing is done, and the answer is always the same.
var doingNothing = map[string]any{
	"download_session.create": nobody, "download_session.get": fake.Fields{}, "download_session.list": fake.Values{},
	"download_session.keep_alive": nil, "download_session.cancel": nil, "download_session.fail": nil, "download_session.delete": nil,
	"update_session.create": nobody, "update_session.get": fake.Fields{}, "update_session.list": fake.Values{},
	"update_session.keep_alive": nil, "update_session.cancel": nil, "update_session.complete": nil, "update_session.fail": nil,
	"update_session.delete": nil, "update_session.update": nil,
	"downloadsession.file.list": fake.Values{}, "downloadsession.file.get": constant, "downloadsession.file.prepare": constant,
	"updatesession.file.list": fake.Values{}, "updatesession.file.get": constant.With("source_type", "NONE").With("status", "READY"),
	"updatesession.file.add": constant.With("source_type", "PUSH").With("status", "READY"), "updatesession.file.remove": nil,
	"updatesession.file.validate": fault.NothingFound,
}

// nobody is an id that no session has.
const nobody = "00000000-0000-4000-8000-000000000000"

// constant is an info of the file that every item of a run holds.
var constant = fake.Fields{
	{Name: "name", Value: "conformance.txt"}, {Name: "bytes_transferred", Value: int64(0)}, {Name: "status", Value: "UNPREPARED"},
}

// keptByNothing are the promises that are about the answer alone, or about what must
// not happen: a server keeps them that does nothing. What the operation has to do
// is promised by others.
var keptByNothing = []string{
	"download_session.keep_alive.ok", "update_session.keep_alive.ok", "update_session.update.ok",
	"downloadsession.file.prepare.ok", "updatesession.file.remove.ok",
	// The file that it always shows is the one that was asked for.
	"*session.file.get.ok", "*session.file.info.*", "updatesession.file.get.existing", "updatesession.file.push.size_only_ready",
	"updatesession.file.validate.ok", "updatesession.file.validate.fields", "updatesession.file.validate.clean",
	"updatesession.file.validate.no_side_effect",
}

// No empty pass: where an operation does nothing, what passes of its behaviours
// is what nothing keeps, too, and each operation has one that fails.
func TestNothingPassesWhereNothingIsDone(t *testing.T) {
	for _, operation := range slices.Sorted(maps.Keys(doingNothing)) {
		t.Run(operation, func(t *testing.T) {
			g := NewWithT(t)
			idle := fault.Fault{Name: operation + ".does_nothing_at_all",
				Break: fault.On(operation, fault.DoNothing(doingNothing[operation]))}
			one := Case{Mutant: fault.Mutant{Fault: idle, Place: fault.Place{Binding: fake.API}}, Declared: []string{operation + ".ok"}}
			run, err := one.judge(t.Context(), func(choice suites.Choice) bool {
				return choice.Binding == string(fake.API) && choice.Service+"."+choice.Operation == operation
			}, false)
			g.Expect(err).NotTo(HaveOccurred())
			accused := 0
			for _, result := range run.Results {
				switch result.Outcome {
				case report.Failed, report.TimedOut:
					accused++
				case report.Passed:
					g.Expect(keptByNothing).To(ContainElement(Satisfy(func(pattern string) bool { return fits(pattern, result.ID) })),
						fmt.Sprintf("%s passes where %s does nothing", result.ID, operation))
				}
			}
			g.Expect(accused).To(BeNumerically(">", 0), "nothing is held against %s", operation)
		})
	}
}

// fits says whether an id is of a pattern, in which * stands for any characters.
func fits(pattern, id string) bool {
	before, behind, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == id
	}
	if inner, last, more := strings.Cut(behind, "*"); more && last == "" {
		return strings.HasPrefix(id, before) && strings.Contains(id, inner)
	}
	return len(id) >= len(before)+len(behind) && strings.HasPrefix(id, before) && strings.HasSuffix(id, behind)
}
