package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// released is the version of a release, and releasedFrom its commit; its build
// sets both.
var released, releasedFrom string

func newVersionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Show the version of the suite, and what it was built from",
		RunE: func(command *cobra.Command, _ []string) error {
			from := commit()
			if from == "" {
				from = "unknown"
			}
			return printText(command, fmt.Sprintf("conformance %s\ncommit   %s\nbuilt    by %s for %s/%s\n",
				version(), from, runtime.Version(), runtime.GOOS, runtime.GOARCH))
		},
	}
}

// version is that of the release, or of the module as the Go toolchain stamped
// it.
func version() string {
	if released != "" {
		return released
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// commit is what the binary was built from, with "+dirty" if that was changed;
// empty if it was no repository.
func commit() string {
	if releasedFrom != "" {
		return releasedFrom
	}
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		return ""
	}
	stamped := map[string]string{}
	for _, setting := range info.Settings {
		stamped[setting.Key] = setting.Value
	}
	if stamped["vcs.revision"] != "" && stamped["vcs.modified"] == "true" {
		return stamped["vcs.revision"] + "+dirty"
	}
	return stamped["vcs.revision"]
}
