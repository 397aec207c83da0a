package model_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
)

// voices is a world in which people wrote.
type voices struct {
	published
	lexicon survey.Lexicon
}

// said is what the first people of voices write; the phone number is in the
// second.
func said() []string {
	return []string{
		"电梯经常坏，物业推诿", "停车位太少，找王经理没用，我的电话13800138000", "保洁很好，谢谢", "电梯困人", "100%_满意!", "没有意见",
		"绿化好", "物业费高", "狗叫扰民", "Ｅｌｅｖａｔｏｒ太慢", "充电桩不够", "楼道堆物",
	}
}

func newVoices(w *modeltest.World) voices {
	w.T.Helper()
	for i, text := range said() {
		w.Saved(w.Answer(i).Comment(text))
	}
	neighbour := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0])
	for i := range 9 { // one too few
		w.Saved(w.AnswerAt(neighbour, i).Comment("紫藤苑的意见"))
	}
	l, err := survey.ReadLexicon(static.Lexicon)
	w.Must(err)
	return voices{published{w}, l}
}

// read are the comments of a filter as one reads them, with masks.
func (v voices) read(a survey.Actor, f survey.CommentFilter) survey.CommentPage {
	v.T.Helper()
	f.Lexicon = v.lexicon
	if f.Limit == 0 {
		f.Limit = 100
	}
	page, err := v.Store.Comments(v.Ctx(), a, v.Campaign.ID, f)
	v.Must(err)
	return page
}

func commentTexts(p survey.CommentPage) []string {
	list := make([]string, len(p.List))
	for i, c := range p.List {
		list[i] = c.Text.Plain(func(m survey.Mask) string { return "{" + string(m) + "}" })
	}
	slices.Sort(list)
	return list
}

// Comments are read after closing and not before, by district and city, of
// projects with ten counted answers, which the city does not need.
func TestCommentsAreReadAfterClosing(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		v := newVoices(w)
		for _, a := range []survey.Actor{v.District, v.City, v.Admin} {
			if p := v.read(a, survey.CommentFilter{Count: true}); p.Why != survey.CommentsEarly || len(p.List)+p.Chosen+p.Themes.Comments > 0 {
				t.Errorf("%s reads %+v while it runs", a.Role, p)
			}
		}
		v.CloseCampaign()
		if p := v.read(v.District, survey.CommentFilter{}); len(p.List) != 12 || p.Few != 2 || strings.Contains(fmt.Sprint(commentTexts(p)), "紫藤苑") {
			t.Errorf("the district reads %d comments, %d projects have too few: %v", len(p.List), p.Few, commentTexts(p))
		}
		if p := v.read(v.City, survey.CommentFilter{}); len(p.List) != 21 || p.Few != 0 {
			t.Errorf("the city reads %d comments", len(p.List))
		}
		for name, want := range map[string]struct {
			actor survey.Actor
			kind  survey.Kind
		}{
			"community": {v.Community, survey.Forbidden}, "subdistrict": {v.Subdistrict, survey.Forbidden}, "auditor": {v.Auditor, survey.Forbidden},
			"company": {v.Company, survey.NotFound}, "another district": {v.Stranger, survey.NotFound},
		} {
			if _, err := v.Store.Comments(v.Ctx(), want.actor, v.Campaign.ID, survey.CommentFilter{Limit: 9}); survey.KindOf(err) != want.kind {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := v.Store.Comments(v.Ctx(), v.District, v.Campaign.ID, survey.CommentFilter{Project: v.Foreign.ID}); survey.KindOf(err) != survey.NotFound {
			t.Errorf("a project elsewhere: %v", err)
		}
	})
}

// What is masked is not found, neither by its text nor by what a page leaves
// out; what is there is, however it was written.
func TestCommentsAreSearched(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		v := newVoices(w)
		v.CloseCampaign()
		for search, want := range map[string]int{
			"电梯": 2, "13800138000": 0, "1380013": 0, "138": 0, "王": 0, "王经理": 0, "经理": 1, "elevator": 1, "ＥＬＥＶＡＴＯＲ": 1,
			"%": 1, "_": 1, "100%": 1, "!": 1, "没有": 1, "停车": 1, "{phone}": 0, "电话": 1, "": 12, "电梯\x00": 2, "坏，物业": 1,
		} {
			if p := v.read(v.District, survey.CommentFilter{Search: search}); len(p.List) != want {
				t.Errorf("%q finds %v, want %d", search, commentTexts(p), want)
			}
		}
		if p := v.read(v.District, survey.CommentFilter{Theme: "lift"}); len(p.List) != 3 {
			t.Errorf("of the lifts: %v", commentTexts(p))
		}
		if p := v.read(v.District, survey.CommentFilter{Theme: "lift", Search: "困人"}); len(p.List) != 1 {
			t.Errorf("of people in lifts: %v", commentTexts(p))
		}
		if p := v.read(v.District, survey.CommentFilter{Theme: "nothing"}); len(p.List) != 0 {
			t.Errorf("of no theme: %v", commentTexts(p))
		}
		counts := v.read(v.District, survey.CommentFilter{Count: true, Limit: 1}).Themes
		if counts.Comments != 12 || counts.Sample || counts.Counts[1] != 3 || counts.None != 1 {
			t.Errorf("themes: %+v", counts)
		}
		if p := v.read(v.City, survey.CommentFilter{Count: true, Project: v.Neighbour.ID}).Themes; p.Counts != nil || p.None != 0 || p.Comments != 9 {
			t.Errorf("themes of nine comments: %+v", p)
		}
	})
}

