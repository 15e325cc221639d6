package wire

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	viaAPI = Variant{Binding: API, Route: Path, Representation: JSON}
	viaXML = Variant{Binding: Legacy, Route: Collection, Representation: XML}
)

func answered(status int, contentType, body string) Exchange {
	return Exchange{Status: status, AnswerHeader: http.Header{"Content-Type": {contentType}}, Answer: []byte(body)}
}

func TestHostileBodiesAreProblemsOfTheAnswer(t *testing.T) {
	laughs := `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;"><!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;">]><r><value>&lol3;</value></r>`
	for name, test := range map[string]struct {
		variant Variant
		body    string
		problem string
	}{
		"deep arrays":   {viaAPI, strings.Repeat("[", 1e5), "nested more than 64 levels deep"},
		"deep objects":  {viaAPI, strings.Repeat(`{"a":`, 1e5), "nested more than 64 levels deep"},
		"deep elements": {viaXML, strings.Repeat("<a>", 1e4), "nested more than 64 levels deep"},
		"many values":   {viaAPI, "[0" + strings.Repeat(",0", maxValues) + "]", "more than 30000 values"},
		"many lists":    {viaAPI, "[" + strings.Repeat("[[[0]]],", maxValues/3), "more than 30000 values"},
		"many elements": {viaXML, "<r><value-array>" + strings.Repeat("<array-item></array-item>", maxValues),
			"more than 30000 values"},
		"duplicate names":          {viaAPI, `{"state":"ACTIVE","state":"DONE"}`, `the member "state" stands there twice`},
		"duplicate inner names":    {viaAPI, `{"a":{"b":1,"b":1}}`, `the member "b" stands there twice`},
		"names equal once decoded": {viaAPI, `{"a":1,"\u0061":2}`, `the member "a" stands there twice`},
		"duplicate elements":       {viaXML, `<r><state>A</state><state>B</state></r>`, `the element "state" stands there twice`},
		"list beside its name":     {viaXML, `<r><a>1</a><a-array/></r>`, `the element "a" stands there twice`},
		"invalid UTF-8":            {viaAPI, "\"a\xffb\"", "not JSON: not UTF-8"},
		"invalid UTF-8 in XML":     {viaXML, "<r><value>\xff</value></r>", "invalid UTF-8"},
		"another encoding":         {viaXML, `<?xml version="1.0" encoding="ISO-8859-1"?><r/>`, "ISO-8859-1"},
		"two values":               {viaAPI, `"a" "b"`, "more than one value"},
		"a name that is a number":  {viaAPI, `{1:2}`, "not JSON: object member name must be a string"},
		"no colon":                 {viaAPI, `{"a" 1}`, "not JSON: invalid character after object name (expecting ':')"},
		"a control character":      {viaAPI, "\"\x01\"", "not JSON: invalid character in string (expecting non-control character)"},
		"a wrong bracket":          {viaAPI, `[1}`, "not JSON: invalid character after array element (expecting ',' or ']')"},
		"an unknown escape":        {viaAPI, `"\q"`, "not JSON: invalid escape sequence in string"},
		"half a value":             {viaAPI, `{"a":`, "ends in the middle of a value"},
		"trailing comma":           {viaAPI, `[1,]`, "not JSON"},
		"NaN":                      {viaAPI, `NaN`, "not JSON"},
		"a single quote":           {viaAPI, `'a'`, "not JSON: invalid character at start of value"},
		"HTML":                     {viaAPI, `<html>`, "not JSON"},
		"billion laughs":           {viaXML, laughs, "not XML"},
		"outer entity": {viaXML, `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><value>&x;</value></r>`,
			"not XML"},
		"two roots":            {viaXML, `<r/><r/>`, "more than one root element"},
		"text before the root": {viaXML, `Warning: <r/>`, "text before the root element"},
		"text behind the root": {viaXML, `<r/>!`, "text behind the root element"},
		"text among elements":  {viaXML, `<r>oops<value>1</value></r>`, "text among elements"},
		"text among items":     {viaXML, `<value-array>oops<array-item>1</array-item></value-array>`, "text among elements"},
		"list without its suffix": {viaXML, `<r><value><array-item>1</array-item></value></r>`,
			`the list "value" is not named value-array`},
		"items among elements": {viaXML, `<r><a>1</a><array-item/></r>`, "array items among other elements"},
		"no root":              {viaXML, `<!-- nothing -->`, "has no element"},
		"an open element":      {viaXML, `<r><value>`, "not XML"},
		"a wrong end":          {viaXML, `<r></s>`, "not XML"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			media := "application/json"
			if test.variant == viaXML {
				media = "application/xml"
			}
			for _, status := range []int{200, 400} {
				reply := Decode(answered(status, media, test.body), test.variant, "download_session.get")
				g.Expect(reply.Problem).To(ContainSubstring(test.problem))
				g.Expect(reply.Result).To(BeNil())
				g.Expect(reply.Fault).To(BeNil())
				g.Expect(reply.AnyID()).To(BeEmpty())
			}
		})
	}
}

// RFC 8259, section 8.2, has it within the grammar.
func TestHalfASurrogatePairIsJSON(t *testing.T) {
	g := NewWithT(t)
	reply := Decode(answered(201, "application/json", `"\ud800"`), viaAPI, "download_session.create")
	g.Expect(reply.AsID()).To(Equal("\uFFFD"))
}

