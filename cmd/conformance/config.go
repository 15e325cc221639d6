package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// secrets are the settings whose values are never shown.
var secrets = map[string]bool{
	"password": true, "other-password": true, "limited-password": true, "session-id": true, "authorization": true, "header": true,
}

// masked stands for a secret.
const masked = "********"

func newConfigCommand() *cobra.Command {
	flags := &runFlags{}
	command := &cobra.Command{
		Use:   "config",
		Short: "Show the settings that a run would have, and where each comes from",
		Long: `Show the settings that "conformance run" would have with the same flags, and
where each value comes from, as a configuration file. Secrets are masked.

A setting is looked for in this order: the flag, the variable CONFORMANCE_NAME,
the file conformance.yaml in the working directory or the one of --config. A key
of the file is the name of a flag; what may be given several times is a list.`,
		Example: `  conformance config
  conformance config --config ci/conformance.yaml --parallel 32
  CONFORMANCE_STRICT=true conformance config`,
		RunE: func(command *cobra.Command, _ []string) error {
			settings, err := configure(command)
			if err != nil {
				return err
			}
			return printText(command, settings.configLines(command.Flags()))
		},
	}
	flags.register(command)
	return command
}

// configLines prints what is in force as the lines of a configuration file, each with
// its origin; what is empty by default is a comment.
func (s *settings) configLines(flags *pflag.FlagSet) string {
	var out strings.Builder
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Name == "help" || flag.Name == configFlag {
			return
		}
		origin := s.origins[flag.Name]
		line := flag.Name + ": " + valueOf(flag)
		switch {
		case origin == "" && isEmpty(flag.Value.String()):
			line = "# " + flag.Name + ":"
		default:
			line = fmt.Sprintf("%-40s # %s", line, cmp.Or(origin, "default"))
		}
		fmt.Fprintln(&out, line)
	})
	return out.String()
}

// valueOf is a value in one line of YAML.
func valueOf(flag *pflag.Flag) string {
	if secrets[flag.Name] {
		return masked
	}
	node := yaml.Node{Kind: yaml.ScalarNode, Value: flag.Value.String()}
	if list, ok := flag.Value.(pflag.SliceValue); ok {
		node = yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, value := range list.GetSlice() {
			node.Content = append(node.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: value, Style: yaml.DoubleQuotedStyle})
		}
	}
	text, err := yaml.Marshal(&node)
	if err != nil {
		return fmt.Sprintf("%q", flag.Value.String())
	}
	return strings.TrimSpace(string(text))
}
