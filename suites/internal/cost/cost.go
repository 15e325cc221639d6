// Package cost adds up what a run asks of its target.
package cost

import (
	"maps"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/wire"
)

// Sum is what a run has asked so far. It is safe for concurrent use, and its size
// depends on the number of operations, not of requests.
type Sum struct {
	mu          sync.Mutex
	sum         report.Cost
	byOperation map[string]*operation
}

type operation struct {
	report.OperationCost
	latencies latencies
}

// Note adds an exchange.
func (s *Sum) Note(exchange wire.Exchange) {
	name, answered := nameOf(exchange), exchange.Err == nil && exchange.Status != 0
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byOperation == nil {
		s.byOperation = map[string]*operation{}
	}
	one := s.byOperation[name]
	if one == nil {
		one = &operation{OperationCost: report.OperationCost{Operation: name}}
		s.byOperation[name] = one
	}
	s.sum.Requests++
	one.Requests++
	s.sum.Creates += oneIf(creates(exchange))
	s.sum.Logins += oneIf(name == loginName)
	s.sum.BytesSent += int64(len(exchange.Method)+len(exchange.URL)+len(exchange.Body)) + sizeOf(exchange.Request.Header)
	s.sum.BytesReceived += int64(len(exchange.Answer)) + sizeOf(exchange.AnswerHeader)
	one.LongestAnswer = max(one.LongestAnswer, int64(len(exchange.Answer)))
	if answered {
		one.Answered++
		one.latencies.note(exchange.Duration)
	}
}

// Whole is the cost so far.
func (s *Sum) Whole() report.Cost {
	s.mu.Lock()
	defer s.mu.Unlock()
	whole := s.sum
	whole.Operations = []report.OperationCost{}
	for _, name := range slices.Sorted(maps.Keys(s.byOperation)) {
		one := s.byOperation[name]
		written := one.OperationCost
		written.MedianMS, written.P95MS = one.latencies.quantile(0.5), one.latencies.quantile(0.95)
		written.MostMS = milliseconds(one.latencies.most)
		whole.Operations = append(whole.Operations, written)
	}
	return whole
}

func oneIf(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// sizeOf is a header's size in HTTP/1.1, "NAME: VALUE" and the end of the line.
func sizeOf(header http.Header) (size int64) {
	for name, values := range header {
		for _, value := range values {
			size += int64(len(name) + len(value) + 4)
		}
	}
	return size
}

const loginName = "login"

// nameOf is the operation that was asked for, or what it was else.
func nameOf(exchange wire.Exchange) string {
	path, _, _ := strings.Cut(exchange.Path, "?")
	switch {
	case exchange.Operation != "":
		return exchange.Operation
	case path == "" && exchange.Method == http.MethodPut:
		return "transfer.upload"
	case path == "":
		return "transfer.download"
	case strings.HasSuffix(path, "/session") && exchange.Method == http.MethodPost:
		return loginName
	case strings.HasSuffix(path, "/session") && exchange.Method == http.MethodDelete:
		return "logout"
	case strings.Contains(path, "/content/"):
		return "library"
	}
	return "other"
}

// creations end the paths to which a POST makes a session, an item or a library.
var creations = []string{"/download-session", "/update-session", "/library/item", "/local-library"}

func creates(exchange wire.Exchange) bool {
	if exchange.Operation != "" {
		return strings.HasSuffix(exchange.Operation, "session.create")
	}
	path, query, _ := strings.Cut(exchange.Path, "?")
	_, action, acts := strings.Cut(query, "action=")
	return exchange.Method == http.MethodPost && (!acts || action == "create") &&
		slices.ContainsFunc(creations, func(end string) bool { return strings.HasSuffix(path, end) })
}

// latencies count how long answers took, in classes each of which is a twentieth
// longer than the one before: exact enough, however many there are.
type latencies struct {
	classes []int
	total   int
	most    time.Duration
}

const classWidth = 1.05

func (l *latencies) note(took time.Duration) {
	class := int(math.Ceil(math.Log(max(1, float64(took.Microseconds()))) / math.Log(classWidth)))
	for len(l.classes) <= class {
		l.classes = append(l.classes, 0)
	}
	l.classes[class]++
	l.total++
	l.most = max(l.most, took)
}

// quantile is what the part of the answers did not take longer than, in
// milliseconds.
func (l *latencies) quantile(part float64) float64 {
	rest := int(math.Ceil(part * float64(l.total)))
	for class, n := range l.classes {
		if rest -= n; rest <= 0 && n > 0 {
			longest := math.Round(math.Pow(classWidth, float64(class)))
			return min(longest/1000, milliseconds(l.most))
		}
	}
	return 0
}

func milliseconds(took time.Duration) float64 { return float64(took.Microseconds()) / 1000 }
