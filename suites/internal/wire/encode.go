package wire

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// MarshalJSON writes the fields in their order.
func (o Object) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, field := range o {
		if i > 0 {
			out.WriteByte(',')
		}
		name, err := json.Marshal(field.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(field.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field.Name, err)
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// encodeXML writes the object as the request root of the action, in the
// namespace of its service: {Op}-Input with lists as NAME-array/array-item.
func encodeXML(namespace, action string, arguments Object) []byte {
	var out bytes.Buffer
	root := "ns0:" + xmlName(action) + "-Input"
	fmt.Fprintf(&out, `<?xml version="1.0" ?>`+"\n<%s xmlns:ns0=%q>", root, namespaceRoot+namespace)
	writeXMLFields(&out, arguments)
	fmt.Fprintf(&out, "</%s>", root)
	return out.Bytes()
}

func writeXMLFields(out *bytes.Buffer, object Object) {
	for _, field := range object {
		list, isList := field.Value.(List)
		if !isList {
			writeXMLElement(out, field.Name, field.Value)
			continue
		}
		fmt.Fprintf(out, "<%s-array>", field.Name)
		for _, item := range list {
			writeXMLElement(out, "array-item", item)
		}
		fmt.Fprintf(out, "</%s-array>", field.Name)
	}
}

func writeXMLElement(out *bytes.Buffer, name string, value any) {
	fmt.Fprintf(out, "<%s>", name)
	if object, ok := value.(Object); ok {
		writeXMLFields(out, object)
	} else {
		_ = xml.EscapeText(out, []byte(scalar(value)))
	}
	fmt.Fprintf(out, "</%s>", name)
}

// xmlName turns an action into the word that the XML roots use: keep-alive
// becomes KeepAlive.
func xmlName(action string) string {
	var name strings.Builder
	for word := range strings.SplitSeq(action, "-") {
		if word != "" {
			name.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return name.String()
}

// encodeQuery writes the object as dotted names with list indices from 1, the
// query representation of the pages (A60).
func encodeQuery(arguments Object) string {
	var pairs []string
	for _, field := range arguments {
		pairs = appendPairs(pairs, field.Name, field.Value)
	}
	return strings.Join(pairs, "&")
}

func appendPairs(pairs []string, name string, value any) []string {
	switch value := value.(type) {
	case Object:
		for _, field := range value {
			pairs = appendPairs(pairs, name+"."+field.Name, field.Value)
		}
		return pairs
	case List:
		for i, item := range value {
			pairs = appendPairs(pairs, name+"."+strconv.Itoa(i+1), item)
		}
		return pairs
	}
	return append(pairs, name+"="+queryEscape(scalar(value)))
}

func scalar(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// queryEscape escapes a space as %20, since "+" is a space to some servers only.
func queryEscape(value string) string {
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}
