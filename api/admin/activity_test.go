package admin_test

import (
	"net/url"
	"strconv"
	"testing"

	"meihao/survey"
)

// activityValues are the form of an activity as the city fills it in.
func activityValues(change func(url.Values)) url.Values {
	v := url.Values{
		"year": {"2024"}, "name": {"2024年创建活动"}, "document": {"京建发〔2024〕372号"}, "order": {"satisfaction_first"},
		"district_cap": {"1"}, "nominees_least": {"1"}, "nominees_most": {"1"}, "city_titles": {"20"}, "ministry_cases": {"3"}, "objection_days": {"7"},
		"starts": {"2024-06-01"}, "district_due": {"2024-09-30"}, "report_due": {""}, "complaints_from": {"2023-07"}, "complaints_to": {"2024-06"},
		"pooled": {"1"},
	}
	if change != nil {
		change(v)
	}
	return v
}

// 2024's round is made on the page as data: one nominee by the last moment of
// 30 September, out of a pool.
func TestAnActivityIsMadeOfData(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.City)
	for field, spoil := range map[string]func(url.Values){
		"error.activity.order":  func(v url.Values) { v.Del("order") },
		"error.activity.months": func(v url.Values) { v.Set("complaints_to", "2023-06") },
		"error.activity.number": func(v url.Values) { v.Set("district_cap", "十") },
	} {
		r := p.post("/admin/activities/new", activityValues(spoil))
		r.expect(t, field, 422, "京建发〔2024〕372号", "2024年创建活动") // what was typed comes back
	}
	r := p.post("/admin/activities/new", activityValues(nil))
	if r.Status != 303 {
		t.Fatalf("%d %s", r.Status, excerpt(r.Body))
	}
	list, err := s.Store.Activities(s.Ctx())
	s.Must(err)
	var a survey.Activity
	for _, one := range list {
		if one.Year == 2024 {
			a = one
		}
	}
	if !a.Pooled || a.NomineesMost != 1 || a.Order != survey.SatisfactionFirst || a.DistrictDue.UTC().Format("2006-01-02T15:04:05") != "2024-09-30T15:59:59" ||
		a.ComplaintsTo.UTC().Format("2006-01-02") != "2024-06-30" {
		t.Errorf("%+v", a)
	}
	path := "/admin/activities/" + a.ID.String()
	p.get(path).expect(t, "activity", 200, "9月30日", "京建发〔2024〕372号", "居民满意率在前")
	p.post(path+"/edit", activityValues(func(v url.Values) {
		v.Set("revision", strconv.FormatInt(a.Revision, 10))
		v.Set("reason", "按文件调整名额")
		v.Set("city_titles", "22")
	})).goes(t, "change", path+"?done=activity_changed")
	p.post(path+"/edit", activityValues(func(v url.Values) { v.Set("revision", "0"); v.Set("reason", "按文件调整名额") })).
		expect(t, "a change of what was changed since", 409, "别人刚改过")
	p.post(path+"/end", url.Values{"reason": {"本年度活动结束"}}).goes(t, "end", path+"?done=activity_ended")
	p.get(path+"/edit").expect(t, "edit after the end", 409)
	p.get("/admin/campaigns/new").expect(t, "an ended activity is no choice of a campaign", 200, "!2024年创建活动")
	p.post("/admin/campaigns/new", url.Values{"owner": {"city"}, "activity": {a.ID.String()}}).expect(t, "a campaign of an ended activity", 422)
}

// A community applies, the district reviews and accepts; the clock says when
// it is late, and who applied does not decide.
func TestApplicationTravels(t *testing.T) {
	s := newSite(t)
	list, err := s.Store.Activities(s.Ctx())
	s.Must(err)
	root := "/admin/activities/" + list[0].ID.String()
	path := root + "/applications/" + s.Project.ID.String()
	community, district, stranger := s.signIn(s.Community), s.signIn(s.District), s.signIn(s.Stranger)
	community.post(path+"/apply", url.Values{"statement": {""}}).expect(t, "an empty statement", 422, "申报理由")
	community.post(path+"/apply", url.Values{"statement": {"小区基础较好"}}).goes(t, "apply", path+"?done=applied")
	community.get(path).expect(t, "as the applicant", 200, "小区基础较好", "撤回申报", "!不予接收</button>")
	district.get(path).expect(t, "no mode", 200, "还没有选定创建方式")
	part := root + "/districts/" + s.Project.Place.District.String()
	district.post(part, url.Values{"mode": {"voluntary"}, "cap": {"11"}}).expect(t, "a cap above the activity's", 422, "1–10")
	stranger.post(part, url.Values{"mode": {"voluntary"}, "cap": {"3"}}).expect(t, "another district's part", 404)
	district.post(part, url.Values{"mode": {"voluntary"}, "cap": {"3"}, "contact": {"王老师"}}).goes(t, "part", root+"?done=part_changed")
	district.post(path+"/accept", nil).expect(t, "accepted before review", 409, "不能做这一步")
	district.post(path+"/return", nil).expect(t, "returned without reason", 422)
	stranger.post(path+"/review", nil).expect(t, "reviewed by another district", 404)
	district.post(path+"/review", nil).goes(t, "review", path+"?done=application_reviewed")
	district.post(path+"/accept", nil).goes(t, "accept", path+"?done=application_accepted")
	community.post(path+"/withdraw", url.Values{"reason": {"不想参加了"}}).expect(t, "withdrawn after acceptance", 409)
	district.get(root+"/applications?stage=accepted").expect(t, "list", 200, s.Project.Name, "已接收 1 个")
	stranger.get(root+"/applications").expect(t, "another district's list", 200, "!"+s.Project.Name)
}
