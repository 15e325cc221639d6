package wire

import "regexp"

// option is how a text names an option of the run, which its reader may know by
// another name: {Target}.
var option = regexp.MustCompile(`\{([A-Z][A-Za-z]+)\}`)

// NameOptions names the options in a text as its reader knows them; nil names them
// as Go does.
func NameOptions(text string, name func(option string) string) string {
	return option.ReplaceAllStringFunc(text, func(named string) string {
		if named = named[1 : len(named)-1]; name != nil {
			return name(named)
		}
		return named
	})
}

// advised is an error whose advice names options as the user of the run knows them.
type advised struct {
	error
	name func(option string) string
}

func (a advised) Unwrap() error { return a.error }

// advise lets the error name options as the user of the run knows them.
func (c *Client) advise(err error) error {
	if err == nil {
		return nil
	}
	return advised{err, c.nameOption}
}
