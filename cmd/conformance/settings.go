package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const (
	// variablePrefix begins the variable of every flag of run:
	// CONFORMANCE_REQUEST_TIMEOUT is --request-timeout.
	variablePrefix = "CONFORMANCE_"
	configFlag     = "config"
	configFile     = "conformance.yaml"
	// levels separates nothing: no setting has parts, and no name holds it.
	levels = "\x00"
)

// settings say where the value of each flag comes from.
type settings struct {
	// origins is "--parallel", "CONFORMANCE_PARALLEL" or "conformance.yaml:3" by
	// the flag's name; nothing for a default.
	origins map[string]string
}

// companions are of use only beside another setting. A password stays in the
// environment of a shell, whatever is run there.
var companions = map[string]string{"password": "username", "other-password": "other-username",
	"limited-password": "limited-username"}

// configure sets the flags that the command line leaves out: from the
// environment or else, from the configuration file.
func configure(command *cobra.Command) (*settings, error) {
	flags := command.Flags()
	s := &settings{origins: map[string]string{}}
	flags.Visit(func(flag *pflag.Flag) { s.origins[flag.Name] = "--" + flag.Name })
	known := settingNames(flags)
	fromEnvironment, err := environment(known)
	if err != nil {
		return s, err
	}
	file, err := readConfig(flags, fromEnvironment, known)
	if err != nil {
		return s, err
	}
	values := koanf.New(levels)
	for _, layer := range []map[string]any{file.values, fromEnvironment.All()} {
		if err := values.Load(confmap.Provider(layer, levels), nil); err != nil {
			return s, fmt.Errorf("merge the configuration: %w", err)
		}
	}
	for _, name := range values.Keys() {
		companion := companions[name]
		alone := companion != "" && !values.Exists(companion) && s.origins[companion] == ""
		switch {
		case s.origins[name] != "", name == configFlag, alone && fromEnvironment.Exists(name):
			continue
		case flags.Lookup(name) == nil:
			continue // a setting of run that this command does not have
		}
		s.origins[name] = file.place(name)
		if fromEnvironment.Exists(name) {
			s.origins[name] = variable(name)
		}
		if err := set(flags, name, values.Get(name)); err != nil {
			return s, usagef("%s: %s", s.origins[name], wrongValue(name, err))
		}
	}
	return s, s.takeShard(flags)
}

// configured does it when the flags are set from everywhere, and says of an error
// about one where its value comes from.
func configured(do func(*cobra.Command) error) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, _ []string) error {
		settings, err := configure(command)
		if err != nil {
			return err
		}
		return settings.attribute(do(command))
	}
}

// wrongValue says what a value should be in the words of the command line.
func wrongValue(name string, err error) string {
	return strings.ReplaceAll(wrongFlagText(err), "--"+name, name)
}

// set sets a flag to one text or to a list of texts.
func set(flags *pflag.FlagSet, name string, value any) error {
	flag := flags.Lookup(name)
	list, isList := value.([]string)
	switch many, takesMany := flag.Value.(pflag.SliceValue); {
	case isList && takesMany:
		flag.Changed = true
		return many.Replace(list)
	case isList:
		return fmt.Errorf("%s takes one value, not a list", name)
	case takesMany && flag.Value.Type() == "stringArray":
		// One variable may hold several values, a line each.
		flag.Changed = true
		return many.Replace(strings.Split(fmt.Sprint(value), "\n"))
	}
	return flags.Set(name, fmt.Sprint(value))
}

func variable(name string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// environment reads the variables of the known settings. One that is nearly
// right is a slip; any other belongs to somebody else.
func environment(known []string) (*koanf.Koanf, error) {
	var slip error
	values := koanf.New(levels)
	err := values.Load(env.Provider(levels, env.Opt{Prefix: variablePrefix, TransformFunc: func(key, value string) (string, any) {
		name := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(key, variablePrefix), "_", "-"))
		if slices.Contains(known, name) {
			return name, value
		}
		if near := nearestName(name, known); near != "" && slip == nil {
			slip = usagef("there is no variable %s; did you mean %s?", key, variable(near))
		}
		return "", nil
	}}), nil)
	if err != nil {
		return nil, fmt.Errorf("read the environment: %w", err)
	}
	return values, slip
}

// settingNames are the flags that can be set from elsewhere: those of run, which
// the other commands share, and the command's own.
func settingNames(own *pflag.FlagSet) []string {
	all := []string{}
	add := func(flag *pflag.Flag) {
		if flag.Name != "help" && !slices.Contains(all, flag.Name) {
			all = append(all, flag.Name)
		}
	}
	newRunCommand().Flags().VisitAll(add)
	own.VisitAll(add)
	return all
}

// attribute adds where a value was set to an error that names its flag, since
// the command line does not show it.
func (s *settings) attribute(err error) error {
	err = inFlags(err)
	wrong, ok := err.(usageError)
	if !ok || s == nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(s.origins)) {
		if origin := s.origins[name]; !strings.HasPrefix(origin, "--") && mentions(wrong.text, name) {
			return usagef("%s (%s)", wrong.text, origin)
		}
	}
	return err
}

// mentions says whether a text names the flag, and not a longer one.
func mentions(text, name string) bool {
	_, rest, found := strings.Cut(text, "--"+name)
	return found && (rest == "" || !strings.ContainsAny(rest[:1], "-abcdefghijklmnopqrstuvwxyz"))
}
