package admin_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"meihao/static"
	"meihao/survey"
	"meihao/survey/roster"
)

const corpus = "../../survey/roster/testdata/messy"

// messy is what importing a file of the corpus comes to (survey/roster,
// messy_test.go); the command comes to the same (command_import_messy_test.go).
type messy struct {
	Error    string   `json:"error"`
	Projects []string `json:"projects"` // kind, name, households/occupied
	Refused  []string `json:"refused"`  // place, key
}

// The registers of the corpus come in by the page as their outcomes say, and
// those that are broken change nothing and say why and what to do.
func TestImportMessyRegisters(t *testing.T) {
	all, err := filepath.Glob(corpus + "/*.json")
	if err != nil || len(all) < 20 {
		t.Fatal(err, len(all))
	}
	words := map[string]string{}
	text, err := static.Lang.ReadFile("lang/zh/roster.json")
	if err == nil {
		err = json.Unmarshal(text, &words)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		file := strings.TrimSuffix(name, ".json")
		t.Run(filepath.Base(file), func(t *testing.T) {
			var want messy
			text, err := os.ReadFile(name)
			if err == nil {
				err = json.Unmarshal(text, &want)
			}
			if err != nil {
				t.Fatal(err)
			}
			s := newSite(t)
			s.base()
			want.imported(t, s, file, words[want.Error])
		})
	}
}

// base imports the register that the corpus begins from.
func (s *site) base() {
	s.T.Helper()
	data, err := os.Open(corpus + "/base.csv")
	s.Must(err)
	defer data.Close()
	file, err := roster.Read(s.Ctx(), "base.csv", data)
	s.Must(err)
	_, err = s.Store.ImportProjects(s.Ctx(), s.City, file, roster.Apply{Apply: true, Strict: true})
	s.Must(err)
}

func (m messy) imported(t *testing.T, s *site, file, message string) {
	t.Helper()
	data, err := os.ReadFile(file)
	s.Must(err)
	p, before := s.signIn(s.Admin), s.city()
	r := p.over(p.upload(filepath.Base(file), string(data), p.csrf))
	if m.Error != "" {
		_, says, _ := strings.Cut(message, "}}”")
		says, _, _ = strings.Cut(says, "{{")
		if !strings.Contains(html.UnescapeString(r.Body), says) || says == "" || !strings.Contains(r.Body, filepath.Base(file)) {
			t.Errorf("%d: the page does not say %q:\n%s", r.Status, says, excerpt(r.Body))
		}
		if after := s.city(); before != after {
			t.Errorf("a broken file changed\n%s to\n%s", before, after)
		}
		return
	}
	for _, refused := range m.Refused {
		place, _, _ := strings.Cut(refused, " ")
		if !strings.Contains(r.Body, `<td class="num">`+place+`</td>`) {
			t.Errorf("the refusal of row %s is not shown:\n%s", place, excerpt(r.Body))
		}
	}
	digest := digestField.FindStringSubmatch(r.Body)
	if digest == nil {
		if after := s.city(); before != after || strings.Contains(strings.Join(m.Projects, " "), "ed ") {
			t.Errorf("there is nothing to accept, yet %v", m.Projects)
		}
		return
	}
	if r := p.over(p.post(r.To, url.Values{"digest": digest[1:]})); r.Status != 200 {
		t.Fatalf("accepting: %d %s", r.Status, excerpt(r.Body))
	}
	after := s.city()
	for _, line := range m.Projects {
		if _, project, _ := strings.Cut(line, " "); !strings.Contains(after, project+"\n") {
			t.Errorf("there is no %q:\n%s", project, after)
		}
	}
	again := p.over(p.upload(filepath.Base(file), string(data), p.csrf))
	again.expect(t, "the same file again", 200, "没有需要写入的变化")
}

// over follows a page to the end of the work that it began; To of the reply
// is where it ends.
func (p *person) over(r reply) reply {
	p.T.Helper()
	at := ""
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		switch {
		case r.Status == 303:
			at = r.To
		case strings.HasPrefix(at, "/admin/work/") && strings.Contains(r.Body, "data-live"):
			time.Sleep(10 * time.Millisecond)
		default:
			r.To = at
			return r
		}
		r = p.get(at)
	}
	p.T.Fatalf("%s is never over", at)
	return r
}

// city is every project with its households, a line for each.
func (s *site) city() string {
	s.T.Helper()
	projects, _, err := s.Store.Projects(s.Ctx(), survey.CityScope(), survey.ProjectFilter{})
	s.Must(err)
	var b strings.Builder
	for _, p := range projects {
		occupied := ""
		if p.Occupied != nil {
			occupied = fmt.Sprint(*p.Occupied)
		}
		fmt.Fprintf(&b, "%s %d/%s\n", p.Name, p.Households, occupied)
	}
	return b.String()
}

// Both templates can be had, and their examples come into no register.
func TestTemplates(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Admin)
	for _, path := range []string{"/admin/projects/template", "/admin/projects/template?form=buildings"} {
		p.get("/admin/projects/import").expect(t, "the page", 200, `href="`+path+`"`)
		r := p.get(path)
		if r.Status != 200 || !strings.Contains(r.Header.Get("Content-Disposition"), "attachment") {
			t.Fatalf("%s: %d", path, r.Status)
		}
		preview := p.over(p.upload("example.xlsx", r.Body, p.csrf))
		preview.expect(t, "with its examples only", 200, "2 行示例没有导入", "没有需要写入的变化")
	}
}
