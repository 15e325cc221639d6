package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// complete fills in what flags alone do not say, and checks what can be
// checked before anything is sent.
func (f *runFlags) complete(command *cobra.Command) error {
	if err := f.completeTarget(command); err != nil {
		return err
	}
	if f.release != "auto" {
		f.options.Release = f.release
	}
	for _, prepare := range []func() error{f.reports.check, f.readWaivers, f.readRerun} {
		if err := prepare(); err != nil {
			return err
		}
	}
	return nil
}

// completeTarget does that for the flags of registerTarget, and checks the
// values of all that there are.
func (f *runFlags) completeTarget(command *cobra.Command) error {
	f.options.Version = version()
	for _, name := range never {
		if flag := command.Flags().Lookup(name); flag != nil && flag.Changed && isEmpty(flag.Value.String()) {
			return usagef("--%s is empty; give it a value or leave it out", name)
		}
	}
	for _, name := range []string{"parallel", "timeout", "request-timeout"} {
		if flag := command.Flags().Lookup(name); flag != nil && flag.Changed && isZero(flag.Value.String()) {
			return usagef("--%s must be more than 0, got %s", name, flag.Value)
		}
	}
	config, err := tlsConfig(f.caCert, f.insecure)
	f.options.TLS = config
	return err
}

func isZero(value string) bool { return value == "0" || value == "0s" }

// never lists the flags of which an empty value is a variable that was not
// set: to go on as if they were not there would judge something else.
var never = []string{
	"target", "username", "password", "session-id", "authorization", "ca-cert", "claim", "release",
	"library-item", "datastore", "subscribed-item", "other-username", "other-password", "pull-address", "rerun", "waivers",
	"json", "junit", "html", "markdown", "sarif", "har", "tap",
}

// isEmpty knows how lists print that are empty or hold an empty value first.
func isEmpty(value string) bool {
	return strings.TrimSpace(value) == "" || value == "[]" || strings.HasPrefix(value, `[""`)
}

// wrongFlag says what the value should be instead of which function refused it.
func wrongFlag(command *cobra.Command, err error) error {
	return usagef("%s; see %s --help", wrongFlagText(err), command.CommandPath())
}

func wrongFlagText(err error) string {
	problem, cause, known := strings.Cut(err.Error(), `" flag: `)
	var number *strconv.NumError
	switch {
	case !known:
		return err.Error()
	case errors.As(err, &number) && errors.Is(number.Err, strconv.ErrRange):
		return problem + `": the number is too large`
	case errors.As(err, &number) && number.Func == "ParseBool":
		return problem + `": want true or false`
	case errors.As(err, &number):
		return problem + `": want a whole number`
	case strings.HasPrefix(cause, "time: "):
		return problem + `": want a duration such as 90s or 2m`
	}
	return problem + `": ` + cause
}
