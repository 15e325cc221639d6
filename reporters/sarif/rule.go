package sarif

import (
	"cmp"
	"net/url"
	"strings"
	"unicode"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/gfm"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// noText stands where GitHub wants some and the saved run has none.
const noText = "(the saved run has no text)"

// descriptionLimit keeps below the 1024 characters that GitHub shows.
const descriptionLimit = 1000

// rulesOf has a rule for each behaviour, in the order of the results, and says
// at which index each is.
func rulesOf(run *report.Run, sorted []report.Result) (rules []rule, index map[string]int) {
	rules, index = []rule{}, map[string]int{}
	for _, group := range card.Group(sorted, func(r report.Result) string { return r.ID }) {
		index[group[0].ID] = len(rules)
		rules = append(rules, ruleOf(run, group))
	}
	return rules, index
}

func ruleOf(run *report.Run, group []report.Result) rule {
	first := group[0]
	sources := card.SourcesOf(run, first.Sources)
	return rule{
		ID:                   visible.Text(first.ID),
		Name:                 pascalCase(first.ID),
		ShortDescription:     description(first.Promise),
		FullDescription:      description(first.Clause),
		Help:                 helpOf(first, sources),
		HelpURI:              pageOf(sources),
		DefaultConfiguration: configuration{levelOf(group)},
		Properties:           ruleProperties{Tags: []string{"conformance", visible.Text(first.Service)}},
	}
}

// description is never empty.
func description(text string) message {
	return message{Text: cmp.Or(visible.FirstLine(text, descriptionLimit), noText)}
}

// levelOf is of the strongest level: a behaviour may be a MUST in one binding
// and a SHOULD in another.
func levelOf(group []report.Result) level {
	strongest := note
	for _, one := range group {
		switch one.Level {
		case report.Must:
			return failure
		case report.Should:
			strongest = warning
		}
	}
	return strongest
}

// helpOf says it twice: GitHub shows the Markdown, with links to the sources.
func helpOf(one report.Result, sources []report.Source) message {
	var text, markdown strings.Builder
	paragraph := func(name, plain, marked string) {
		if plain != "" {
			text.WriteString(name + ": " + visible.Text(plain) + "\n\n")
			markdown.WriteString("**" + name + ":** " + marked + "\n\n")
		}
	}
	paragraph("Clause", one.Clause, gfm.Text(one.Clause))
	for _, source := range sources {
		named := strings.TrimSpace(source.Key + " " + source.Title)
		paragraph("Source", strings.TrimSpace(named+" "+source.Address), gfm.Link(named, source.Address))
	}
	paragraph("Look at", one.LookAt, gfm.Text(one.LookAt))
	return message{Text: cmp.Or(strings.TrimSpace(text.String()), noText), Markdown: strings.TrimSpace(markdown.String())}
}

// pageOf is the first source that has an address of its own; some stand for
// many pages and have a blank to fill in, such as <service>.
func pageOf(sources []report.Source) string {
	for _, source := range sources {
		address, err := url.Parse(source.Address)
		if err == nil && address.IsAbs() && address.Host != "" && !strings.ContainsAny(source.Address, "<>") {
			return address.String()
		}
	}
	return ""
}

// pascalCase makes the friendly name that viewers expect: "SessionGetOk".
func pascalCase(id string) string {
	var name strings.Builder
	upper := true
	for _, r := range id {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			upper = true
		case upper:
			name.WriteRune(unicode.ToUpper(r))
			upper = false
		default:
			name.WriteRune(r)
		}
	}
	return name.String()
}
