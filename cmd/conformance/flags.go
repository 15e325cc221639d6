package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/reporters/file"
)

// complete fills in what flags alone do not say, and checks what can be
// checked before anything is sent.
func (f *runFlags) complete(command *cobra.Command) error {
	o := &f.options
	o.Version = version()
	for _, name := range never {
		if flag := command.Flags().Lookup(name); flag.Changed && isEmpty(flag.Value.String()) {
			return usagef("--%s is empty; give it a value or leave it out", name)
		}
	}
	if f.release != "auto" {
		o.Release = f.release
	}
	for _, name := range []string{"parallel", "timeout", "request-timeout"} {
		if flag := command.Flags().Lookup(name); flag.Changed && isZero(flag.Value.String()) {
			return usagef("--%s must be more than 0, got %s", name, flag.Value)
		}
	}
	if o.Username != "" && o.Password == "" {
		o.Password = os.Getenv(passwordVariable)
	}
	if o.OtherUsername != "" && o.OtherPassword == "" {
		o.OtherPassword = os.Getenv(otherPasswordVariable)
	}
	if err := f.checkReports(); err != nil {
		return err
	}
	config, err := tlsConfig(f.caCert, f.insecure)
	o.TLS = config
	return err
}

// checkReports finds out before the run whether each report can be written.
func (f *runFlags) checkReports() error {
	seen := map[string]string{}
	for _, writer := range writers {
		path := *f.reports[writer.flag]
		if path == "" {
			continue
		}
		if err := file.CheckWritable(path); err != nil {
			return usagef("--%s: %s", writer.flag, err)
		}
		// A path that cannot be made absolute is as good as it is.
		place, err := filepath.Abs(path)
		if err != nil {
			place = path
		}
		if other, twice := seen[place]; twice {
			return usagef("--%s and --%s name the same file %s; give each its own", other, writer.flag, place)
		}
		seen[place] = writer.flag
	}
	return nil
}

func isZero(value string) bool { return value == "0" || value == "0s" }

// never lists the flags of which an empty value is a variable that was not
// set: to go on as if they were not there would judge something else.
var never = []string{
	"target", "username", "password", "session-id", "authorization", "ca-cert", "claim", "release",
	"library-item", "datastore", "subscribed-item", "other-username", "other-password", "pull-address", "json", "junit",
}

// isEmpty knows how lists print that are empty or hold an empty value first.
func isEmpty(value string) bool {
	return strings.TrimSpace(value) == "" || value == "[]" || strings.HasPrefix(value, `[""`)
}

// wrongFlag says what the value should be instead of which function refused it.
func wrongFlag(command *cobra.Command, err error) error {
	problem, cause, known := strings.Cut(err.Error(), `" flag: `)
	var number *strconv.NumError
	switch {
	case !known:
		return usagef("%s; see %s --help", err, command.CommandPath())
	case errors.As(err, &number) && errors.Is(number.Err, strconv.ErrRange):
		problem += `": the number is too large`
	case errors.As(err, &number) && number.Func == "ParseBool":
		problem += `": want true or false`
	case errors.As(err, &number):
		problem += `": want a whole number`
	case strings.HasPrefix(cause, "time: "):
		problem += `": want a duration such as 90s or 2m`
	default:
		problem += `": ` + cause
	}
	return usagef("%s; see %s --help", problem, command.CommandPath())
}
