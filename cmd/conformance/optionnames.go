package main

import (
	"errors"
	"regexp"
	"strings"

	"session-conformance/suites"
)

// inFlags words an error about an option of the suite as one about its flag;
// any other stays what it is.
func inFlags(err error) error {
	var wrong *suites.UsageError
	if !errors.As(err, &wrong) {
		return err
	}
	return usageError{wrong.Named(flagOf)}
}

// ownFlags are the flags that are not named as their options.
var ownFlags = map[string]string{
	"Claims": "--claim", "MaxRPS": "--max-rps", "CACert": "--ca-cert FILE", "LibraryItems": "--library-item",
	"SessionID": "--session-id", "Services": "--service", "Operations": "--operation", "Bindings": "--binding", "Levels": "--level",
	"Password": "--password (or " + passwordVariable + ")", "OtherPassword": "--other-password (or " + otherPasswordVariable + ")",
	"LimitedPassword": "--limited-password (or " + limitedPasswordVariable + ")",
}

// capital begins a word inside the name of an option.
var capital = regexp.MustCompile(`\B[A-Z]`)

// flagOf is the flag that sets an option: RequestTimeout is --request-timeout.
func flagOf(option string) string {
	if own, named := ownFlags[option]; named {
		return own
	}
	return "--" + strings.ToLower(capital.ReplaceAllString(option, "-$0"))
}
