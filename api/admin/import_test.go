package admin_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"meihao/survey"
)

// upload sends a file as the import page does.
func (p *person) upload(name, text, csrf string) reply {
	p.T.Helper()
	return p.uploadAs(name, text, map[string]string{"csrf": csrf})
}

// uploadAs sends a file with what is said of it; the token is added.
func (p *person) uploadAs(name, text string, fields map[string]string) reply {
	p.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if fields["csrf"] == "" {
		p.Must(form.WriteField("csrf", p.csrf))
	}
	for field, value := range fields {
		p.Must(form.WriteField(field, value))
	}
	part, err := form.CreateFormFile("file", name)
	p.Must(err)
	_, err = part.Write([]byte(text))
	p.Must(err)
	p.Must(form.Close())
	request := httptest.NewRequest("POST", "/admin/projects/import", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	return p.do(request)
}

const register = `所在区,街道,社区,项目名称,楼号,单元数,户数
晨光区,梧桐街道,东里社区,新竹园,1号楼,2,48
晨光区,梧桐街道,东里社区,新竹园,2号楼,2,52
晨光区,梧桐街道,西里社区,银杏里,甲楼,0,24
星河区,湖滨街道,湖心社区,湖畔居,1号楼,1,30
`

var digestField = regexp.MustCompile(`name="digest" value="([^"]+)"`)

// A register is uploaded, previewed, and applied only by a yes to that plan.
func TestImport(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	p.upload("register.csv", register, "forged").expect(t, "without the token", 403)
	p.upload("register.csv", "", p.csrf).expect(t, "an empty file", 422, "没有内容")
	p.upload("picture.png", "\x89PNG\r\n\x1a\n\x00\x00", p.csrf).expect(t, "a picture", 422)
	r := p.upload("register.csv", register, p.csrf)
	if r.Status != 303 {
		t.Fatalf("upload: %d %s", r.Status, excerpt(r.Body))
	}
	plan := r.To
	r = p.get(plan)
	r.expect(t, "preview", 200, "新竹园", "register.csv", "不在您的辖区内", "<del>20</del>", "<ins>24</ins>", "新增 1，变更 1")
	if n := s.projects("新竹园"); n != 0 {
		t.Fatalf("the preview wrote %d projects", n)
	}
	s.signIn(s.Colleague).get(plan).expect(t, "somebody else's upload", 404)
	digest := digestField.FindStringSubmatch(r.Body)[1]
	p.post(plan, url.Values{"digest": {digest}, "strict": {"1"}}).expect(t, "strict", 409, "没有写入")
	p.post(plan, url.Values{"digest": {"another"}}).expect(t, "another plan", 409, "新竹园")
	if n := s.projects("新竹园"); n != 0 {
		t.Fatalf("a refused plan wrote %d projects", n)
	}
	p.post(plan, url.Values{"digest": {digest}}).goes(t, "applying", "/admin/projects?done=imported")
	if n := s.projects("新竹园"); n != 1 {
		t.Errorf("%d projects after applying", n)
	}
	p.get("/admin/projects?q=新竹").expect(t, "search", 200, "新竹园", "100", "!晨光花园")
	again := p.get(p.upload("register.csv", register, p.csrf).To)
	again.expect(t, "the same file again", 200, "没有需要写入的变化")
}

// Who works for the whole city is asked which district a register without
// such a column is of; a district's own register is of that district.
func TestImportWithoutDistrict(t *testing.T) {
	const text = "街道,社区,小区,楼号,户数\n梧桐街道,东里社区,新竹园,1号楼,48\n"
	s := newSite(t)
	p := s.signIn(s.District)
	if r := p.upload("a.csv", text, p.csrf); r.Status != 303 {
		t.Errorf("a district's register: %d %s", r.Status, excerpt(r.Body))
	} else {
		p.get(r.To).expect(t, "its plan", 200, "新竹园", "按“晨光区”读取", "新增 1")
	}
	p = s.signIn(s.Admin)
	p.get("/admin/projects/import").expect(t, "the page", 200, `<select id="district"`, "<option>晨光区", "!<details class=\"field\" open")
	p.upload("b.csv", text, p.csrf).expect(t, "nobody says the district", 422, "不知道是哪个区的", `<details class="field" open`, `name="district"`)
	r := p.uploadAs("b.csv", text, map[string]string{"csrf": p.csrf, "district": "晨光区"})
	if r.Status != 303 {
		t.Fatalf("with the district: %d %s", r.Status, excerpt(r.Body))
	}
	p.get(r.To).expect(t, "the plan", 200, "新竹园", "新增 1")
}

// A file beyond the limit is refused in words, before it is read.
func TestImportTooLarge(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	p.upload("large.csv", strings.Repeat("x", 51<<20), p.csrf).expect(t, "51 MiB", 413, "“large.csv”超过 50 MB", "分成几个文件")
	p.post("/admin/campaigns/new", url.Values{"name": {strings.Repeat("x", 2<<20)}}).expect(t, "2 MiB of name", 413)
}

// unread counts what is read of it.
type unread struct {
	io.Reader
	bytes int
}

func (u *unread) Read(b []byte) (int, error) {
	n, err := u.Reader.Read(b)
	u.bytes += n
	return n, err
}

// Nothing of a body is read before it is known who sends it; only a file of
// somebody who may import may be larger than 1 MiB.
func TestBodiesOfStrangers(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/admin/projects/import", "/admin/campaigns/new"} {
		body := &unread{Reader: strings.NewReader("--x\r\n" + strings.Repeat("x", 2<<20))}
		request := httptest.NewRequest("POST", path, body)
		request.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		s.visitor().do(request).goes(t, path, "/admin/login")
		if body.bytes != 0 {
			t.Errorf("%s read %d bytes of nobody", path, body.bytes)
		}
	}
	p := s.signIn(s.District)
	p.post("/admin/projects/import", url.Values{"file": {strings.Repeat("x", 2<<20)}}).expect(t, "2 MiB without a file", 413)
}

func (s *site) projects(name string) int {
	_, n, err := s.Store.Projects(s.Ctx(), survey.CityScope(), survey.ProjectFilter{Search: name})
	s.Must(err)
	return n
}
