// Package lang turns message keys into the words of a language. Catalogs are
// flat JSON files under static/lang; nothing that people read stands in code.
package lang

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"meihao/survey"
)

// Default is the language of people who chose none.
const Default = "zh"

// Languages that every page has, the default first.
func Languages() []string { return []string{Default, "en"} }

// Known says whether a language is one of ours.
func Known(code string) bool { return code == Default || code == "en" }

// Catalogs are the messages of all languages, read once at start.
type Catalogs struct {
	localizers map[string]*i18n.Localizer
	keys       map[string]map[string]bool
}

// Load reads lang/<language>/*.json. A broken file or message is an error:
// better no start than a page with holes.
func Load(files fs.FS) (*Catalogs, error) {
	c := &Catalogs{localizers: map[string]*i18n.Localizer{}, keys: map[string]map[string]bool{}}
	for _, code := range Languages() {
		bundle := i18n.NewBundle(language.Make(code))
		bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
		names, err := fs.Glob(files, path.Join("lang", code, "*.json"))
		if err != nil || len(names) == 0 {
			return nil, fmt.Errorf("no catalog for language %s", code)
		}
		c.keys[code] = map[string]bool{}
		for _, name := range names {
			if err := c.read(bundle, files, name, code); err != nil {
				return nil, err
			}
		}
		c.localizers[code] = i18n.NewLocalizer(bundle, code)
	}
	return c, nil
}

func (c *Catalogs) read(bundle *i18n.Bundle, files fs.FS, name, code string) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	file, err := bundle.ParseMessageFileBytes(data, code+".json")
	if err != nil {
		return fmt.Errorf("catalog %s: %w", name, err)
	}
	for _, m := range file.Messages {
		if c.keys[code][m.ID] {
			return fmt.Errorf("catalog %s: key %s stands twice", name, m.ID)
		}
		c.keys[code][m.ID] = true
	}
	return nil
}

// Text is the message in a language. Args may hold "Count", which chooses the
// plural form. A missing key comes back as itself, so that a hole is seen and
// nothing else breaks; a test forbids holes.
func (c *Catalogs) Text(code, key string, args survey.Args) string {
	localizer, known := c.localizers[code]
	if !known {
		localizer = c.localizers[Default]
	}
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: map[string]any(args)}
	if count, ok := args["Count"]; ok {
		config.PluralCount = count
	}
	text, err := localizer.Localize(config)
	if err != nil && text == "" {
		return key
	}
	return text
}

// Has says whether a language has a key.
func (c *Catalogs) Has(code, key string) bool { return c.keys[code][key] }

// Keys lists a language's keys.
func (c *Catalogs) Keys(code string) map[string]bool { return c.keys[code] }
