package suites

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// asJSON is a part of a report as JSON has it: maps, lists and plain values.
func asJSON(part any) any {
	data, err := json.Marshal(part)
	if err != nil {
		return err.Error()
	}
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return err.Error()
	}
	return value
}

// difference names the first value in which two decoded parts differ; empty if
// there is none.
func difference(name string, mine, ours any) string {
	if reflect.DeepEqual(mine, ours) {
		return ""
	}
	my, isMap := mine.(map[string]any)
	our, areMaps := ours.(map[string]any)
	if isMap && areMaps {
		all := maps.Clone(my)
		maps.Copy(all, our)
		for _, key := range slices.Sorted(maps.Keys(all)) {
			if differs := difference(name+"."+key, my[key], our[key]); differs != "" {
				return differs
			}
		}
	}
	list, isList := mine.([]any)
	others, areLists := ours.([]any)
	if isList && areLists && len(list) == len(others) {
		for i := range list {
			if differs := difference(fmt.Sprintf("%s[%d]", name, i), list[i], others[i]); differs != "" {
				return differs
			}
		}
	}
	return fmt.Sprintf("%s is %s, not %s", name, shownValue(mine), shownValue(ours))
}

func shownValue(value any) string {
	if value == nil {
		return "none"
	}
	data, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(data)
}
