package ledger

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// sourcesFile holds what the source keys stand for, beside the data files.
const sourcesFile = "sources.yaml"

// Source is a public document that behaviours were read from.
type Source struct {
	// Key is how behaviours name it.
	Key string `yaml:"key" json:"key"`
	// Title says what it is, in our own words.
	Title string `yaml:"title" json:"title"`
	// Address is where it is; where it has many pages, their pattern or root.
	Address string `yaml:"address" json:"address"`
}

// Sources returns what the source keys stand for, by key; an error means that
// the binary was built from a broken ledger. All callers share the map.
func Sources() (map[string]Source, error) { return embeddedSources() }

// embeddedSources reads them once, since each of many runs tells of them.
var embeddedSources = sync.OnceValues(readEmbedded)

func readEmbedded() (map[string]Source, error) {
	data, err := files.ReadFile(sourcesFile)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	sources, err := readSources(data)
	if err != nil {
		return nil, fmt.Errorf("ledger %s: %w", sourcesFile, err)
	}
	return sources, nil
}

func readSources(data []byte) (map[string]Source, error) {
	var doc struct {
		Sources []Source `yaml:"sources"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&doc); err != nil {
		return nil, err
	}
	sources := make(map[string]Source, len(doc.Sources))
	for _, source := range doc.Sources {
		if source.Key == "" || source.Title == "" || !strings.HasPrefix(source.Address, "https://") {
			return nil, fmt.Errorf("%q needs a key, a title and an address", source.Key)
		}
		if _, twice := sources[source.Key]; twice {
			return nil, fmt.Errorf("%s stands there twice", source.Key)
		}
		sources[source.Key] = source
	}
	return sources, nil
}
