package admin_test

import (
	"testing"

	"meihao/survey"
)

// A room that the household list forgot is typed on the register's form, and
// taken from there into the running campaign.
func TestAddForgottenRoomsByPages(t *testing.T) {
	s := newSite(t)
	if _, err := s.SQL().Exec("UPDATE buildings SET rooms = ? WHERE id = ?", "1:101-120;2:101-118", s.Project.Buildings[0].ID); err != nil {
		t.Fatal(err)
	}
	s.Campaign = s.OpenCampaign(s.Draft(nil))
	p, path := s.signIn(s.Community), "/admin/projects/"+s.Project.ID.String()
	r := p.get(path + "/edit")
	r.expect(t, "the form", 200, `name="b0-rooms"`, `!name="b1-rooms"`, "户清单漏了房号的", "户清单 38 户")
	form := formOf(t, r.Body)
	form.Set("b0-rooms", "119、120")
	p.post(path+"/edit", form).expect(t, "of which unit", 422, "请写明是哪个单元", `value="119、120"`, `href="#b0-rooms"`)
	form.Set("b0-rooms", "2单元119-121")
	p.post(path+"/edit", form).expect(t, "too many", 422, "40 户少于户清单上的 41 户", `value="2单元119-121"`)
	form.Set("b0-rooms", "2单元119、120室")
	p.post(path+"/edit", form).goes(t, "adding", path+"?done=corrected")
	p.get(path).expect(t, "the history", 200, "房号: <del>38</del> → <ins>40</ins>")

	d, page := s.signIn(s.District), s.path("/projects/"+s.Project.ID.String())
	d.get(page).expect(t, "what the campaign lacks", 200, "和这次调查用的不一样", "房号 40")
	r = d.get(page + "/correct?register=1")
	r.expect(t, "the form", 200, `value="2单元119、120"`)
	form = formOf(t, r.Body)
	form.Set("step", "preview")
	r = d.post(page+"/correct", form)
	r.expect(t, "the preview", 200, "房号: <del>38</del> → <ins>40</ins>")
	form = formOf(t, r.Body)
	form.Set("reason", "户清单漏了两户")
	form.Set("step", "apply")
	d.post(page+"/correct", form).goes(t, "correcting", page+"?done=corrected")
	d.get(page).expect(t, "after it", 200, "<ins>40</ins>", "!和这次调查用的不一样")
}

// What would give a home two votes, or show a few homes by themselves, is
// refused with words at the field.
func TestFrozenFormRefuses(t *testing.T) {
	s := newSite(t)
	p, page := s.signIn(s.District), s.path("/projects/"+s.Project.ID.String())
	form := formOf(t, p.get(page+"/correct").Body)
	form.Set("step", "preview")
	for field, c := range map[string]struct{ typed, want string }{
		"b0-units":      {"0", "开始以后"},
		"b0-name":       {"2号楼", "是同一栋楼"},
		"b2-households": {"3", "至少 10 户"},
	} {
		was := form.Get(field)
		form.Set(field, c.typed)
		p.post(page+"/correct", form).expect(t, field, 422, c.want, `href="#`+field+`"`)
		form.Set(field, was)
	}
}

// Of a correction that waits nobody learns who may not see its project, and a
// page about another project says nothing of it.
func TestPendingCorrectionIsOfItsProject(t *testing.T) {
	s := newSite(t)
	s.SealCampaign()
	e, groups, err := s.Store.Enrolment(s.Ctx(), survey.CityScope(), s.Campaign.ID, s.Project.ID)
	s.Must(err)
	e.Groups = groups
	to := survey.FrozenCorrection{Homes: e.Homes, Buildings: e.Project.Buildings, Seen: e.Digest()}
	to.Households = 90
	_, err = s.Store.CorrectEnrolment(s.Ctx(), s.District, s.Campaign.ID, s.Project.ID, to, "户数录错")
	s.Must(err)
	sibling := s.path("/projects/" + s.Sibling.ID.String())
	s.signIn(s.District).get(s.path("/projects/"+s.Project.ID.String())).expect(t, "its own page", 200, "户数录错")
	s.signIn(s.Colleague).get(sibling).expect(t, "another project's", 200, "!户数录错")
	s.signIn(s.OtherCommunity).get(sibling).expect(t, "another community's", 200, "!户数录错", "!district 测试员")
}
