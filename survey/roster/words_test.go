package roster

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func catalog(t *testing.T, lang string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "static", "lang", lang, "roster.json"))
	must(t, err)
	words := map[string]string{}
	must(t, json.Unmarshal(data, &words))
	return words
}

// Every message of this package is there in both languages and with the same
// places to fill, and the catalogs hold no others.
func TestMessages(t *testing.T) {
	want := map[string]bool{}
	for _, f := range append(facts(), "units", "rooms") {
		want["roster.field."+string(f)] = true
	}
	for _, f := range facts() {
		want["roster.refused.contradicts."+string(f)] = true
	}
	for _, k := range []Kind{Added, Changed, Same} {
		want["roster.kind."+string(k)] = true
	}
	sources, err := filepath.Glob("*.go")
	must(t, err)
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		must(t, err)
		for _, m := range regexp.MustCompile(`"(roster\.[a-z_.]*[a-z])"`).FindAllSubmatch(source, -1) {
			want[string(m[1])] = true
		}
	}
	zh, en := catalog(t, "zh"), catalog(t, "en")
	for lang, words := range map[string]map[string]string{"zh": zh, "en": en} {
		if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(words))); diff != "" {
			t.Errorf("%s (-used +there):\n%s", lang, diff)
		}
	}
	place := regexp.MustCompile(`{{\.\w+}}`)
	for key := range zh {
		inZh, inEn := place.FindAllString(zh[key], -1), place.FindAllString(en[key], -1)
		slices.Sort(inZh)
		slices.Sort(inEn)
		if !slices.Equal(inZh, inEn) {
			t.Errorf("%s fills %v and %v", key, inZh, inEn)
		}
	}
}
