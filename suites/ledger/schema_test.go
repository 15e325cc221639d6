package ledger

import (
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// What editors are told of the files is what the loader wants.
func TestFilesFitTheirSchema(t *testing.T) {
	g := NewWithT(t)
	schema, err := jsonschema.NewCompiler().Compile("schema.json")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(fs.WalkDir(files, ".", func(name string, file fs.DirEntry, err error) error {
		if err != nil || file.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(data)).To(HavePrefix("# yaml-language-server: $schema="+strings.Repeat("../", strings.Count(name, "/"))+"schema.json\n"), name)
		var content any
		g.Expect(yaml.Unmarshal(data, &content)).To(Succeed(), name)
		g.Expect(schema.Validate(content)).To(Succeed(), name)
		return nil
	})).To(Succeed())
}

func TestTheSchemaKnowsTheReleases(t *testing.T) {
	g := NewWithT(t)
	data, err := os.ReadFile("schema.json")
	g.Expect(err).NotTo(HaveOccurred())
	var schema struct {
		Definitions struct {
			Release struct{ Enum []string }
		} `json:"$defs"`
	}
	g.Expect(json.Unmarshal(data, &schema)).To(Succeed())
	g.Expect(schema.Definitions.Release.Enum).To(Equal(Releases()))
}

func TestTheSchemaRefusesBrokenPages(t *testing.T) {
	g := NewWithT(t)
	schema, err := jsonschema.NewCompiler().Compile("schema.json")
	g.Expect(err).NotTo(HaveOccurred())
	for name, broken := range map[string]struct{ old, replacement, want string }{
		"nothing":        {"", "", ""},
		"unknown key":    {"look_at: the state", "look_here: the state", "'look_here'"},
		"unknown level":  {"levels: {api: MUST}", "levels: {api: MAY}", "'MUST', 'SHOULD', 'UNDOCUMENTED'"},
		"no levels":      {"levels: {api: MUST}", "levels: {}", "minProperties"},
		"missing clause": {"clause: It refuses.", "", "missing property 'clause'"},
		"long id":        {"id: not_active", "id: download_session.cancel.not_active", "does not match pattern"},
	} {
		var content any
		g.Expect(yaml.Unmarshal([]byte(strings.Replace(cancelPage, broken.old, broken.replacement, 1)), &content)).To(Succeed(), name)
		if err := schema.Validate(content); broken.want != "" {
			g.Expect(err).To(MatchError(ContainSubstring(broken.want)), name)
		} else {
			g.Expect(err).NotTo(HaveOccurred(), name)
		}
	}
}
