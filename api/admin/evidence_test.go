package admin_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"html"
	"image"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"meihao/survey"
	"meihao/survey/evidence"
)

const pdfFile = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"

// evidence adds a file to an item of the world's project.
func (s *site) evidence(by survey.Actor, item string) survey.ID {
	s.T.Helper()
	data := []byte(pdfFile)
	f := evidence.File{Name: "决定书.pdf", Type: evidence.PDF, Data: data, SHA256: sha256.Sum256(data)}
	id, err := s.Store.AddEvidence(s.Ctx(), by, s.Campaign.Activity, s.Project.ID, item, evidence.Piece{File: &f})
	s.Must(err)
	return id
}

func (s *site) item(item string) string {
	return "/admin/sheets/" + s.Campaign.Activity.String() + "/" + s.Project.ID.String() + "/items/" + item
}

func (s *site) declarations() string {
	return "/admin/sheets/" + s.Campaign.Activity.String() + "/declarations"
}

// third is a third party of the first district, signed in.
func (s *site) third() (survey.Actor, *person) {
	s.T.Helper()
	a := s.staff("third", survey.ThirdParty, survey.Scope{District: s.Project.Place.District})
	return a, s.signIn(a)
}

// attach sends a file as the form of an item does.
func (p *person) attach(item, name, data, note string) reply {
	p.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	p.Must(form.WriteField("csrf", p.csrf))
	part, err := form.CreateFormFile("file", name)
	p.Must(err)
	_, err = io.WriteString(part, data)
	p.Must(err)
	p.Must(form.WriteField("note", note))
	p.Must(form.Close())
	request := httptest.NewRequest("POST", p.item(item)+"/evidence", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	return p.do(request)
}

func (s *site) pieces() (n int) {
	s.T.Helper()
	s.Must(s.SQL().QueryRow("SELECT (SELECT COUNT(*) FROM evidence) + (SELECT COUNT(*) FROM evidence_parts)").Scan(&n))
	return n
}

var evidenceLink = regexp.MustCompile(`href="(/admin/evidence/[0-9A-Z]+)"`)

// A photograph is added, shown in the page and nowhere else, and removed.
func TestEvidence(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	var photo bytes.Buffer
	s.Must(jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 40, 30)), nil))
	p.attach("2.1", `C:\Users\某人\..\现场.jpg`, photo.String(), "门口").goes(t, "a photograph", s.item("2.1")+"?done=evidence_added")
	p.attach("2.1", "决定书.pdf", pdfFile, "").goes(t, "a PDF", s.item("2.1")+"?done=evidence_added")
	p.attach("2.1", "", "", "只有说明").goes(t, "a note", s.item("2.1")+"?done=evidence_added")
	r := p.get(s.item("2.1") + "/evidence")
	r.expect(t, "the list", 200, ">现场.jpg<", ">决定书.pdf<", "门口", "只有说明", "评分人员", "!某人")
	links := evidenceLink.FindAllStringSubmatch(r.Body, -1)
	if len(links) != 2 {
		t.Fatalf("%d links: %v", len(links), links)
	}
	for _, link := range links {
		r := p.get(link[1])
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", link[1], name, got)
			}
		}
		how, kind := r.Header.Get("Content-Disposition"), r.Header.Get("Content-Type")
		if pdf := r.Body == pdfFile; pdf != strings.HasPrefix(how, "attachment; filename*=utf-8''") || pdf != (kind == "application/pdf") || !pdf && !strings.HasPrefix(how, "inline;") {
			t.Errorf("%s goes as %s, %s", link[1], kind, how)
		}
	}
	s.signIn(s.Community).get(links[0][1]).expect(t, "the community", 404)
	s.signIn(s.Stranger).get(links[0][1]).expect(t, "another district", 404)
	p.get(links[0][1]+"/remove").expect(t, "the question", 200, "不能恢复")
	p.post(links[0][1]+"/remove", url.Values{"reason": {""}}).expect(t, "no reason", 422)
	p.post(links[0][1]+"/remove", url.Values{"reason": {"传错了文件"}}).goes(t, "removed", s.item("2.1")+"?done=evidence_removed")
	p.get(links[0][1]).expect(t, "what was removed", 404)
	p.get(s.item("2.1")+"/evidence").expect(t, "the list after", 200, "已移除")
}

