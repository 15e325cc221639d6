package engine

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

const parallel = 2

// everyBody gives all bodies the same part.
func everyBody(part func(*spec.Spec)) map[string]func(*spec.Spec) {
	cast := map[string]func(*spec.Spec){}
	for _, row := range rows {
		cast[row.name] = part
	}
	return cast
}

func get(s *spec.Spec) { s.Expect(s.SessionNamed(spec.Download, "unknown").Get()).To(spec.BeGone()) }

// against runs everything against the URL and splits the results.
func against(t *testing.T, url string, shelf func(*wire.Client) *library.Library,
	part func(*spec.Spec)) (tried, untried []report.Result) {
	t.Helper()
	client := wire.NewClient(wire.Options{Target: url, RequestTimeout: budget})
	defer client.Close()
	results := play(t, "", everyBody(part), func(o *Options) {
		o.Parallel, o.Target.Client, o.Target.Cleaner = parallel, client, client
		if shelf != nil {
			o.Target.Library = shelf(client)
		}
	})
	for _, result := range results {
		if strings.HasPrefix(result.Message, "not tried: ") {
			untried = append(untried, result)
		} else {
			tried = append(tried, result)
		}
	}
	return tried, untried
}

func TestADeadTargetIsGivenUp(t *testing.T) {
	g := NewWithT(t)
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()

	tried, untried := against(t, dead.URL, nil, get)

	g.Expect(len(tried)).To(And(BeNumerically(">=", 2*parallel), BeNumerically("<", 3*parallel)),
		"twice the pool, and what was under way")
	g.Expect(len(untried)).To(BeNumerically(">", 20))
	g.Expect(untried).To(HaveEach(HaveField("Message", MatchRegexp(`^not tried: the target gave no usable answer in 4 behaviours in a row, last to (GET|POST) /.*: the connection was refused`))))
}

// The items are made by the first behaviours that want them; a target that
// dies before must not cost each behaviour a deadline.
func TestATargetThatMakesNoItemsAnyMoreIsGivenUp(t *testing.T) {
	g := NewWithT(t)
	server, err := fake.New(fake.Options{})
	g.Expect(err).NotTo(HaveOccurred())
	defer server.Close()
	network := httptest.NewServer(server)
	defer network.Close()

	tried, untried := against(t, network.URL, func(client *wire.Client) *library.Library {
		login, err := library.LogIn(t.Context(), client, "admin", "secret")
		g.Expect(err).NotTo(HaveOccurred())
		client = client.With(library.SessionHeader, login.Token)
		shelf, err := library.Open(t.Context(), client, client, library.Options{RunID: "test", Size: 2 * parallel})
		g.Expect(err).NotTo(HaveOccurred())
		client.Close()
		network.Close()
		return shelf
	}, func(s *spec.Spec) { s.Item() })

	g.Expect(len(tried)).To(BeNumerically("<", 3*parallel))
	g.Expect(untried).To(HaveEach(HaveField("Message", ContainSubstring("the target gave no usable answer in 4 behaviours in a row"))))
}

// The status may come and the body never: as good as nothing.
func TestATargetWithoutWholeAnswersIsGivenUp(t *testing.T) {
	g := NewWithT(t)
	half := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
	}))
	defer half.Close()

	tried, untried := against(t, half.URL, nil, get)

	g.Expect(len(tried)).To(BeNumerically("<", 3*parallel))
	g.Expect(untried).To(HaveEach(HaveField("Message", ContainSubstring("in the middle of its answer"))))
}

// Nor is a target worth asking that always wants to be asked later.
func TestATargetThatPutsAllOffIsGivenUp(t *testing.T) {
	g := NewWithT(t)
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer busy.Close()

	tried, untried := against(t, busy.URL, nil, get)

	g.Expect(len(tried)).To(BeNumerically("<", 3*parallel))
	g.Expect(untried).To(HaveEach(HaveField("Message", ContainSubstring("put the request off, with 503"))))
	g.Expect(untried).To(HaveEach(HaveField("Exchanges", Equal([]report.Exchange{}))), "an empty array in JSON")
}

func TestOneAnsweredRequestProvesTheTargetAlive(t *testing.T) {
	g := NewWithT(t)
	var asked sync.Map
	flaky := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, again := asked.LoadOrStore(r.Header.Get("X-Request-Id"), true); !again {
			panic(http.ErrAbortHandler) // the first of each behaviour
		}
		w.WriteHeader(404)
	}))
	defer flaky.Close()

	_, untried := against(t, flaky.URL, nil, func(s *spec.Spec) {
		s.SessionNamed(spec.Download, "unknown").Get()
		get(s)
	})

	g.Expect(untried).To(BeEmpty())
}

func TestHealthCountsOnlySilenceInARow(t *testing.T) {
	refused := spec.Step{Exchange: wire.Exchange{Err: http.ErrServerClosed}}
	answered := spec.Step{Exchange: wire.Exchange{Status: 500}}
	broken := spec.Step{Exchange: wire.Exchange{Status: 200, Err: http.ErrServerClosed}}
	silent := spec.Report{Ending: spec.Broken, Steps: []spec.Step{refused, refused}}
	for name, test := range map[string]struct {
		other spec.Report
		dead  bool
	}{
		"nothing asked":  {spec.Report{Ending: spec.Skipped}, true},
		"silence":        {silent, true},
		"no item":        {spec.Report{Ending: spec.Blocked, Silence: "POST /item: refused"}, true},
		"not run":        {spec.Report{Ending: spec.NotRun, Steps: []spec.Step{refused}}, true},
		"an answer":      {spec.Report{Ending: spec.Broken, Steps: []spec.Step{answered}}, false},
		"one answer":     {spec.Report{Ending: spec.TimedOut, Steps: []spec.Step{answered, refused}}, false},
		"half an answer": {spec.Report{Ending: spec.Broken, Steps: []spec.Step{broken}}, true},
	} {
		g := NewWithT(t)
		patience := wire.NewPatience(2)
		for range 3 {
			noteHealth(patience, silent)
		}
		g.Expect(patience.GaveUp()).To(BeEmpty(), name)
		noteHealth(patience, test.other)
		noteHealth(patience, silent)
		g.Expect(patience.GaveUp() != "").To(Equal(test.dead), name)
	}
}
