package explore

import (
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"strings"
	"time"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

var statuses = map[string]model.Status{
	"UNPREPARED": model.Untouched, "WAITING_FOR_TRANSFER": model.Untouched,
	"PREPARE_REQUESTED": model.Begun, "PREPARING": model.Begun, "TRANSFERRING": model.Begun, "VALIDATING": model.Begun,
	"PREPARED": model.Ready, "READY": model.Ready, "ERROR": model.Broken,
}

// infos reads the entries of files; a history that waits for nothing does not
// look at them, since a transfer may take its time.
func (h *history) infos(entries []wire.Members) *[model.MaxFiles]model.Info {
	if !h.waits {
		return nil
	}
	var infos [model.MaxFiles]model.Info
	for _, entry := range entries {
		name, _ := entry.String("name")
		for number := range infos {
			if name == fileName(number) {
				infos[number] = infoOf(entry)
			}
		}
	}
	return &infos
}

func infoOf(entry wire.Members) model.Info {
	status, _ := entry.String("status")
	_, open := entry["download_endpoint"].(wire.Members)
	info := model.Info{Status: statuses[status], Endpoint: open,
		Size: lengthIn(entry, "size"), Sent: lengthIn(entry, "bytes_transferred")}
	if sum, ok := entry["checksum_info"].(wire.Members); ok {
		info.Sum = contentWith(sum, info.Size)
	}
	return info
}

// lengthIn is the lower number of the bytes that are as long as the field says.
func lengthIn(entry wire.Members, field string) int {
	length, ok := entry.Int(field)
	if !ok || length == 0 {
		return 0
	}
	return ofLength(length)
}

var sums = map[string]func() hash.Hash{"": sha1.New, "SHA1": sha1.New, "MD5": md5.New, "SHA256": sha256.New, "SHA512": sha512.New}

// contentWith is the number of the bytes that have the checksum, mostly the likely
// one; 0 for an algorithm that no document names.
func contentWith(info wire.Members, likely int) int {
	algorithm, _ := info.String("algorithm")
	checksum, _ := info.String("checksum")
	sum, known := sums[algorithm]
	if !known {
		return 0
	}
	has := func(number int) bool {
		of := sum()
		_, _ = of.Write(contentOf(number))
		return strings.EqualFold(hex.EncodeToString(of.Sum(nil)), checksum)
	}
	for number := likely; likely > 0 && model.AsLong(likely, number); number++ {
		if has(number) {
			return number
		}
	}
	for number := 1; number <= mostContents; number++ {
		if has(number) {
			return number
		}
	}
	return model.Open
}

const (
	// leastSettling is how long a file may take to be shown as it is on a target
	// that was never seen to take any time; others get several times the longest.
	leastSettling = 2 * time.Second
	manyTimes     = 10
)

// awaitInfos asks again as long as the entries deviate and may only be late.
func (h *history) awaitInfos(ctx context.Context, step Step, answer model.Answer, deviation *model.Deviation,
) (model.Answer, model.State, *model.Deviation) {
	plain := answer
	plain.Infos = nil
	after, other := h.judgedBy.Observe(h.state, step.Operation, plain)
	if other != nil {
		return answer, after, deviation
	}
	began := time.Now()
	settled := h.poll(ctx, h.within(h.settling()), func() bool {
		again, answered := h.ask(ctx, step)
		if !answered || again.Infos == nil {
			return true
		}
		answer = again
		after, deviation = h.judgedBy.Observe(h.state, step.Operation, answer)
		return deviation == nil
	})
	if settled && deviation == nil {
		h.noteSettled(time.Since(began))
	}
	return answer, after, deviation
}

func (e *Explorer) settling() time.Duration {
	e.mu.Lock()
	defer e.mu.Unlock()
	return max(leastSettling, min(manyTimes*e.slowest, transferBudget))
}

func (e *Explorer) noteSettled(took time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.slowest = max(e.slowest, took)
}