// What cannot be evidence comes back on its form, with what was typed and
// with the reason; nothing of it stays.
func TestEvidenceIsRefused(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	for name, data := range map[string]string{
		"page.jpg":         "<!doctype html><script>alert(1)</script>",
		"drawing.svg":      `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
		"archive.zip":      "PK\x03\x04" + strings.Repeat("\x00", 4<<20),
		"acts.pdf":         strings.Replace(pdfFile, "/Catalog", "/Catalog /OpenAction << /S /JavaScript /JS (x) >>", 1),
		"half.png":         "\x89PNG\r\n\x1a\n",
		"polyglot.pdf":     pdfFile + "PK\x03\x04",
		"../../page.html":  "<p>hello</p>",
		"eleven megabytes": strings.Repeat("x", 11<<20),
	} {
		status := 422
		if strings.HasPrefix(name, "eleven") {
			status = 413
		}
		r := p.attach("2.1", name, data, "写好的说明")
		r.expect(t, name, status, `id="evidence_file-error"`, "!alert(1)")
		if status == 422 {
			r.expect(t, name, status, "写好的说明")
		}
	}
	p.attach("2.1", "", "", "").expect(t, "nothing", 422, "请选择文件")
	p.attach("2.1", "x.pdf", pdfFile, strings.Repeat("长", 1001)).expect(t, "a long note", 422, `id="evidence_note-error"`)
	p.attach("9.9", "x.pdf", pdfFile, "").expect(t, "no such item", 404)
	own := s.signIn(s.OtherCommunity)
	own.attach("2.1", "x.pdf", pdfFile, "").expect(t, "another's project", 404)
	p.csrf = "forged"
	p.attach("2.1", "x.pdf", pdfFile, "").expect(t, "a forged form", 403)
	if n := s.pieces(); n != 0 {
		t.Errorf("%d rows are left behind", n)
	}
}

// endless is the beginning of a form and then a gigabyte.
type endless struct {
	head io.Reader
	left int64
	read int64
}

func (e *endless) Read(b []byte) (int, error) {
	n, err := e.head.Read(b)
	if n == 0 && err == io.EOF && e.left > 0 {
		n, err = int(min(int64(len(b)), e.left)), nil
		clear(b[:n])
		e.left -= int64(n)
	}
	e.read += int64(n)
	return n, err
}

// A gigabyte is refused without being read: none of it where the request says
// how large it is, else no more than a file may have. It takes no memory and
// leaves no file.
func TestAGigabyteIsRefused(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := newSite(t)
	p := s.signIn(s.District)
	for _, says := range []bool{true, false} {
		head := fmt.Sprintf("--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.pdf\"\r\n\r\n%%PDF-1.7\n", p.csrf)
		body := &endless{head: strings.NewReader(head), left: 1 << 30}
		request := httptest.NewRequest("POST", s.item("2.1")+"/evidence", body)
		request.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		request.ContentLength = -1
		most := int64(evidence.MaxBytes + 1<<17)
		if says {
			request.ContentLength, most = 1<<30+int64(len(head)), 1<<12
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p.do(request).expect(t, fmt.Sprintf("a gigabyte, said %v", says), 413, "文件超过 10 MB")
		runtime.ReadMemStats(&after)
		if body.read > most {
			t.Errorf("said %v: %d bytes were read", says, body.read)
		}
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 40 {
			t.Errorf("said %v: it took %d MB", says, used)
		}
	}
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	s.Must(err)
	if len(left) != 0 || s.pieces() != 0 {
		t.Errorf("left behind: %v, %d rows", left, s.pieces())
	}
}

// A third party says of its projects whether it has an interest, before it
// adds evidence; the district sees what it said, the community does not.
func TestDeclarations(t *testing.T) {
	s := newSite(t)
	actor, p := s.third()
	p.get(s.declarations()).expect(t, "before", 200, "晨光花园", "还有 3 个小区没有声明", "!湖畔居")
	list := strings.TrimSuffix(s.declarations(), "/declarations")
	p.get(list).expect(t, "the list before", 200, "须先声明")
	p.attach("2.1", "", "", "现场查看").expect(t, "evidence before", 409, "请先声明")
	p.post(s.declarations(), url.Values{"interest": {"no"}}).expect(t, "of nothing", 422, "请至少选一个小区")
	project := []string{s.Project.ID.String(), s.Neighbour.ID.String()}
	p.post(s.declarations(), url.Values{"project": project}).expect(t, "nothing said", 422, `value="`+project[0]+`" id="p-`+project[0]+`" checked`)
	p.post(s.declarations(), url.Values{"interest": {"yes"}, "project": project}).expect(t, "which interest", 422, "请写明是什么利害关系")
	p.post(s.declarations(), url.Values{"interest": {"no"}, "project": {s.Foreign.ID.String()}}).expect(t, "elsewhere", 404)
	p.post(s.declarations(), url.Values{"interest": {"no"}, "project": project}).goes(t, "none", s.declarations()+"?done=declared")
	p.get(s.declarations()).expect(t, "after", 200, "还有 1 个小区没有声明", "无利害关系")
	p.get(list).expect(t, "the list with one left", 200, "须先声明")
	p.get(list+"/"+project[0]).expect(t, "a declared sheet", 200, "!须先声明")
	p.attach("2.1", "", "", "现场查看").goes(t, "evidence after", s.item("2.1")+"?done=evidence_added")
	s.signIn(s.District).get(s.declarations()).expect(t, "the district", 200, actor.Username, "紫藤苑", html.EscapeString("无利害关系"), "!银杏里", `!name="project"`)
	s.signIn(s.Community).get(s.declarations()).expect(t, "the community", 404)
	s.signIn(s.Auditor).get(s.declarations()+"?as=csv").expect(t, "the auditor's table", 200, "晨光花园", "无利害关系")
	_, all, err := s.Store.Declarable(s.Ctx(), actor.Scope, s.Campaign.Activity)
	s.Must(err)
	for _, one := range all {
		s.Must(s.Store.Declare(s.Ctx(), actor, s.Campaign.Activity, one.ID, false, ""))
	}
	p.get(list).expect(t, "the list after all", 200, "!须先声明")
}
