package explore

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
	"session-conformance/suites/variant"
)

// field is one of the numbers of a step, by its word in a script.
type field struct {
	word string
	of   func(*model.Operation) *int
	// first is what the number begins with in a script: sessions, items and
	// files are counted from 1.
	first int
}

var fields = []field{
	{"session", func(o *model.Operation) *int { return &o.Session }, 1},
	{"item", func(o *model.Operation) *int { return &o.Item }, 1},
	{"file", func(o *model.Operation) *int { return &o.File }, 1},
	{"token", func(o *model.Operation) *int { return &o.Token }, 0},
	{"progress", func(o *model.Operation) *int { return &o.Progress }, 0},
	{"message", func(o *model.Operation) *int { return &o.Message }, 0},
	{"warning", func(o *model.Operation) *int { return &o.Warning }, 0},
	{"content", func(o *model.Operation) *int { return &o.Content }, 0},
	{"checksum", func(o *model.Operation) *int { return &o.Sum }, 0},
}

// uses are the numbers that an operation has, by its last words.
var uses = map[string]string{
	"download_session.create": "session item token", "update_session.create": "session item token",
	"download_session.list": "item", "update_session.list": "item",
	"keep_alive": "session progress", "fail": "session message", "update": "session warning",
	"file.get": "session file", "file.add": "session file checksum", "file.remove": "session file", "file.prepare": "session file",
	model.Upload: "session file content", model.Download: "session file",
	model.GetItem: "item", model.ListFiles: "item", model.LogIn: "",
}

func usesOf(operation string) []string {
	for ends, words := range uses {
		if operation == ends || strings.HasSuffix(operation, "session."+ends) {
			return strings.Fields(words)
		}
	}
	return []string{"session"}
}

// String writes the script, one step a line:
//
//	item 1 holds file 1
//	update_session.create session 1 item 1 (api)
func (s Script) String() string {
	var out strings.Builder
	for item, files := range s.Items {
		for file, content := range files {
			if content > 0 {
				fmt.Fprintf(&out, "item %d holds file %d content %d\n", item+1, file+1, content)
			}
		}
	}
	for _, step := range s.Steps {
		fmt.Fprintln(&out, step)
	}
	return out.String()
}

// String writes one step of a script.
func (s Step) String() string {
	words := []string{s.Name}
	for _, field := range fields {
		value := *field.of(&s.Operation)
		for _, used := range usesOf(s.Name) {
			if used == field.word && value+field.first > 0 {
				words = append(words, field.word, strconv.Itoa(value+field.first))
			}
		}
	}
	if s.Variant != (wire.Variant{}) {
		words = append(words, "("+s.Variant.String()+")")
	}
	return strings.Join(words, " ")
}

// Read reads a script as String writes it; empty lines and those that begin
// with # say nothing.
func Read(source io.Reader) (Script, error) {
	var script Script
	if err := readLines(source, script.read); err != nil {
		return script, err
	}
	if len(script.Steps) == 0 {
		return script, errors.New("it has no steps")
	}
	return script, nil
}

// readLines reads each line that says something; an error names the line.
func readLines(source io.Reader, read func(line string) error) error {
	lines, number := bufio.NewScanner(source), 1
	for ; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := read(line); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("line %d is longer than %d bytes", number, bufio.MaxScanTokenSize)
	} else if err != nil {
		return err
	}
	return nil
}

func (s *Script) read(line string) error {
	var item, file, content int
	if n, _ := fmt.Sscanf(line, "item %d holds file %d content %d", &item, &file, &content); n == 3 {
		if item < 1 || item > model.MaxItems || file < 1 || file > model.MaxFiles || content < 1 || content > mostContents {
			return fmt.Errorf("%q is outside of what a history has", line)
		}
		s.Items[item-1][file-1] = int16(content)
		return nil
	}
	head, spelling, found := strings.Cut(strings.TrimSuffix(line, ")"), "(")
	if !found {
		return fmt.Errorf("%q names no binding in brackets", line)
	}
	step, err := readStep(strings.Fields(head))
	if err != nil {
		return err
	}
	if step.Variant, err = readVariant(spelling); err != nil {
		return err
	}
	step.Binding = string(step.Variant.Binding)
	s.Steps = append(s.Steps, step)
	return nil
}

func readStep(words []string) (Step, error) {
	if len(words)%2 == 0 {
		return Step{}, fmt.Errorf("%q is no operation with words and numbers", strings.Join(words, " "))
	}
	step := Step{Operation: model.Operation{Name: words[0]}}
	if !known(step.Name) {
		return step, fmt.Errorf("there is no operation %q", step.Name)
	}
	if step.Name == model.DownloadSession+".list" || step.Name == model.UpdateSession+".list" {
		step.Item = model.Open
	}
	for i := 1; i < len(words); i += 2 {
		if err := step.set(words[i], words[i+1]); err != nil {
			return step, err
		}
	}
	return step, nil
}

func known(operation string) bool {
	switch operation {
	case model.Upload, model.Download, model.GetItem, model.ListFiles, model.LogIn:
		return true
	}
	return len(wire.Variants(operation, wire.API)) > 0
}

// most is how high each number may be.
var most = map[string]int{
	"session": model.MaxSessions, "item": model.MaxItems, "file": model.MaxFiles,
	"token": 99, "progress": 100, "message": 99, "warning": len(warnings), "content": mostContents, "checksum": mostContents,
}

func (s *Step) set(word, number string) error {
	for _, field := range fields {
		if field.word != word {
			continue
		}
		value, err := strconv.Atoi(number)
		if err != nil || value < 1 || value > most[word] {
			return fmt.Errorf("%s %q is no number from 1 to %d", word, number, most[word])
		}
		*field.of(&s.Operation) = value - field.first
		return nil
	}
	return fmt.Errorf("a step has no %q", word)
}

func readVariant(words string) (wire.Variant, error) {
	for _, binding := range variant.Bindings {
		for _, route := range variant.Routes {
			for _, representation := range variant.Representations {
				if one := (wire.Variant{Binding: binding, Route: route, Representation: representation}); one.String() == words {
					return one, nil
				}
			}
		}
	}
	return wire.Variant{}, fmt.Errorf("(%s) is no binding, such as (api) or (legacy path json)", words)
}
