package main

import (
	"encoding/csv"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/net/http/httpguts"
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
	for _, prepare := range []func() error{f.reports.check, f.reports.events.check, f.readWaivers, f.readRerun, f.readShard,
		f.checkWatch} {
		if err := prepare(); err != nil {
			return err
		}
	}
	return f.chooseExploring(command)
}

const (
	exploreFlag = "explore"
	racesFlag   = "races"
)

// chooseExploring leaves histories and races out of a run that is about a part
// of the behaviours, unless they were asked for.
func (f *runFlags) chooseExploring(command *cobra.Command) error {
	o := &f.options
	part := f.guide || o.LabelFilter != "" || len(o.Focus) > 0 || f.rerun != ""
	for _, flag := range []struct {
		name     string
		requests *int
	}{{exploreFlag, &o.Explore}, {racesFlag, &o.Races}} {
		switch {
		case *flag.requests < 0:
			return usagef("--%s must be 0 or more, got %d", flag.name, *flag.requests)
		case part && !command.Flags().Changed(flag.name):
			*flag.requests = 0
		}
	}
	return nil
}

// completeTarget does that for the flags of registerTarget, and checks the
// values of all that there are.
func (f *runFlags) completeTarget(command *cobra.Command) error {
	f.options.Version, f.options.Commit, f.options.OptionName = version(), commit(), flagOf
	f.options.Again = again(command)
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
	var err error
	if f.options.Header, err = headersOf(f.headers); err != nil {
		return err
	}
	f.options.TLS, err = tlsConfig(f.caCert, f.insecure, f.clientCert, f.clientKey)
	return err
}

// headersOf reads lines NAME=VALUE.
func headersOf(lines []string) (http.Header, error) {
	header := http.Header{}
	for _, line := range lines {
		name, value, found := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		if !found || !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(value) {
			// The value may be a secret.
			return nil, usagef("--header %q: want NAME=VALUE", name)
		}
		header.Add(name, value)
	}
	return header, nil
}

func isZero(value string) bool { return value == "0" || value == "0s" }

// never lists the flags of which an empty value is a variable that was not
// set: to go on as if they were not there would judge something else.
var never = []string{
	"target", "username", "password", "session-id", "authorization", "ca-cert", "claim", "release",
	"library-item", "datastore", "subscribed-item", "other-username", "other-password", "limited-username", "limited-password",
	"pull-address", "rerun", "waivers", "shard", "product", "product-release",
	"client-cert", "client-key", "header", "skip",
	"save", "replay", "json", "junit", "html", "markdown", "sarif", "har", "tap", "map", "events",
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
	var list *csv.ParseError
	switch {
	case !known:
		return err.Error()
	case errors.As(err, &number) && errors.Is(number.Err, strconv.ErrRange):
		return problem + `": the number is too large`
	case errors.As(err, &number) && number.Func == "ParseBool":
		return problem + `": want true or false`
	case errors.As(err, &number) && number.Func == "ParseFloat":
		return problem + `": want a number`
	case errors.As(err, &number):
		return problem + `": want a whole number`
	case errors.As(err, &list):
		return problem + `": want values with commas between them, and no quotes in them`
	case strings.HasPrefix(cause, "time: "):
		return problem + `": want a duration such as 90s or 2m`
	}
	return problem + `": ` + cause
}
