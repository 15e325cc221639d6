package suites_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/ledger"
)

// reference is the text of docs/reference.md.
func reference(g *WithT) string {
	text, err := os.ReadFile(filepath.Join(root, "docs", "reference.md"))
	g.Expect(err).NotTo(HaveOccurred())
	return string(text)
}

// commentBreak is a line break within a comment.
var commentBreak = regexp.MustCompile(`\n\s*// `)

// citations are the ways in which comments cite a section of the reference, a
// row of its table, or words in it.
var citations = []*regexp.Regexp{
	regexp.MustCompile(`[Rr]eference(?:'s)?,? section (\d+)(?:, row (\d+))?(?:, "([^"]+)")?`),
	regexp.MustCompile(`section (\d+)()(?:, "([^"]+)")? of the reference`),
	regexp.MustCompile(`\(section (\d+)(?:, row (\d+))?()\)`),
	regexp.MustCompile(`()()"([\w: ]+)" of section 3`),
}

// A reader of a comment finds what it cites.
func TestCommentsCiteWhatTheReferenceHas(t *testing.T) {
	g := NewWithT(t)
	text, cited, missing := reference(g), 0, []string{}
	g.Expect(filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" {
			return err
		}
		source, err := os.ReadFile(name)
		if !strings.Contains(string(source), "section") {
			return err
		}
		for _, citation := range citations {
			for _, match := range citation.FindAllStringSubmatch(commentBreak.ReplaceAllString(string(source), " "), -1) {
				if cited++; !holds(text, match[1], match[2], match[3]) {
					missing = append(missing, name+" cites "+match[0])
				}
			}
		}
		return err
	})).To(Succeed())
	g.Expect(missing).To(BeEmpty(), "what docs/reference.md does not have")
	g.Expect(cited).To(BeNumerically(">", 30), "citations that were found")
}

// holds says whether the text has the section, and there the row and the words;
// what is empty is not asked.
func holds(text, section, row, words string) bool {
	if section != "" {
		text = sectionOf(text, section)
	}
	return text != "" && (row == "" || strings.Contains(text, "\n| "+row+" | ")) &&
		strings.Contains(strings.ToLower(text), strings.ToLower(words))
}

// sectionOf is the text of the numbered section.
func sectionOf(text, number string) string {
	_, section, _ := strings.Cut(text, "\n## "+number+". ")
	section, _, _ = strings.Cut(section, "\n## ")
	return section
}

func TestTheReferenceKnowsOperationsAndSources(t *testing.T) {
	g := NewWithT(t)
	text := reference(g)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	for _, behaviour := range book.Behaviours() {
		if behaviour.Service != "protocol" && behaviour.Operation != ledger.Any {
			operation := behaviour.Service + "." + behaviour.Operation
			g.Expect(sectionOf(text, "2")).To(ContainSubstring("\n| `"+operation+"` | "), "of %s", behaviour.ID)
		}
	}
	sources, err := ledger.Sources()
	g.Expect(err).NotTo(HaveOccurred())
	for key, source := range sources {
		g.Expect(sectionOf(text, "9")).To(MatchRegexp(`\n\| %s \| %s \| .?%s.? \|\n`, key, regexp.QuoteMeta(source.Title),
			regexp.QuoteMeta(source.Address)))
	}
}

// endings are the names of the behaviours in which a state refuses: the first
// state in which a session of the service can have ended has none of its own.
var endings = map[string]map[string]string{
	"download_session": {"CANCELED": "not_active", "ERROR": "not_active_error"},
	"update_session":   {"ACTIVE": "active", "DONE": "not_active", "CANCELED": "not_active_canceled", "ERROR": "not_active_error"},
}

// What the tables of states call refused, the ledger has a behaviour for.
func TestTheLedgerJudgesTheTablesOfStates(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	for title, service := range map[string]string{"Download": "download_session", "Update": "update_session"} {
		_, table, _ := strings.Cut(reference(g), "### "+title+" session: state x operation\n\n")
		table, _, _ = strings.Cut(table, "\n\n")
		rows := strings.Split(table, "\n")
		g.Expect(len(rows)).To(BeNumerically(">", 9), "operations of %s", service)
		states := cells(rows[0])
		for _, row := range rows[2:] {
			for at, cell := range cells(row) {
				id := prefixOf(service, cells(row)[0])
				switch {
				case cell == "404":
					id += ".unknown_id"
				case cell == "400 state":
					g.Expect(endings[service]).To(HaveKey(states[at]))
					id += "." + endings[service][states[at]]
				default:
					continue
				}
				behaviour, _ := book.Find(id)
				g.Expect(behaviour.ID).To(Equal(id), "%s of %s in %s is %s", cells(row)[0], service, states[at], cell)
			}
		}
	}
}

func cells(row string) (cells []string) {
	for cell := range strings.SplitSeq(strings.Trim(row, "|"), "|") {
		cells = append(cells, strings.TrimSpace(cell))
	}
	return cells
}

// prefixOf begins the ids of the table's operation: file.get of a download
// session is an operation of downloadsession.file.
func prefixOf(service, operation string) string {
	if strings.HasPrefix(operation, "file.") {
		return strings.ReplaceAll(service, "_", "") + "." + operation
	}
	return service + "." + operation
}
