package main

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
)

func TestListFitsATerminal(t *testing.T) {
	g := NewWithT(t)
	all := conformance(t, "list")
	g.Expect(all.code).To(Equal(0), all.stderr)
	for line := range strings.Lines(all.stdout) {
		g.Expect(utf8.RuneCountInString(strings.TrimSuffix(line, "\n"))).To(BeNumerically("<=", 80), line)
	}
	g.Expect(all.stdout).To(ContainSubstring("\n" +
		"download_session.create.ok                            MUST    MUST    SHOULD\n" +
		"  answers a create with the id of the new session\n"))
	g.Expect(all.stdout).To(MatchRegexp(`\n\n\d+ behaviours: api \d+, rest \d+, legacy \d+\nconformance explain ID `))
}

func TestListNarrowsAsRunDoes(t *testing.T) {
	g := NewWithT(t)
	const id = "protocol.void.no_content"
	want := "                                                      api     rest    legacy\n" +
		id + "                              MUST    -       -\n" +
		"  answers an operation without a result with 204 and no body\n" +
		"\n1 behaviour: api 1, rest 0, legacy 0\nconformance explain ID tells all about one\n"
	for _, flags := range [][]string{
		{"--focus", id},
		{"--label-filter", "protocol && api", "--focus", "void"},
		{"--service", "protocol", "--binding", "api", "--level", "must", "--focus", "204"},
	} {
		listed := conformance(t, append([]string{"list"}, flags...)...)
		g.Expect(listed).To(Equal(outcome{0, want, ""}), "%q", flags)
	}
}

func TestListAsJSON(t *testing.T) {
	g := NewWithT(t)
	listed := conformance(t, "list", "--json", "--service", "download_session", "--operation", "fail,cancel")
	g.Expect(listed.code).To(Equal(0), listed.stderr)
	var entries []suites.Entry
	g.Expect(json.Unmarshal([]byte(listed.stdout), &entries)).To(Succeed())
	g.Expect(len(entries)).To(BeNumerically(">", 5))
	for _, entry := range entries {
		g.Expect(entry.ID).To(MatchRegexp(`^download_session\.(fail|cancel)\.`))
	}
	g.Expect(listed.stdout).To(ContainSubstring("<download_session_id>"))
}

func TestExplain(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, "explain", "protocol.void.no_content")
	g.Expect(got.code).To(Equal(0), got.stderr)
	g.Expect(got.stdout).To(MatchRegexp(strings.TrimPrefix(`
protocol\.void\.no_content
  answers an operation without a result with 204 and no body

  clause    Every api page of an operation without a result has 204 and no data
            structure\.
  levels    api     MUST
  look at   what the writer does with a void result in api: the status 200 is
            the one of rest
  sources   S1      page of DownloadSession cancel, vSphere Automation API \(api\)
                    https://\S+
            S3      page of UpdateSession delete, vSphere Automation API \(api\)
                    https://\S+
            SPEC9   OpenAPI file vcenter\.yaml, version 9\.1\.0\.0 \(api\)
                    https://\S+
  spec      suites/protocol/wrappers\.go:\d+
  run       conformance run --focus 'protocol\.void\.no_content'
            \(with --target URL --username NAME to judge a server\)

  request in api, any operation will do, such as download_session\.get
    curl "\$TARGET/api/content/library/item/download-session/<download_session_id>" \\
      -H "vmware-api-session-id: \$SESSION_ID" \\
      -H 'Accept: application/json'
$`, "\n")))
}

func TestExplainSeveral(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, "explain", "download_session.cancel.ok", "download_session.delete")
	g.Expect(got.code).To(Equal(0), got.stderr)
	g.Expect(got.stdout).To(HavePrefix("download_session.cancel.ok\n"))
	g.Expect(got.stdout).To(ContainSubstring("\ndownload_session.delete.twice   "))
	g.Expect(got.stdout).NotTo(ContainSubstring("\ndownload_session.get."))
}

func TestListAndExplainRefuseInOneLine(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"explain"}, "conformance list shows them"},
		{[]string{"explain", "download_session.cancel.ok", "download_session.cancle.ok"}, "did you mean download_session.cancel.ok?"},
		{[]string{"explain", "download_session.cancel.not_a"},
			"did you mean download_session.cancel.not_active or download_session.cancel.not_active_error?"},
		{[]string{"explain", "equivalent_list"}, "did you mean protocol.legacy.equivalent_list?"},
		{[]string{"explain", "qwertyuiop"}, "conformance list shows them"},
		{[]string{"explain", ""}, "conformance list shows them"},
		{[]string{"explain", "--nope"}, "explain --help"},
		{[]string{"list", "download_session"}, `takes no argument "download_session"`},
		{[]string{"list", "--focus", "nothing at all"}, "matches no behaviour"},
		{[]string{"list", "--label-filter", "&&"}, "--label-filter"},
		{[]string{"list", "--level", "may"}, `--level "MAY" is not known; choose among MUST, SHOULD, UNDOCUMENTED`},
		{[]string{"list", "--service", "x"}, "choose among download_session, "},
	} {
		got := conformance(t, test.args...)
		g := NewWithT(t)
		g.Expect(got.code).To(Equal(exitUsage), "%q", test.args)
		g.Expect(got.stdout).To(BeEmpty())
		g.Expect(one(g, got.stderr)).To(ContainSubstring(test.want))
	}
}
