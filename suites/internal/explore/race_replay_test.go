package explore

import (
	"context"
	"net/http/httptest"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants/fault"
	"session-conformance/reporters/report"
)

const twoCancels = `item 1 holds file 1 content 1
download_session.create session 1 item 1 (api)
at once:
download_session.cancel session 1 (api)
download_session.cancel session 1 (rest)
a moment later:
download_session.keep_alive session 1 progress 10 (api)
afterwards:
download_session.get session 1 (legacy path json)
`

func TestARaceIsReadAsItIsWritten(t *testing.T) {
	g := NewWithT(t)

	race, err := ReadRace("# two cancels\n" + twoCancels)

	g.Expect(err).NotTo(HaveOccurred())
	g.Expect([]bool{IsRace(twoCancels), IsRace("download_session.create session 1 item 1 (api)\n")}).
		To(Equal([]bool{true, false}))
	g.Expect(textOf(race.meeting, race.items)).To(Equal(twoCancels))
}

func TestWhatIsNoRaceSaysWhere(t *testing.T) {
	const one, other = "download_session.get session 1 (api)\n", "download_session.cancel session 1 (api)\n"
	for text, why := range map[string]string{
		"at once:\n" + one:                                "two steps at once",
		"at once:\nlunch (api)\n":                         "line 2: there is no operation",
		"at once:\n" + one + "\na moment later:\nx\n":     "line 5: ",
		"at once:\na moment later:\n" + one + other:       "two steps at once",
		"at once:\n" + one + other + "afterwards:\nget\n": "line 5: ",
	} {
		_, err := ReadRace(text)
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(why)), text)
	}
}

func TestARaceIsReplayed(t *testing.T) {
	for name, wrong := range map[string]func() fault.Break{
		"right": func() fault.Break { return fault.Break{} },
		"wrong": fault.On("download_session.cancel", fault.Window(wide)),
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			server, err := fault.Mutant{Fault: fault.Fault{Break: wrong}}.New(fake.Options{})
			g.Expect(err).NotTo(HaveOccurred())
			defer server.Close()
			web := httptest.NewServer(server)
			defer web.Close()
			race, err := ReadRace(twoCancels)
			g.Expect(err).NotTo(HaveOccurred())
			var raced RaceFindings
			var steps []report.ReplayStep
			target(t, web.URL, "", 0, 1, func(ctx context.Context, options Options) {
				raced, steps, err = ReplayRace(ctx, options, race)
			})

			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(steps).To(HaveLen(4))
			if name == "right" {
				g.Expect(raced.Clashes).To(BeEmpty())
				return
			}
			g.Expect(raced.Clashes).To(HaveLen(1))
			g.Expect(raced.Clashes[0].Script).To(Equal(twoCancels))
			g.Expect(steps).To(ContainElement(HaveField("Deviates", true)))
		})
	}
}