// Pages follow one another without a gap, in the order of ids and not of
// arrival.
func TestCommentsArePaged(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		v := newVoices(w)
		v.CloseCampaign()
		whole := v.read(v.City, survey.CommentFilter{})
		for _, f := range []survey.CommentFilter{{Limit: 4}, {Limit: 1}, {Limit: 2, Search: "，"}, {Limit: 1, Theme: "lift"}, {Limit: 4, Hidden: true}} {
			want := 0
			for _, c := range whole.List {
				if f.Hidden {
					continue
				}
				if folded := c.Text.Folded(); strings.Contains(folded, survey.SearchTerm(f.Search)) && (f.Theme == "" || slices.Contains(c.Themes, 1)) {
					want++
				}
			}
			var seen []survey.CommentID
			for range 50 {
				p := v.read(v.City, f)
				for _, c := range p.List {
					seen = append(seen, c.ID)
				}
				if f.After = survey.ParseCommentCursor(p.Next.String()); p.Next == (survey.CommentCursor{}) {
					break
				}
			}
			if distinct := len(slices.Compact(slices.Sorted(slices.Values(seen)))); distinct != want || len(seen) != want {
				t.Errorf("%+v: %d comments, %d of them different, want %d", f, len(seen), distinct, want)
			}
		}
		for i := 1; i < len(whole.List); i++ {
			a, b := whole.List[i-1], whole.List[i]
			if a.Project > b.Project || a.Project == b.Project && a.ID >= b.ID {
				t.Fatalf("comment %d is not in the order of project and id", i)
			}
		}
	})
}

// Which comments are shown does not depend on what became of their responses:
// a decision makes none appear, and neither does sealing.
func TestCommentsDoNotTellOfDecisions(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		v := newVoices(w)
		for i := range 32 { // more than 1号楼 has homes
			v.Saved(v.Answer(12 + i).Comment(fmt.Sprintf("第%d条", i)))
		}
		v.CloseCampaign()
		held, err := v.Store.Held(v.Ctx(), survey.CityScope(), v.Campaign.ID, v.Project.ID)
		v.Must(err)
		if len(held) == 0 {
			t.Fatal("nothing is held")
		}
		before := v.read(v.District, survey.CommentFilter{})
		for i, r := range held {
			p, err := v.Store.Propose(v.Ctx(), v.District, v.Campaign.ID, v.Project.ID, []int64{r.ID}, i%2 == 0, modeltest.Reason)
			v.Must(err)
			v.Must(v.Store.Decide(v.Ctx(), v.Colleague, p.ID, true))
			if after := v.read(v.District, survey.CommentFilter{}); !slices.Equal(commentTexts(before), commentTexts(after)) {
				t.Fatalf("decision %d changed what is read", i)
			}
		}
		v.SealCampaign()
		if after := v.read(v.District, survey.CommentFilter{}); len(after.List) != 44 || !slices.Equal(commentTexts(before), commentTexts(after)) {
			t.Errorf("after sealing %d comments are read", len(after.List))
		}
	})
}

