package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"session-conformance/suites/internal/wire"
)

// enum is a member that holds one of a few words.
type enum struct {
	field string
	words []string
}

// fileEnums are what is always present in a file's info, beside its name and
// bytes_transferred (reference, section 3).
var fileEnums = map[string][]enum{
	DownloadFile: {{"status", []string{"UNPREPARED", "PREPARE_REQUESTED", "PREPARING", "PREPARED", "ERROR"}}},
	UpdateFile: {
		{"status", []string{"WAITING_FOR_TRANSFER", "TRANSFERRING", "READY", "VALIDATING", "ERROR"}},
		{"source_type", []string{"NONE", "PUSH", "PULL"}},
	},
}

// ShowEveryFileField accepts a file's info with all the fields that are always
// present, each of its documented type.
func ShowEveryFileField(service string) types.GomegaMatcher {
	return modelMatcher("every field that is always present", func(_ wire.Reply, info wire.Members) string {
		if _, ok := info.String("name"); !ok {
			return fieldIs("name", info) + ", want a string"
		}
		if _, ok := info.Int("bytes_transferred"); !ok {
			return fieldIs("bytes_transferred", info) + ", want a whole number"
		}
		for _, enum := range fileEnums[service] {
			if word, ok := info.String(enum.field); !ok || !slices.Contains(enum.words, word) {
				return fieldIs(enum.field, info) + ", want one of " + strings.Join(enum.words, ", ")
			}
		}
		return ""
	})
}

// ShowEndpoint accepts a file's info whose transfer endpoint has an address.
func ShowEndpoint(field string) types.GomegaMatcher {
	return modelMatcher(field+" with a uri", func(_ wire.Reply, info wire.Members) string {
		if endpointIn(info, field) != "" {
			return ""
		}
		return fieldIs(field, info)
	})
}

// ShowEndpointAt accepts a file's info whose transfer endpoint has the address.
func ShowEndpointAt(field, address string) types.GomegaMatcher {
	return modelMatcher(field+" with the uri that was given", func(_ wire.Reply, info wire.Members) string {
		got := endpointIn(info, field)
		switch got {
		case address:
			return ""
		case "":
			return fieldIs(field, info)
		}
		return fmt.Sprintf("another one\nwant %q, got %q", address, got)
	})
}

// ShowSome accepts a file's info in which the field is there, whatever its
// value.
func ShowSome(field string) types.GomegaMatcher {
	return modelMatcher(field, func(_ wire.Reply, info wire.Members) string {
		if info.Has(field) {
			return ""
		}
		return fieldIs(field, info)
	})
}

// ShowOnlyIn accepts a file's info that shows the field only in the status.
func ShowOnlyIn(status, field string) types.GomegaMatcher {
	return modelMatcher("no "+field+" unless the status is "+status, func(_ wire.Reply, info wire.Members) string {
		if got, _ := info.String("status"); got == status || !info.Has(field) {
			return ""
		}
		return fmt.Sprintf("%s, and %s", fieldIs("status", info), fieldIs(field, info))
	})
}

// ExpectOnlyIn expects every info to show the field only in the status. Where
// all of them were in it there was nothing to see, which is said in words.
func (s *Spec) ExpectOnlyIn(infos []Reply, status, field, nothingToSee string) {
	others := 0
	for _, info := range infos {
		s.Expect(info).To(ShowOnlyIn(status, field))
		if FileStatus(info) != status {
			others++
		}
	}
	if others == 0 {
		s.Observe("%s", nothingToSee)
	}
}

