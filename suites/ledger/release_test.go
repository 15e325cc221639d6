package ledger

import (
	"slices"
	"testing"
)

func TestRangeHolds(t *testing.T) {
	for name, row := range map[string]struct {
		span    Range
		release string
		want    bool
	}{
		"open span":               {Range{}, "6.0", true},
		"open span, last":         {Range{}, "9.0", true},
		"first of the span":       {Range{Since: "6.7u1"}, "6.7u1", true},
		"before the span":         {Range{Since: "6.7u1"}, "6.5", false},
		"after an open end":       {Range{Since: "6.7u1"}, "9.0", true},
		"last of the span":        {Range{Until: "6.5"}, "6.5", true},
		"behind the span":         {Range{Until: "6.5"}, "6.7u1", false},
		"before an open end":      {Range{Until: "6.5"}, "6.0", true},
		"within both ends":        {Range{Since: "6.5", Until: "7.0"}, "6.7u1", true},
		"behind both ends":        {Range{Since: "6.5", Until: "7.0"}, "7.0u2", false},
		"the one release":         {Range{Since: "7.0", Until: "7.0"}, "7.0", true},
		"7.0u2 is not 7.0":        {Range{Until: "7.0"}, "7.0u2", false},
		"an unknown release":      {Range{}, "6.6", false},
		"no release":              {Range{}, "", false},
		"letters of another case": {Range{}, "6.7U1", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := row.span.Holds(row.release); got != row.want {
				t.Errorf("%+v holds %q: got %v, want %v", row.span, row.release, got, row.want)
			}
		})
	}
}

func TestReleasesAreACopy(t *testing.T) {
	Releases()[0] = "changed"
	if want := []string{"6.0", "6.5", "6.7u1", "7.0", "7.0u2", "8.0", "9.0"}; !slices.Equal(Releases(), want) {
		t.Errorf("got %v, want %v", Releases(), want)
	}
}