// A hidden comment keeps its text and has a reason, which is masked in the
// audit record; it can be shown again. Verify notices what was done by hand.
func TestHideComment(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		v := newVoices(w)
		id := survey.CommentID(1)
		hide := func(a survey.Actor) error {
			return v.Store.HideComment(v.Ctx(), a, v.Campaign.ID, v.Project.ID, id, "写了张经理的电话13800138000")
		}
		v.refuses("hiding while it runs", hide, refusal{"the district", v.District, survey.Conflict})
		v.CloseCampaign()
		v.refuses("hiding what is not there", hide, refusal{"the district", v.District, survey.NotFound})
		id = v.read(v.District, survey.CommentFilter{Search: "困人"}).List[0].ID
		v.refuses("hiding", hide, refusal{"another district", v.Stranger, survey.NotFound}, refusal{"the auditor", v.Auditor, survey.Forbidden},
			refusal{"the company", v.Company, survey.Forbidden}, refusal{"the community", v.Community, survey.Forbidden})
		v.refuses("hiding for no reason", func(a survey.Actor) error {
			return v.Store.HideComment(v.Ctx(), a, v.Campaign.ID, v.Project.ID, id, " ")
		}, refusal{"the district", v.District, survey.Invalid}, refusal{"the city", v.City, survey.Invalid})
		v.Must(hide(v.District))
		head := v.head()
		v.Must(hide(v.City)) // hidden already
		if v.head() != head {
			t.Error("hiding twice left two events")
		}
		found := v.read(v.District, survey.CommentFilter{Hidden: true})
		if len(found.List) != 1 || found.List[0].Hidden != "写了＊＊经理的电话＊＊" || found.List[0].At.IsZero() || found.List[0].By == "" {
			t.Errorf("hidden: %+v", found.List)
		}
		list, err := v.Store.Events(v.Ctx(), 0, 1)
		v.Must(err)
		if e := list[0]; e.Action != "comment.hidden" || strings.Contains(fmt.Sprint(e), "1380") || strings.Contains(fmt.Sprint(e), "困人") || e.Reason != "写了＊＊经理的电话＊＊" {
			t.Errorf("the event is %+v", e)
		}
		v.Clean()
		v.Must(v.Store.ShowComment(v.Ctx(), v.City, v.Campaign.ID, v.Project.ID, id))
		if p := v.read(v.District, survey.CommentFilter{Hidden: true}); len(p.List) != 0 {
			t.Errorf("shown again, but %v is hidden", commentTexts(p))
		}
		v.Clean()
	})
}

// Verify finds marks that nobody made, that are of nothing, and that are gone.
func TestVerifyCommentMarks(t *testing.T) {
	for name, statement := range map[string]string{
		"is not there":            "UPDATE comment_marks SET comment = comment + 1",
		"without an event":        "INSERT INTO comment_marks SELECT campaign, project, 'hidden', id, 'x', 0, 0 FROM comments WHERE id NOT IN (SELECT comment FROM comment_marks) LIMIT 1",
		"though the last event":   "DELETE FROM comment_marks",
		"has marks on comments":   "UPDATE comment_marks SET project = (SELECT id FROM projects WHERE name = '湖畔居')",
		"rows in comment_marks":   "UPDATE comment_marks SET campaign = campaign + 1",
		"is shown, though the la": "UPDATE comment_marks SET mark = 'seen'",
	} {
		v := newVoices(modeltest.New(t))
		v.CloseCampaign()
		id := v.read(v.District, survey.CommentFilter{}).List[0].ID
		v.Must(v.Store.HideComment(v.Ctx(), v.District, v.Campaign.ID, v.Project.ID, id, "含个人信息"))
		v.Clean()
		db := v.SQL()
		_, err := db.Exec("PRAGMA foreign_keys = OFF")
		v.Must(err)
		_, err = db.Exec(statement)
		v.Must(err)
		findings, err := v.Store.Verify(v.Ctx(), 0)
		v.Must(err)
		if !strings.Contains(fmt.Sprint(findings), name) {
			t.Errorf("%s: found %v", name, findings)
		}
	}
}

// The company reads what was released to it, without what is hidden, while the
// results are public, and never of a project with few answers.
func TestReleaseComments(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		v := newVoices(w)
		release := func(a survey.Actor) error { return v.Store.ReleaseComments(v.Ctx(), a, v.Campaign.ID, v.Project.ID) }
		unread := func(when string) {
			t.Helper()
			if _, err := v.Store.Comments(v.Ctx(), v.Company, v.Campaign.ID, survey.CommentFilter{Project: v.Project.ID, Limit: 9}); survey.KindOf(err) != survey.NotFound {
				t.Errorf("%s the company: %v", when, err)
			}
		}
		v.SealCampaign()
		v.refuses("releasing before publication", release, refusal{"the district", v.District, survey.Conflict})
		v.Must(v.Store.PublishResults(v.Ctx(), v.District, v.Campaign.ID, 1))
		unread("before the release")
		v.refuses("releasing", release, refusal{"another district", v.Stranger, survey.NotFound}, refusal{"the company", v.Company, survey.Forbidden}, refusal{"the auditor", v.Auditor, survey.Forbidden})
		v.refuses("releasing few", func(a survey.Actor) error {
			return v.Store.ReleaseComments(v.Ctx(), a, v.Campaign.ID, v.Neighbour.ID)
		}, refusal{"the district", v.District, survey.Conflict}, refusal{"the city", v.City, survey.Conflict})
		hidden := v.read(v.District, survey.CommentFilter{Search: "困人"}).List[0].ID
		v.Must(v.Store.HideComment(v.Ctx(), v.District, v.Campaign.ID, v.Project.ID, hidden, "含个人信息"))
		v.Must(release(v.District))
		v.Clean()
		p := v.read(v.Company, survey.CommentFilter{Project: v.Project.ID, Count: true})
		if len(p.List) != 11 || strings.Contains(fmt.Sprint(commentTexts(p)), "困人") || p.Themes.Comments != 11 || p.Themes.Counts[1] != 2 || p.Released.IsZero() {
			t.Errorf("the company reads %v, %+v", commentTexts(p), p.Themes)
		}
		if p := v.read(v.Company, survey.CommentFilter{}); len(p.List) != 11 || p.Chosen != 1 {
			t.Errorf("of all its projects the company reads %d", len(p.List))
		}
		if p := v.read(v.Company, survey.CommentFilter{Project: v.Project.ID, Hidden: true}); len(p.List) != 0 {
			t.Errorf("of what is hidden the company reads %v", commentTexts(p))
		}
		v.Must(v.Store.RetractResults(v.Ctx(), v.District, v.Campaign.ID, modeltest.Reason))
		unread("without publication")
		v.Must(v.Store.PublishResults(v.Ctx(), v.District, v.Campaign.ID, 1))
		v.Must(v.Store.TakeBackComments(v.Ctx(), v.District, v.Campaign.ID, v.Project.ID, "还要再看一遍"))
		unread("after taking it back")
		v.Clean()
	})
}

