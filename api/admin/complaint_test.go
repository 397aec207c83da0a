package admin_test

import (
	"bytes"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"meihao/survey"
)

// tickets are of one week before the world's clock: one on time, one late, one
// open, one reopened, one not valid, and two of projects nobody knows.
const complaintLog = `工单编号,诉求来源,区,小区名称,诉求类型,受理时间,首次响应时间,办结时间,是否重开,是否有效
A-1,12345,晨光区,晨光花园,紧急,2026-01-05 09:00,2026-01-05 11:00,2026-01-06 09:00,否,是
A-2,12345,晨光区,晨光花园,紧急,2026-01-06 09:00,2026-01-06 11:01,2026-01-06 12:00,否,是
A-3,12345,晨光区,紫藤苑,一般,2026-01-07 09:00,,,否,是
A-4,12345,晨光区,银杏里,一般,2026-01-08 09:00,2026-01-08 10:00,2026-01-09 09:00,是,是
A-5,12345,晨光区,银杏里,一般,2026-01-08 09:00,2026-01-08 10:00,2026-01-09 09:00,否,否
A-6,12345,晨光区,晨光花圆,一般,2026-01-09 09:00,2026-01-09 10:00,2026-01-10 09:00,否,是
A-7,12345,晨光区,晨光花圆,一般,2026-01-10 09:00,2026-01-10 10:00,2026-01-11 09:00,否,是
B-1,12345,星河区,湖畔居,一般,2026-01-10 09:00,2026-01-10 10:00,2026-01-11 09:00,否,是
`

