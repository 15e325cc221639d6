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
	return modelMatcher("every field that is always present", func(_ wire.Reply, info wire.Members) *Failure {
		if _, ok := info.String("name"); !ok {
			return wrongField("name", info).because("want a string")
		}
		if _, ok := info.Int("bytes_transferred"); !ok {
			return wrongField("bytes_transferred", info).because("want a whole number")
		}
		for _, enum := range fileEnums[service] {
			if word, ok := info.String(enum.field); !ok || !slices.Contains(enum.words, word) {
				return wrongField(enum.field, info).because("want one of " + strings.Join(enum.words, ", "))
			}
		}
		return nil
	})
}

// ShowEndpoint accepts a file's info whose transfer endpoint has an address.
func ShowEndpoint(field string) types.GomegaMatcher {
	return modelMatcher(field+" with a uri", func(_ wire.Reply, info wire.Members) *Failure {
		if endpointIn(info, field) != "" {
			return nil
		}
		return wrongField(field, info)
	})
}

// ShowEndpointAt accepts a file's info whose transfer endpoint has the address.
func ShowEndpointAt(field, address string) types.GomegaMatcher {
	return modelMatcher(field+" with the uri that was given", func(_ wire.Reply, info wire.Members) *Failure {
		got := endpointIn(info, field)
		switch got {
		case address:
			return nil
		case "":
			return wrongField(field, info)
		}
		return &Failure{Got: "another one", Field: field, Want: &address, Was: &got}
	})
}

// ShowSome accepts a file's info in which the field is there, whatever its
// value.
func ShowSome(field string) types.GomegaMatcher {
	return modelMatcher(field, func(_ wire.Reply, info wire.Members) *Failure {
		if info.Has(field) {
			return nil
		}
		return wrongField(field, info)
	})
}

// NotShowTrue accepts a file's info in which the field is not true: false or
// not there.
func NotShowTrue(field string) types.GomegaMatcher {
	return modelMatcher(field+" false, if it is shown", func(_ wire.Reply, info wire.Members) *Failure {
		if shown := info[field]; shown != true {
			return nil
		}
		return wrongField(field, info)
	})
}

// ShowOnlyIn accepts a file's info that shows the field only in the status.
func ShowOnlyIn(status, field string) types.GomegaMatcher {
	return modelMatcher("no "+field+" unless the status is "+status, func(_ wire.Reply, info wire.Members) *Failure {
		if got, _ := info.String("status"); got == status || !info.Has(field) {
			return nil
		}
		return &Failure{Got: fmt.Sprintf("%s, and %s", fieldIs("status", info), fieldIs(field, info)), Field: field}
	})
}

// ExpectOnlyIn expects every info to show the field only in the status. Where
// all of them were in it there was nothing to see, and the behaviour is skipped.
func (s *Spec) ExpectOnlyIn(infos []Reply, status, field, nothingToSee string) {
	others := 0
	for _, info := range infos {
		s.Expect(info).To(ShowOnlyIn(status, field))
		if FileStatus(info) != status {
			others++
		}
	}
	if others == 0 {
		s.Skip("%s", nothingToSee)
	}
}

// FitChecksum accepts a file's info whose checksum, if it shows one, is that
// of the content; the algorithm is SHA1 where it tells none.
func FitChecksum(content []byte) types.GomegaMatcher {
	return modelMatcher("a checksum that fits the bytes", func(_ wire.Reply, info wire.Members) *Failure {
		if !info.Has("checksum_info") {
			return nil
		}
		shown, _ := info["checksum_info"].(wire.Members)
		got, ok := shown.String("checksum")
		if !ok {
			return &Failure{Got: "a checksum_info in which " + fieldIs("checksum", shown), Field: "checksum_info"}
		}
		algorithm := "SHA1"
		if shown.Has("algorithm") {
			algorithm, _ = shown.String("algorithm")
		}
		switch want := Digest(algorithm, content); {
		case want == "":
			return &Failure{Got: "a checksum_info in which " + fieldIs("algorithm", shown), Field: "checksum_info"}
		case !strings.EqualFold(got, want):
			return &Failure{
				Got: "another " + algorithm, Field: "checksum_info", Want: &want, Was: &got,
				Details: []string{fmt.Sprintf("for %d bytes", len(content))},
			}
		}
		return nil
	})
}

// infosMatcher judges the file infos in a reply to list; a reply without an
// array of them is no match.
func infosMatcher(expected string, judge func(wire.Reply, []wire.Members) *Failure) types.GomegaMatcher {
	return replyMatcher{
		judge: func(reply wire.Reply) *Failure {
			if reply.Err != nil || !reply.Succeeded() {
				return wrongAnswer(reply)
			}
			if problem := shape(reply); problem != "" {
				return wrongShape(reply, problem)
			}
			list, _ := reply.Result.([]any)
			infos := make([]wire.Members, 0, len(list))
			for _, one := range list {
				info, ok := one.(wire.Members)
				if !ok {
					return wrong("an array with " + wire.Describe(one) + " in it")
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
	return infosMatcher(fmt.Sprintf("a list of the files %q", want), func(_ wire.Reply, infos []wire.Members) *Failure {
		if got := FileNames(infos); !slices.Equal(got, want) {
			return &Failure{Got: fmt.Sprintf("a list of %q", got), Want: Lines(want), Was: Lines(got)}
		}
		return nil
	})
}

// HoldFile accepts a list with the file in it, once, if it is as the matchers
// of infos say.
func HoldFile(name string, as ...types.GomegaMatcher) types.GomegaMatcher {
	return infosMatcher(fmt.Sprintf("a list with the file %q once", name)+wording(as),
		func(reply wire.Reply, infos []wire.Members) *Failure {
			var found []wire.Members
			for _, info := range infos {
				if got, _ := info.String("name"); got == name {
					found = append(found, info)
				}
			}
			if len(found) != 1 {
				return wrong(fmt.Sprintf("it %d times in a list of %d", len(found), len(infos)))
			}
			return judgeInfo(reply, found[0], as)
		})
}

// HoldEach accepts a list in which every file is as the matchers of infos say.
func HoldEach(as ...types.GomegaMatcher) types.GomegaMatcher {
	return infosMatcher("a list of files, each"+wording(as), func(reply wire.Reply, infos []wire.Members) *Failure {
		for _, info := range infos {
			if problem := judgeInfo(reply, info, as); problem != nil {
				return problem
			}
		}
		return nil
	})
}

// NotHoldFile accepts a list without the file.
func NotHoldFile(name string) types.GomegaMatcher {
	return infosMatcher(fmt.Sprintf("a list without the file %q", name), func(_ wire.Reply, infos []wire.Members) *Failure {
		if slices.Contains(FileNames(infos), name) {
			return wrong("one with it")
		}
		return nil
	})
}

// judgeInfo judges one info of a list as if it were the whole answer.
func judgeInfo(list wire.Reply, info wire.Members, as []types.GomegaMatcher) *Failure {
	list.Result = info
	for _, matcher := range as {
		if failure := matcher.(replyMatcher).judge(list); failure != nil {
			name, _ := info.String("name")
			failure.Got = fmt.Sprintf("the file %q, in which %s", name, failure.Got)
			return failure
		}
	}
	return nil
}

func wording(as []types.GomegaMatcher) string {
	var words strings.Builder
	for i, matcher := range as {
		words.WriteString([]string{" with ", " and "}[min(i, 1)] + matcher.(replyMatcher).expected(wire.Reply{}))
	}
	return words.String()
}
