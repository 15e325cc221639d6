package wire

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"session-conformance/suites/variant"
)

// everyVariant lists each variant and operation once.
func everyVariant() (variants []Variant, names []string) {
	for name := range operations {
		names = append(names, name)
		for _, binding := range variant.Bindings {
			for _, variant := range Variants(name, binding) {
				if !slices.Contains(variants, variant) {
					variants = append(variants, variant)
				}
			}
		}
	}
	slices.Sort(names)
	slices.SortFunc(variants, func(a, b Variant) int { return slices.Compare([]byte(a.String()), []byte(b.String())) })
	return variants, names
}

// FuzzDecode: no body whatever is more than a problem of the answer, and what
// a reply says of itself agrees.
func FuzzDecode(f *testing.F) {
	variants, names := everyVariant()
	for i, body := range []string{
		"", "null", "{}", `""`, `"s-1"`, `{"value":"s-1"}`, `{"value":null}`, `["a"]`, `{"value":["a"]}`,
		`{"id":"x","value":{"id":"y"}}`,
		`{"value":{"state":"ACTIVE","client_progress":1e2,"expiration_time":"2015-01-01T22:13:05.651Z"}}`,
		`{"type":"com.vmware.vapi.std.errors.not_found","value":{"messages":[]}}`, `{"error_type":"NOT_FOUND","messages":[]}`,
		`<Create-Result xmlns="n"><value>s-1</value></Create-Result>`, `<a><value-array><array-item>x</array-item></value-array></a>`,
		`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, `<Error xmlns="http://vmware.com/vapi/rest/base"><type>x</type></Error>`,
		"\xff\xfe", `{"a":1,"a":2}`, "[[[[[[[[[[", "not found", "<html>",
	} {
		for _, media := range []string{"application/json", "text/xml", "", "x"} {
			f.Add(uint16(200+i%2*204), media, []byte(body), uint(i), uint(i*7))
		}
	}
	f.Fuzz(func(t *testing.T, status uint16, media string, body []byte, variantAt, nameAt uint) {
		variant, name := variants[variantAt%uint(len(variants))], names[nameAt%uint(len(names))]
		reply := Decode(answered(int(status), media, string(body)), variant, name)
		if reply.Format() == "" {
			t.Error("no format")
		}
		checkAccessors(t, reply)
		checkFault(t, reply)
	})
}

func checkAccessors(t *testing.T, reply Reply) {
	if reply.Problem != "" && reply.Result != nil {
		t.Errorf("a result beside the problem %q", reply.Problem)
	}
	if reply.Problem == "" && !reply.Succeeded() {
		t.Error("no problem, but no success")
	}
	id, noID := reply.AsID()
	ids, noIDs := reply.AsIDs()
	members, noMembers := reply.AsMembers()
	if fitting := count(noID == "", noIDs == "", noMembers == ""); fitting > 1 || reply.Problem != "" && fitting > 0 {
		t.Errorf("%d shapes at once (problem %q)", fitting, reply.Problem)
	}
	if noID == "" && (id == "" || reply.AnyID() != id) {
		t.Errorf("AsID %q, AnyID %q: what was made would not be deleted", id, reply.AnyID())
	}
	if noIDs == "" && slices.Contains(ids, "") {
		t.Error("an empty id in a list")
	}
	if noMembers == "" {
		for field := range members {
			members.Int(field)
			members.Time(field)
			members.String(field)
			Describe(members[field])
		}
	}
}

func checkFault(t *testing.T, reply Reply) {
	switch {
	case reply.Fault == nil:
	case reply.Succeeded():
		t.Error("a fault beside a status of success")
	case reply.Problem == "":
		t.Error("a fault without a problem")
	case reply.Fault.Documented == "" && reply.Variant.Binding != API && reply.Fault.Type == "":
		t.Error("a documented fault without a type")
	}
}

func count(facts ...bool) int {
	n := 0
	for _, fact := range facts {
		if fact {
			n++
		}
	}
	return n
}

// FuzzEncode: an id of any bytes stays one segment of a path, or one value of
// a query, and no spelling panics.
func FuzzEncode(f *testing.F) {
	variants, names := everyVariant()
	for i, id := range []string{"", "a", "a:b/c?d#e f%20", "../..", "é\x00\xff", "id:id:"} {
		f.Add(id, uint(i), uint(i*5))
	}
	f.Fuzz(func(t *testing.T, id string, variantAt, nameAt uint) {
		variant, name := variants[variantAt%uint(len(variants))], names[nameAt%uint(len(names))]
		plain, err := Encode(DocumentedPrefixes(), variant,
			Call{Operation: name, Subject: "plain", Arguments: Object{{"file_name", "plain"}}})
		odd, oddErr := Encode(DocumentedPrefixes(), variant, Call{Operation: name, Subject: id, Arguments: Object{{"file_name", id}}})
		if (err == nil) != (oddErr == nil) {
			t.Fatalf("%s %s: %v, but with the id %q: %v", variant, name, err, id, oddErr)
		}
		if id == "" {
			return
		}
		if skeleton(plain.Path) != skeleton(odd.Path) {
			t.Errorf("%s %s: the id %q changes the path %s", variant, name, id, odd.Path)
		}
	})
}

// skeleton counts what separates the parts of a path and of its query; "&"
// and "=" are letters like others before the query.
func skeleton(path string) string {
	path, query, _ := strings.Cut(path, "?")
	return fmt.Sprint(strings.Count(path, "/"), strings.ContainsAny(path, "# \x00"),
		strings.Count(query, "&"), strings.Count(query, "="), strings.ContainsAny(query, "# \x00"))
}
