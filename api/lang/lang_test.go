package lang_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"meihao/api/lang"
	"meihao/static"
)

func catalogs(t *testing.T) *lang.Catalogs {
	t.Helper()
	c, err := lang.Load(static.Lang)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBothLanguagesHaveTheSameKeys(t *testing.T) {
	c := catalogs(t)
	for _, one := range lang.Languages() {
		for _, other := range lang.Languages() {
			for key := range c.Keys(one) {
				if !c.Has(other, key) {
					t.Errorf("%s is in %s and not in %s", key, one, other)
				}
			}
		}
	}
}

// place is a place that args fill: "{{.Name}}".
func places(text string) map[string]bool {
	found := map[string]bool{}
	for _, m := range regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`).FindAllStringSubmatch(text, -1) {
		found[m[1]] = true
	}
	return found
}

func TestBothLanguagesHaveTheSamePlaces(t *testing.T) {
	raw := map[string]map[string]string{}
	for _, code := range lang.Languages() {
		raw[code] = rawTexts(t, code)
	}
	for key, zh := range raw["zh"] {
		want, got := places(zh), places(raw["en"][key])
		for name := range want {
			if !got[name] {
				t.Errorf("%s: {{.%s}} is missing in en", key, name)
			}
		}
		for name := range got {
			if !want[name] {
				t.Errorf("%s: {{.%s}} is missing in zh", key, name)
			}
		}
	}
}

// rawTexts are the texts of a language with their places, plural forms joined.
func rawTexts(t *testing.T, code string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	names, err := fs.Glob(static.Lang, "lang/"+code+"/*.json")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`^\s*"([^"]+)":\s*(.*)$`)
	for _, name := range names {
		data, err := fs.ReadFile(static.Lang, name)
		if err != nil {
			t.Fatal(err)
		}
		key := ""
		for _, text := range strings.Split(string(data), "\n") {
			m := line.FindStringSubmatch(text)
			if m == nil {
				continue
			}
			if strings.Contains(m[1], ".") {
				key = m[1]
			}
			texts[key] += m[2]
		}
	}
	return texts
}

// source is a file in which keys stand, as they are written there.
type source struct{ name, text string }

// sources are all Go files but tests, and all templates.
func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var list []source
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules" || entry.Name() == "data" && filepath.Dir(name) == root) {
			return filepath.SkipDir
		}
		ext := filepath.Ext(name)
		if entry.IsDir() || ext != ".go" && ext != ".html" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		data, err := os.ReadFile(name)
		list = append(list, source{name, string(data)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEveryKeyInUseExists(t *testing.T) {
	c := catalogs(t)
	// A key is written whole: in Go "error.…" and the other families, in
	// templates after t. One that ends in a dot is completed by data, and
	// at least one key must begin so.
	inGo := regexp.MustCompile(`"((?:error|warning|resident|event)\.[a-z0-9_.]+)"`)
	inPage := regexp.MustCompile(`[{(]\s*(?:-\s*)?(?:if\s+)?t "([a-z0-9_.]+)"`)
	used := 0
	for _, s := range sources(t) {
		pattern := inGo
		if filepath.Ext(s.name) == ".html" {
			pattern = inPage
		}
		for _, m := range pattern.FindAllStringSubmatch(s.text, -1) {
			used++
			if !exists(c, m[1]) {
				t.Errorf("%s uses %s, which is in no catalog", s.name, m[1])
			}
		}
	}
	if used < 100 {
		t.Errorf("only %d keys in use were found: the patterns are wrong", used)
	}
}

func exists(c *lang.Catalogs, key string) bool {
	if !strings.HasSuffix(key, ".") {
		return c.Has(lang.Default, key)
	}
	for known := range c.Keys(lang.Default) {
		if strings.HasPrefix(known, key) {
			return true
		}
	}
	return false
}

func TestEveryErrorOfTheCatalogIsInUse(t *testing.T) {
	var all strings.Builder
	for _, s := range sources(t) {
		all.WriteString(s.text)
	}
	text := all.String()
	for key := range catalogs(t).Keys(lang.Default) {
		family, _, _ := strings.Cut(key, ".")
		if (family == "error" || family == "resident") && !strings.Contains(text, `"`+key+`"`) && !strings.Contains(text, `"`+key[:strings.LastIndex(key, ".")+1]+`"`) {
			t.Errorf("nothing says %s", key)
		}
	}
}

func TestText(t *testing.T) {
	c := catalogs(t)
	for _, one := range []struct {
		code, key string
		args      map[string]any
		want      string
	}{
		{"zh", "error.not_found", nil, "没有找到。请核对地址。"},
		{"en", "error.not_found", nil, "Not found. Please check the address."},
		{"en", "error.password.short", map[string]any{"Min": 12}, "A password has at least 12 characters."},
		{"en", "error.campaign.undecided", map[string]any{"Count": 1}, "1 held answer is undecided. Decide it first, or choose to seal with it listed as not counted."},
		{"en", "error.campaign.undecided", map[string]any{"Count": int64(3)}, "3 held answers are undecided. Decide them first, or choose to seal with them listed as not counted."},
		{"zh", "error.campaign.undecided", map[string]any{"Count": int64(3)}, "还有 3 份待核答卷没有处理。请先处理，或选择按“未决、不计入”封存。"},
		{"fr", "error.not_found", nil, "没有找到。请核对地址。"},
		{"en", "no.such.key", nil, "no.such.key"},
	} {
		if got := c.Text(one.code, one.key, one.args); got != one.want {
			t.Errorf("%s %s: %q", one.code, one.key, got)
		}
	}
}

func TestABrokenCatalogIsNoStart(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"none":   {},
		"broken": {"lang/zh/a.json": "{", "lang/en/a.json": "{}"},
		"twice":  {"lang/zh/a.json": `{"a.b":"x"}`, "lang/zh/b.json": `{"a.b":"y"}`, "lang/en/a.json": `{"a.b":"z"}`},
	} {
		dir := t.TempDir()
		for file, text := range files {
			at := filepath.Join(dir, file)
			if err := os.MkdirAll(filepath.Dir(at), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := lang.Load(os.DirFS(dir)); err == nil {
			t.Errorf("%s: it was loaded", name)
		}
	}
}
