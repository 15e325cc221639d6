package har

import "session-conformance/reporters/report"

// The objects below are those of HAR 1.2. A name with an underscore is an
// addition of ours, which the format allows and viewers pass over. The types of
// cdproto have no room for those, and write every body as base64.

type document struct {
	Log log `json:"log"`
}

type log struct {
	Version string  `json:"version"`
	Creator creator `json:"creator"`
	Pages   []page  `json:"pages"`
	Entries []entry `json:"entries"`
	Comment string  `json:"comment"`
	Run     runInfo `json:"_run"`
}

type creator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type runInfo struct {
	Verdict report.Verdict `json:"verdict"`
	Partial bool           `json:"partial"`
	Target  string         `json:"target"`
	Counts  report.Counts  `json:"counts"`
}

type page struct {
	Started string   `json:"startedDateTime"`
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Timings struct{} `json:"pageTimings"`
	Comment string   `json:"comment,omitempty"`

	Behaviour string         `json:"_behaviour"`
	Variant   string         `json:"_variant"`
	Outcome   report.Outcome `json:"_outcome"`
}

type entry struct {
	Page     string   `json:"pageref"`
	Started  string   `json:"startedDateTime"`
	Time     float64  `json:"time"`
	Request  request  `json:"request"`
	Response response `json:"response"`
	Cache    struct{} `json:"cache"`
	Timings  timings  `json:"timings"`
	Comment  string   `json:"comment"`
}

type request struct {
	Method      string    `json:"method"`
	URL         string    `json:"url"`
	HTTPVersion string    `json:"httpVersion"`
	Cookies     []pair    `json:"cookies"`
	Headers     []pair    `json:"headers"`
	QueryString []pair    `json:"queryString"`
	PostData    *postData `json:"postData,omitempty"`
	HeadersSize int       `json:"headersSize"`
	BodySize    int       `json:"bodySize"`
}

type response struct {
	Status      int     `json:"status"`
	StatusText  string  `json:"statusText"`
	HTTPVersion string  `json:"httpVersion"`
	Cookies     []pair  `json:"cookies"`
	Headers     []pair  `json:"headers"`
	Content     content `json:"content"`
	RedirectURL string  `json:"redirectURL"`
	HeadersSize int     `json:"headersSize"`
	BodySize    int     `json:"bodySize"`
	// Error is where Chromium's tools look for the reason of a failed request.
	Error string `json:"_error,omitempty"`
}

type pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type postData struct {
	MimeType string `json:"mimeType"`
	Text     string `json:"text"`
	// Encoding is "base64" where the text is, for which HAR has a property only
	// in answers.
	Encoding string `json:"_encoding,omitempty"`
	Comment  string `json:"comment,omitempty"`
}

type content struct {
	Size     int    `json:"size"`
	MimeType string `json:"mimeType"`
	Text     string `json:"text,omitempty"`
	Encoding string `json:"encoding,omitempty"`
	Comment  string `json:"comment,omitempty"`
}

type timings struct {
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}