// sendComplaints uploads a file of complaints with what is said of it.
func (p *person) sendComplaints(name, text string, fields map[string]string) reply {
	p.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	p.Must(form.WriteField("csrf", p.csrf))
	for field, value := range fields {
		p.Must(form.WriteField(field, value))
	}
	part, err := form.CreateFormFile("file", name)
	p.Must(err)
	_, err = part.Write([]byte(text))
	p.Must(err)
	p.Must(form.Close())
	request := httptest.NewRequest("POST", "/admin/complaints/import", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	return p.do(request)
}

// imports uploads a file and accepts its plan.
func (p *person) imports(name, text string, fields map[string]string) {
	p.T.Helper()
	sent := p.sendComplaints(name, text, fields)
	if sent.Status != 303 {
		p.T.Fatalf("upload: %d %s", sent.Status, excerpt(sent.Body))
	}
	found := digestField.FindStringSubmatch(p.get(sent.To).Body)
	if found == nil {
		p.T.Fatalf("no plan: %s", excerpt(p.get(sent.To).Body))
	}
	if r := p.post(sent.To, url.Values{"digest": {found[1]}}); r.Status != 303 || !strings.Contains(r.To, "done=complaints_imported") {
		p.T.Fatalf("applying: %d %s %s", r.Status, r.To, excerpt(r.Body))
	}
}

func (s *site) complaints(f survey.ComplaintFilter) int {
	s.T.Helper()
	_, n, err := s.Store.Complaints(s.Ctx(), survey.CityScope(), f)
	s.Must(err)
	return n
}

// A log is uploaded, previewed, and applied only by a yes to that plan; rows of
// another district are refused to a district.
func TestComplaintImport(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	p.get("/admin/complaints").expect(t, "nothing yet", 200, "还没有诉求数据", "/admin/complaints/import")
	p.get("/admin/complaints/batches").expect(t, "no files", 200, "还没有导入过")
	p.get("/admin/complaints/unmatched").expect(t, "nothing waits", 200, "没有待匹配")
	p.sendComplaints("x.csv", "随便,写点\n1,2\n", nil).expect(t, "no header", 422, "x.csv", "表头")
	p.sendComplaints("x.csv", complaintLog, map[string]string{"from": "2026-02", "document": "京信〔2026〕1号"}).expect(t, "one month", 422, "截止月", `value="2026-02"`, "京信〔2026〕1号")
	sent := p.sendComplaints("工单.csv", complaintLog, map[string]string{"from": "2026-01", "to": "2026-01"})
	if sent.Status != 303 {
		t.Fatalf("upload: %d %s", sent.Status, excerpt(sent.Body))
	}
	plan := p.get(sent.To)
	plan.expect(t, "the plan", 200, "工单.csv", "新增 7，变更 0", "不在您的辖区内", "2026-01", "晨光花圆", "未匹配小区", "!湖畔居")
	if n := s.complaints(survey.ComplaintFilter{}); n != 0 {
		t.Fatalf("the preview wrote %d", n)
	}
	s.signIn(s.Colleague).get(sent.To).expect(t, "somebody else's upload", 404)
	digest := digestField.FindStringSubmatch(plan.Body)[1]
	p.post(sent.To, url.Values{"digest": {digest}, "strict": {"1"}}).expect(t, "strict", 409, "没有写入")
	p.post(sent.To, url.Values{"digest": {"other"}}).expect(t, "another plan", 409)
	p.post(sent.To, url.Values{"digest": {digest}}).goes(t, "applying", "/admin/complaints/unmatched?done=complaints_imported")
	if n := s.complaints(survey.ComplaintFilter{}); n != 7 {
		t.Fatalf("%d were written", n)
	}
	again := p.sendComplaints("工单.csv", complaintLog, nil)
	p.get(again.To).expect(t, "the same file again", 200, "没有需要写入的变化")
}

// The list is narrowed by class, state and words, and the review list gives
// what nobody knew a project.
func TestComplaintsListAndMatch(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	p.imports("工单.csv", complaintLog, nil)
	for query, want := range map[string][]string{
		"?class=URGENT":      {"A-1", "A-2", "!A-3"},
		"?state=late":        {"A-2", "A-3", "!A-1<", "!A-5", "!A-6"},
		"?state=on_time":     {"A-1", "A-6", "A-7", "!A-2", "!A-3"},
		"?state=open":        {"A-3", "!A-1", "!A-4"},
		"?state=reopened":    {"A-4", "!A-3"},
		"?state=invalid":     {"A-5", "!A-4"},
		"?q=紫藤":              {"A-3", "!A-1"},
		"?q=nothing%25there": {"没有符合条件"},
	} {
		p.get("/admin/complaints"+query).expect(t, query, 200, want...)
	}
	r := p.get("/admin/complaints/unmatched")
	r.expect(t, "the review list", 200, "晨光花圆", "2 件", "晨光花园")
	group := between(t, r.Body, `name="group" value="`, `"`)
	list, _, err := s.Store.Complaints(s.Ctx(), survey.CityScope(), survey.ComplaintFilter{Unmatched: true})
	s.Must(err)
	form := url.Values{"group": {group}, "complaint": {list[0].ID.String(), list[1].ID.String()}}
	p.post("/admin/complaints/unmatched", form).expect(t, "nothing chosen", 422, "请选择小区")
	form.Set("project", "none")
	form.Set("reason", "不")
	p.post("/admin/complaints/unmatched", form).expect(t, "no reason", 422, `value="不"`)
	form.Set("project", "other")
	form.Set("other", "湖畔居")
	p.post("/admin/complaints/unmatched", form).expect(t, "outside", 422, "辖区内没有找到", `value="湖畔居"`)
	form.Set("project", s.Foreign.ID.String())
	p.post("/admin/complaints/unmatched", form).expect(t, "outside by id", 404)
	form.Set("project", s.Project.ID.String())
	p.post("/admin/complaints/unmatched", form).goes(t, "matched", "/admin/complaints/unmatched?done=complaints_matched")
	p.post("/admin/complaints/unmatched", form).expect(t, "twice", 404)
	if n := s.complaints(survey.ComplaintFilter{Project: s.Project.ID}); n != 4 {
		t.Errorf("the project has %d", n)
	}
	p.get("/admin/complaints/projects/"+s.Project.ID.String()).expect(t, "the project", 200, "A-6", "通知没有规定具体数字", "3/4", "到期诉求只有 4 件")
}

func between(t *testing.T, text, before, after string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, before)
	if !found {
		t.Fatalf("no %s", before)
	}
	value, _, _ := strings.Cut(rest, after)
	return value
}