// A district reads its campaigns by its own lexicon, else by the city's; what
// somebody else changed meanwhile is not overwritten.
func TestLexicons(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		v := newVoices(w)
		own, city := v.Campaign.Owner, survey.ID(0)
		of := func(owner survey.ID) survey.StoredLexicon {
			l, err := v.Store.Lexicon(v.Ctx(), owner)
			v.Must(err)
			return l
		}
		if of(own).Version != 0 || of(city).Version != 0 {
			t.Error("a lexicon that nobody saved")
		}
		change := func(a survey.Actor, owner survey.ID, seen int, word string) error {
			l := survey.Lexicon{Themes: []survey.Theme{{Key: "lift", ZH: "电梯", Words: []string{word}}}}
			return v.Store.ChangeLexicon(v.Ctx(), a, owner, seen, v.lexicon, l)
		}
		v.Must(change(v.City, city, 0, "轿厢"))
		if l := of(own); l.Owner != city || l.Lexicon.Themes[0].Words[0] != "轿厢" {
			t.Errorf("the district reads by %+v", l)
		}
		v.Must(change(v.District, own, 0, "梯子"))
		if l := of(own); l.Owner != own || l.Version != 1 || l.Lexicon.Themes[0].Words[0] != "梯子" || of(city).Lexicon.Themes[0].Words[0] != "轿厢" {
			t.Errorf("the district reads by %+v", l)
		}
		v.refuses("changing", func(a survey.Actor) error { return change(a, own, 1, "x") },
			refusal{"another district", v.Stranger, survey.Forbidden}, refusal{"the auditor", v.Auditor, survey.Forbidden}, refusal{"the company", v.Company, survey.Forbidden})
		v.refuses("changing what another changed", func(a survey.Actor) error { return change(a, own, 0, "x") }, refusal{"the district", v.District, survey.Conflict})
		v.refuses("a district changes the city's", func(a survey.Actor) error { return change(a, city, 1, "x") }, refusal{"the district", v.District, survey.Forbidden})
		list, err := v.Store.LexiconEvents(v.Ctx(), v.District, own, 9)
		v.Must(err)
		if len(list) != 1 || !strings.Contains(list[0].Detail, "梯子") || !strings.Contains(list[0].Detail, `"fees":"removed"`) {
			t.Errorf("the events are %+v", list)
		}
		v.Must(v.Store.RestoreLexicon(v.Ctx(), v.District, own, 1))
		if l := of(own); l.Owner != city {
			t.Errorf("restored, the district reads by %+v", l)
		}
		v.Clean()
	})
}

// Who takes comments away stands in the audit record, without what they say.
func TestRecordCommentsExport(t *testing.T) {
	v := newVoices(modeltest.New(t))
	v.CloseCampaign()
	f := survey.CommentFilter{Project: v.Project.ID, Search: "王经理", Theme: "lift"}
	v.Must(v.Store.RecordCommentsExport(v.Ctx(), v.District, v.Campaign.ID, f, 12, "xlsx"))
	list, err := v.Store.Events(v.Ctx(), 0, 1)
	v.Must(err)
	if e := list[0]; e.Action != "comments.exported" || e.Actor != v.District.Account || strings.Contains(e.Detail, "王") || !strings.Contains(e.Detail, `"comments":12`) {
		t.Errorf("%+v", e)
	}
	v.Clock.Add(time.Minute)
}
