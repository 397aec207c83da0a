package admin_test

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"meihao/api/lang"
	"meihao/static"
	"meihao/survey"
)

var (
	templateKey = regexp.MustCompile(`\bt "([a-z0-9_.]+)"`)
	codeKey     = regexp.MustCompile(`(?:text\(c|fact\(h, c|Fail\(survey\.[A-Za-z]+), "([a-z0-9_.]+)"`)
)

// Every message that templates and handlers name stands in both catalogs.
func TestKeys(t *testing.T) {
	catalogs, err := lang.Load(static.Lang)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	collect := func(name, text string, pattern *regexp.Regexp) {
		for _, m := range pattern.FindAllStringSubmatch(text, -1) {
			if !strings.HasSuffix(m[1], ".") { // the rest is computed; TestPagesSpeak reads those
				keys[m[1]] = name
			}
		}
	}
	for _, pattern := range []string{"pages/staff/*.html", "pages/print/*.html"} {
		names, _ := fs.Glob(static.Pages, pattern)
		for _, name := range names {
			text, err := fs.ReadFile(static.Pages, name)
			if err != nil {
				t.Fatal(err)
			}
			collect(name, string(text), templateKey)
		}
	}
	files, _ := filepath.Glob("*.go")
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		collect(name, string(text), codeKey)
	}
	if len(keys) < 200 {
		t.Fatalf("only %d keys found: the patterns do not fit any more", len(keys))
	}
	for _, code := range lang.Languages() {
		for key, name := range keys {
			if !catalogs.Has(code, key) {
				t.Errorf("%s names %s, which language %s does not have", name, key, code)
			}
		}
	}
	for _, list := range [][]string{words("role.", survey.Roles()), {"event.campaign.seal_asked", "event.held.proposal_withdrawn"}} {
		for _, key := range list {
			if !catalogs.Has("zh", key) || !catalogs.Has("en", key) {
				t.Errorf("no message %s", key)
			}
		}
	}
}

func words[T ~string](prefix string, list []T) []string {
	var keys []string
	for _, one := range list {
		keys = append(keys, prefix+string(one))
	}
	return keys
}

var (
	rawKey  = regexp.MustCompile(`>[^<]*\b(coach|staff|campaign|standings?|held|hold|sheets?|posters?|account|event|lane|light|item11|veto61|adequacy|stage|scope|action|role|work|warning|done|error|roster|scoring|reckon|rules|split|verdict|whatif|base|hidden)\.[a-z_A-Z0-9]+[^<]*<`)
	chinese = regexp.MustCompile(`\p{Han}`)
	pageURL = regexp.MustCompile(`href="(/admin[^"#]*)"`)
)

// Every page that an administrator can reach by links speaks the account's
// language, with no message key left standing, at every stage of a campaign.
func TestPagesSpeak(t *testing.T) {
	s := newSite(t)
	s.answers(36, 6)
	draft := s.Draft(func(c *survey.Campaign) { c.Name = "draft of a campaign" })
	p := s.signIn(s.Admin)
	crawl := func(code string) {
		p.post("/admin/language", url.Values{"language": {code}, "back": {"/admin"}}).goes(t, code, "/admin")
		for path, r := range p.crawl("/admin", "/admin/campaigns/"+draft.ID.String()) {
			if r.Status == 303 {
				continue // the way into the coach leads on, and is followed
			}
			if r.Status != 200 {
				t.Errorf("%s in %s: %d", path, code, r.Status)
			}
			if raw := rawKey.FindString(r.Body); raw != "" && !strings.Contains(raw, "meihao verify") {
				t.Errorf("%s in %s shows %s", path, code, raw)
			}
			if !strings.Contains(r.Body, `<html lang="`+map[string]string{"zh": "zh-CN", "en": "en"}[code]+`">`) && !strings.Contains(path, "template") && !strings.Contains(path, ".svg?") {
				t.Errorf("%s has not the language %s", path, code)
			}
		}
	}
	crawl("zh")
	crawl("en")
	s.CloseCampaign()
	crawl("en")
	s.SealCampaign()
	crawl("zh")
	p.post("/admin/language", url.Values{"language": {"en"}})
	body := p.get("/admin/help").Body
	if found := chinese.FindString(strings.ReplaceAll(body, "中文", "")); found != "" {
		t.Errorf("the English help page says %q", found)
	}
}

// crawl follows the links from some pages and returns every page below /admin.
func (p *person) crawl(from ...string) map[string]reply {
	seen, queue := map[string]reply{}, from
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if _, known := seen[path]; known || strings.Contains(path, "?place=") || strings.Contains(path, "/qr.") || strings.Contains(path, "as=xlsx") || strings.Contains(path, "as=csv") {
			continue
		}
		r := p.get(path)
		seen[path] = r
		if r.To != "" {
			queue = append(queue, r.To)
		}
		for _, m := range pageURL.FindAllStringSubmatch(r.Body, -1) {
			queue = append(queue, strings.ReplaceAll(m[1], "&amp;", "&"))
		}
	}
	return seen
}