// A district learns of the city's ranking its own ranks and how many there are,
// and no name or figure of another district.
func TestComplaintRankingTellsNothingOfOthers(t *testing.T) {
	s := newSite(t)
	city := s.signIn(s.City)
	city.imports("月报.csv", "区,小区名称,2026年1月\n晨光区,晨光花园,7\n星河区,湖畔居,4321\n", nil)
	p := s.signIn(s.District)
	p.get("/admin/complaints/ranking").expect(t, "the ranking", 200, "晨光花园", "没有全市数据", "!湖畔居", "!4,321")
	p.get("/admin/complaints/ranking?as=csv").expect(t, "the ranking as CSV", 200, "晨光花园", "!湖畔居", "!4321")
	p.get("/admin/complaints/projects/"+s.Foreign.ID.String()).expect(t, "another district's project", 404)
	p.get("/admin/complaints/batches").expect(t, "the city's file", 200, "!月报.csv")
	city.get("/admin/complaints/ranking").expect(t, "the city's ranking", 200, "湖畔居", "4,321")
	city.sendComplaints("排名.csv", "区,小区名称,全市排名,参评项目数\n晨光区,晨光花园,1,8000\n", nil).expect(t, "a ranking without its document", 422, "必须填写")
	city.imports("排名.csv", "区,小区名称,全市排名,参评项目数\n晨光区,晨光花园,1,8000\n", map[string]string{"document": "京信〔2026〕9号"})
	p.get("/admin/complaints/ranking").expect(t, "with an imported rank", 200, "京信〔2026〕9号", "达到")
}

// A file is taken back with a reason, once.
func TestComplaintBatchRemoval(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	p.imports("工单.csv", complaintLog, map[string]string{"from": "2026-01", "to": "2026-02"})
	r := p.get("/admin/complaints/batches")
	r.expect(t, "the files", 200, "工单.csv", "2026-01 – 2026-02")
	path := "/admin/complaints/batches/" + between(t, r.Body, `/admin/complaints/batches/`, `"`)
	p.get(path).expect(t, "what will happen", 200, "工单.csv", "不再算作数据完整")
	p.post(path, nil).expect(t, "without a reason", 422)
	s.signIn(s.staff("lakeside", survey.DistrictRole, survey.Scope{District: s.Foreign.Place.District})).get(path).expect(t, "of another district", 404)
	p.post(path, url.Values{"reason": {"文件有误，重新导入"}}).goes(t, "taken back", "/admin/complaints/batches?done=complaints_removed")
	if n := s.complaints(survey.ComplaintFilter{}); n != 0 {
		t.Errorf("%d are left", n)
	}
	p.get(path).expect(t, "again", 404)
}

// Every sample can be had, and its examples come into no log.
func TestComplaintTemplates(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	for _, query := range []string{"", "?form=months", "?form=ranks"} {
		r := p.get("/admin/complaints/template" + query)
		if r.Status != 200 || !strings.Contains(r.Header.Get("Content-Disposition"), "attachment") {
			t.Fatalf("%s: %d", query, r.Status)
		}
		sent := p.sendComplaints("样例.xlsx", r.Body, map[string]string{"document": "样例"})
		if sent.Status != 303 {
			t.Fatalf("%s: %d %s", query, sent.Status, excerpt(sent.Body))
		}
		p.get(sent.To).expect(t, "with its examples only", 200, "2 行示例没有导入", "没有需要写入的变化")
	}
}
