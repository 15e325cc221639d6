package suites

import (
	"errors"
	"fmt"

	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/wire"
)

// UsageError is an option that cannot be used; nothing was sent.
type UsageError struct {
	// Option is the field of Options or Filter that is wrong; empty where it is
	// a matter of several.
	Option string
	// Value is what it holds; empty where that does not matter.
	Value string
	// Problem is what is wrong and what to do, as a predicate of the option;
	// other options are in braces: {Username}.
	Problem string
}

// Error names the options as Go does.
func (e *UsageError) Error() string { return e.Named(func(option string) string { return option }) }

// Named is the error with the options named as its reader knows them.
func (e *UsageError) Named(name func(option string) string) string {
	text := wire.NameOptions(e.Problem, name)
	switch {
	case e.Option == "":
		return text
	case e.Value == "":
		return name(e.Option) + " " + text
	}
	return fmt.Sprintf("%s %q %s", name(e.Option), e.Value, text)
}

func wrong(option, value, format string, arguments ...any) error {
	return &UsageError{option, value, fmt.Sprintf(format, arguments...)}
}

// wrongFilter is an error of the engine's filter as one of the options; any
// other stays what it is.
func wrongFilter(filter engine.Filter, err error) error {
	var syntax *engine.FilterError
	switch {
	case errors.As(err, &syntax):
		return wrong(syntax.Field, syntax.Value, "%s", syntax.Problem)
	case !errors.Is(err, engine.ErrNothingMatches):
		return err
	case filter.LabelFilter != "" && len(filter.Focus) > 0:
		return wrong("LabelFilter", filter.LabelFilter, "and {Focus} %q match no behaviour together; %s", filter.Focus, whatThereIs)
	case filter.LabelFilter != "":
		return wrong("LabelFilter", filter.LabelFilter, "matches no behaviour; %s", whatThereIs)
	case len(filter.Focus) == 1:
		return wrong("Focus", filter.Focus[0], "matches no behaviour; %s", whatThereIs)
	case len(filter.Focus) > 1:
		return wrong("Focus", "", "%q match no behaviour; %s", filter.Focus, whatThereIs)
	}
	return wrong("", "", "%s; %s", err, whatThereIs)
}

const whatThereIs = "conformance list shows what there is"