// A document type alone declares nothing that is read; it is no reason to
// refuse an answer that says what it should.
func TestADocumentTypeWithoutEntitiesIsSkipped(t *testing.T) {
	g := NewWithT(t)
	reply := Decode(answered(200, "application/xml", `<!DOCTYPE r><!-- c --><r> <value>1</value> </r><!-- d -->`),
		viaXML, "download_session.create")
	g.Expect(reply.AsID()).To(Equal("1"))
}

func TestListsInXML(t *testing.T) {
	for body, want := range map[string][]string{
		`<r><value-array><array-item>a</array-item><array-item> b </array-item></value-array></r>`: {"a", "b"},
		`<r><value-array/></r>`:                      {},
		"<r>\n <value-array>\n </value-array>\n</r>": {},
	} {
		g := NewWithT(t)
		ids, problem := Decode(answered(200, "text/xml", body), viaXML, "download_session.list").AsIDs()
		g.Expect(problem).To(BeEmpty(), body)
		g.Expect(ids).To(Equal(want), body)
	}
	g := NewWithT(t)
	_, problem := Decode(answered(200, "text/xml", `<r><value-array>none</value-array></r>`), viaXML,
		"download_session.list").AsIDs()
	g.Expect(problem).NotTo(BeEmpty())
}

func TestNumbersAreWholeOrNone(t *testing.T) {
	for digits, want := range map[string]any{
		"0": int64(0), "-0": int64(0), "0.0": int64(0), "1e1": int64(10), "100.0": int64(100),
		"9223372036854775807": int64(9223372036854775807),
		"9223372036854775808": nil, "1e400": nil, "0.5": nil, "1e-400": int64(0),
		strings.Repeat("9", 4000): nil,
	} {
		g := NewWithT(t)
		members, problem := Decode(answered(200, "application/json", `{"n":`+digits+`}`), viaAPI, "download_session.get").AsMembers()
		g.Expect(problem).To(BeEmpty())
		if got, ok := members.Int("n"); ok {
			g.Expect(got).To(Equal(want), digits)
		} else {
			g.Expect(want).To(BeNil(), digits)
		}
	}
}

func TestAnAnswerThatBrokeOffHasNoResult(t *testing.T) {
	g := NewWithT(t)
	exchange := answered(201, "application/json", `"s-1"`)
	exchange.Err = errors.New("broke off")
	reply := Decode(exchange, viaAPI, "download_session.create")
	g.Expect(reply.Problem).To(Equal("broke off"))
	_, problem := reply.AsID()
	g.Expect(problem).NotTo(BeEmpty())
	g.Expect(reply.AnyID()).To(Equal("s-1"), "it was made all the same")
}

// What a server names may be as long as it likes; what is told of it may not.
func TestWhatIsToldOfAnAnswerIsShort(t *testing.T) {
	g := NewWithT(t)
	const most = 400
	long := strings.Repeat("x", 100_000)
	for _, test := range []struct {
		variant Variant
		status  int
		body    string
	}{
		{viaAPI, 200, `{"` + long + `":1,"` + long + `":2}`},
		{viaAPI, 200, `{"` + long + `":1}`},
		{viaXML, 200, "<r><" + long + "/><" + long + "/></r>"},
		{viaXML, 200, "<r><" + long + "></r>"},
		{viaXML, 400, "<" + long + " xmlns='" + long + "'><type>x</type></" + long + ">"},
		{viaAPI, 200, `"` + long + `"`},
	} {
		media := map[Representation]string{JSON: "application/json", XML: "application/xml"}[test.variant.Representation]
		reply := Decode(answered(test.status, media, test.body), test.variant, "download_session.create")
		_, problem := reply.AsID()
		g.Expect(problem).NotTo(BeEmpty())
		g.Expect(len(problem)).To(BeNumerically("<", most))
		g.Expect(len(reply.Broken)).To(BeNumerically("<", most))
		if reply.Fault != nil {
			g.Expect(len(reply.Fault.Documented)).To(BeNumerically("<", most))
		}
	}
}

func TestAsManyIDsAsFitAreRead(t *testing.T) {
	g := NewWithT(t)
	id := `"01234567-89ab-cdef-0123-456789abcdef"`
	count := maxBody / len(id+",")
	list := "[" + strings.Repeat(id+",", count-1) + id + "]"

	ids, problem := Decode(answered(200, "application/json", list), viaAPI, "download_session.list").AsIDs()

	g.Expect(problem).To(BeEmpty())
	g.Expect(ids).To(HaveLen(count))
}

// No URL can hold an id that is longer than any URL.
func TestAnIDIsNoLongerThanAURL(t *testing.T) {
	g := NewWithT(t)
	for length, problem := range map[int]string{maxID: "", maxID + 1: "want an id, got a string of 4097 characters"} {
		body := `"` + strings.Repeat("x", length) + `"`
		reply := Decode(answered(201, "application/json", body), viaAPI, "download_session.create")
		id, found := reply.AsID()
		g.Expect(found).To(Equal(problem))
		g.Expect(reply.AnyID()).To(Equal(id))
		list := Decode(answered(200, "application/json", "["+body+"]"), viaAPI, "download_session.list")
		_, found = list.AsIDs()
		g.Expect(found != "").To(Equal(problem != ""))
	}
}