// FitChecksum accepts a file's info whose checksum, if it shows one, is that
// of the content; the algorithm is SHA1 where it tells none.
func FitChecksum(content []byte) types.GomegaMatcher {
	return modelMatcher("a checksum that fits the bytes", func(_ wire.Reply, info wire.Members) string {
		if !info.Has("checksum_info") {
			return ""
		}
		shown, _ := info["checksum_info"].(wire.Members)
		got, ok := shown.String("checksum")
		if !ok {
			return "a checksum_info in which " + fieldIs("checksum", shown)
		}
		algorithm := "SHA1"
		if shown.Has("algorithm") {
			algorithm, _ = shown.String("algorithm")
		}
		switch want := Digest(algorithm, content); {
		case want == "":
			return "a checksum_info in which " + fieldIs("algorithm", shown)
		case !strings.EqualFold(got, want):
			return fmt.Sprintf("another %s\nwant %s, got %s, for %d bytes", algorithm, want, got, len(content))
		}
		return ""
	})
}

// infosMatcher judges the file infos in a reply to list; a reply without an
// array of them is no match.
func infosMatcher(expected string, judge func(wire.Reply, []wire.Members) string) types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) string {
			if reply.Err != nil || !reply.Succeeded() {
				return Answer(reply)
			}
			if problem := shape(reply); problem != "" {
				return misshapen(reply, problem)
			}
			list, _ := reply.Result.([]any)
			infos := make([]wire.Members, 0, len(list))
			for _, one := range list {
				info, ok := one.(wire.Members)
				if !ok {
					return "an array with " + wire.Describe(one) + " in it"
				}
				infos = append(infos, info)
			}
			return judge(reply, infos)
		},
		expected: always(expected),
	}
}

// HoldFiles accepts a list of exactly the files of these names, in any order.
func HoldFiles(names ...string) types.GomegaMatcher {
	want := slices.Sorted(slices.Values(names))
	return infosMatcher(fmt.Sprintf("a list of the files %q", want), func(_ wire.Reply, infos []wire.Members) string {
		if got := FileNames(infos); !slices.Equal(got, want) {
			return fmt.Sprintf("a list of %q", got)
		}
		return ""
	})
}

// HoldFile accepts a list with the file in it, once, if it is as the matchers
// of infos say.
func HoldFile(name string, as ...types.GomegaMatcher) types.GomegaMatcher {
	return infosMatcher(fmt.Sprintf("a list with the file %q once", name)+wording(as), func(reply wire.Reply, infos []wire.Members) string {
		var found []wire.Members
		for _, info := range infos {
			if got, _ := info.String("name"); got == name {
				found = append(found, info)
			}
		}
		if len(found) != 1 {
			return fmt.Sprintf("it %d times in a list of %d", len(found), len(infos))
		}
		return judgeInfo(reply, found[0], as)
	})
}

// HoldEach accepts a list in which every file is as the matchers of infos say.
func HoldEach(as ...types.GomegaMatcher) types.GomegaMatcher {
	return infosMatcher("a list of files, each"+wording(as), func(reply wire.Reply, infos []wire.Members) string {
		for _, info := range infos {
			if problem := judgeInfo(reply, info, as); problem != "" {
				return problem
			}
		}
		return ""
	})
}

// NotHoldFile accepts a list without the file.
func NotHoldFile(name string) types.GomegaMatcher {
	return infosMatcher(fmt.Sprintf("a list without the file %q", name), func(_ wire.Reply, infos []wire.Members) string {
		if slices.Contains(FileNames(infos), name) {
			return "one with it"
		}
		return ""
	})
}

// judgeInfo judges one info of a list as if it were the whole answer.
func judgeInfo(list wire.Reply, info wire.Members, as []types.GomegaMatcher) string {
	list.Result = info
	for _, matcher := range as {
		if problem := matcher.(replyMatcher).judge(list); problem != "" {
			name, _ := info.String("name")
			return fmt.Sprintf("the file %q, in which %s", name, problem)
		}
	}
	return ""
}

func wording(as []types.GomegaMatcher) string {
	var words strings.Builder
	for i, matcher := range as {
		words.WriteString([]string{" with ", " and "}[min(i, 1)] + matcher.(replyMatcher).expected(wire.Reply{}))
	}
	return words.String()
}
