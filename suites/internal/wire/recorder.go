package wire

import (
	"io"
	"net/http"
)

type exchangeKey struct{}

// recorder reads the answer whole, up to its limit, and keeps what was read
// even when reading fails, which resty would drop.
type recorder struct {
	next    http.RoundTripper
	cookies *cookies
}

func (r recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := r.next.RoundTrip(request)
	exchange, recorded := request.Context().Value(exchangeKey{}).(*Exchange)
	if err != nil || !recorded {
		return response, err
	}
	exchange.Status = response.StatusCode
	if len(response.Header) > maxHeaders {
		_ = response.Body.Close()
		return nil, errTooManyHeaders
	}
	exchange.AnswerHeader = response.Header
	// Who gets no header follows no redirect and unpacks nothing.
	response.Header = http.Header{}
	if response.StatusCode == http.StatusSwitchingProtocols {
		// What would follow is not HTTP, and no deadline would end it.
		_ = response.Body.Close()
		response.Body = http.NoBody
		return response, nil
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	if len(body) > maxBody {
		body, exchange.Truncated, err = body[:maxBody], true, errBodyTooLong
	}
	exchange.Answer, exchange.Err = body, err
	closeErr := response.Body.Close()
	if exchange.Err == nil && closeErr != nil {
		exchange.Err = closeErr
	}
	response.Body = http.NoBody
	r.cookies.learn(request.URL, exchange.AnswerHeader, body)
	return response, nil
}

// silent keeps resty from writing warnings of its own: everything that is
// worth knowing is in the exchange.
type silent struct{}

func (silent) Errorf(string, ...any) {}

func (silent) Warnf(string, ...any) {}

func (silent) Debugf(string, ...any) {}
