package model_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

// listed is a list of results in words: project, whether it is published, n,
// and its promises.
func (w published) listed(a survey.Actor, f survey.ResultFilter) ([]string, int) {
	w.T.Helper()
	rows, total, err := w.Store.Results(w.Ctx(), a, f)
	w.Must(err)
	var list []string
	for _, r := range rows {
		state := "unpublished"
		if r.Publication.Published() {
			state = "published"
		}
		list = append(list, fmt.Sprintf("%s %s n=%d %+v", r.Project.Name, state, *r.Owner.Answered, r.Counts))
		if r.Campaign.Name == "" || r.Project.Place.Area.Community == "" || r.Snapshot == 0 {
			w.T.Errorf("%s: %+v", r.Project.Name, r)
		}
	}
	return list, total
}

// The list has what was sealed in the actor's scope; a company only what was
// published; filters and pages cut from the same list.
func TestResults(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		if list, total := w.listed(w.City, survey.ResultFilter{}); total != 0 || list != nil {
			t.Errorf("nothing is sealed, but there is %v", list)
		}
		w.seal()
		none := " {Promised:0 Done:0 Late:0 Waiting:0 Returned:0}"
		unpublished := []string{"晨光花园 unpublished n=12" + none, "紫藤苑 unpublished n=0" + none, "银杏里 unpublished n=0" + none}
		wants := func(when string, a survey.Actor, f survey.ResultFilter, total int, want ...string) {
			t.Helper()
			list, n := w.listed(a, f)
			if diff := cmp.Diff(want, list); diff != "" || n != total {
				t.Errorf("%s: %d in all, want %d (-want +got):\n%s", when, n, total, diff)
			}
		}
		wants("a district before publication", w.District, survey.ResultFilter{}, 3, unpublished...)
		wants("the company before publication", w.Company, survey.ResultFilter{}, 0)
		wants("the community", w.Community, survey.ResultFilter{}, 2, unpublished[:2]...)
		wants("another district", w.Stranger, survey.ResultFilter{}, 0)
		wants("nobody", survey.Actor{}, survey.ResultFilter{}, 0)
		w.Must(w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 1))

		first := w.promise("修好3号楼的灯", 30)
		w.promise("换门禁", 40)
		w.Must(w.Store.PublishPromise(w.Ctx(), w.District, first, 1))
		published := []string{
			"晨光花园 published n=12 {Promised:1 Done:0 Late:0 Waiting:1 Returned:0}",
			"紫藤苑 published n=0" + none, "银杏里 published n=0" + none,
		}
		wants("the company", w.Company, survey.ResultFilter{}, 3, published...)
		wants("another company", w.rival(), survey.ResultFilter{}, 0)
		wants("the second page", w.District, survey.ResultFilter{Offset: 1, Limit: 1}, 3, published[1])
		wants("behind the last", w.District, survey.ResultFilter{Offset: 3, Limit: 5}, 3)
		wants("what waits", w.District, survey.ResultFilter{Choice: survey.WaitingResult}, 1, published[0])
		wants("what is public", w.Auditor, survey.ResultFilter{Choice: survey.PublishedResult}, 3, published...)
		wants("what is not", w.District, survey.ResultFilter{Choice: survey.UnpublishedResult}, 0)
		wants("by name", w.District, survey.ResultFilter{Search: "银杏"}, 1, published[2])
		wants("by number", w.District, survey.ResultFilter{Search: "cg-001"}, 1, published[0])
		wants("of this campaign", w.District, survey.ResultFilter{Campaign: w.Campaign.ID}, 3, published...)
		wants("of another", w.District, survey.ResultFilter{Campaign: 4711}, 0)
		w.Clock.Add(50 * 24 * time.Hour)
		wants("when it is late", w.District, survey.ResultFilter{Limit: 1}, 3,
			"晨光花园 published n=12 {Promised:0 Done:0 Late:1 Waiting:1 Returned:0}")
		if _, _, err := w.Store.Results(w.Ctx(), w.assessor(), survey.ResultFilter{}); survey.KindOf(err) != survey.Forbidden {
			t.Errorf("a third party: %v", err)
		}

		// A later campaign comes first.
		w.Campaign = w.OpenCampaign(w.Draft(nil))
		w.SealCampaign()
		list, total := w.listed(w.District, survey.ResultFilter{Limit: 4})
		if total != 6 || len(list) != 4 || list[0] != "晨光花园 unpublished n=0"+none || list[3] != "晨光花园 published n=12 {Promised:0 Done:0 Late:1 Waiting:1 Returned:0}" {
			t.Errorf("%d in all: %q", total, list)
		}
	})
}

// One project's result is for its scope, and for its company from publication
// on: before that a company cannot tell it from what does not exist.
func TestProjectResult(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		look := func(a survey.Actor) error {
			_, _, err := w.Store.ProjectResult(w.Ctx(), a, w.Campaign.ID, w.Project.ID)
			return err
		}
		wantKind(t, look(w.District), survey.NotFound) // not sealed
		w.seal()
		w.refuses("looking before publication", look,
			refusal{"the company", w.Company, survey.NotFound}, refusal{"another district", w.Stranger, survey.NotFound},
			refusal{"another community", w.OtherCommunity, survey.NotFound}, refusal{"a third party", w.assessor(), survey.Forbidden},
			refusal{"nobody", survey.Actor{}, survey.NotFound})
		for _, a := range []survey.Actor{w.Admin, w.City, w.District, w.Subdistrict, w.Community, w.Auditor} {
			w.Must(look(a))
		}
		r, _, err := w.Store.ProjectResult(w.Ctx(), w.District, w.Campaign.ID, w.Project.ID)
		w.Must(err)
		w.Must(w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 1))
		id := w.promise("修好3号楼的灯", 30)
		mine, promises, err := w.Store.ProjectResult(w.Ctx(), w.Company, w.Campaign.ID, w.Project.ID)
		w.Must(err)
		if diff := cmp.Diff(r.Owner, mine.Owner); diff != "" {
			t.Errorf("the preview is not what is published (-preview +published):\n%s", diff)
		}
		if diff := cmp.Diff(w.onPoster(w.Store).Owner, mine.Owner); diff != "" {
			t.Errorf("residents see another result than the company (-residents +company):\n%s", diff)
		}
		if len(promises) != 1 || promises[0].ID != id || len(mine.Promises) != 0 || !promises[0].Waits() {
			t.Errorf("the promises: %+v, public %+v", promises, mine.Promises)
		}
		wantKind(t, look(w.rival()), survey.NotFound)
	})
}

// RULES §8 for others than district and city holds for whoever looks here:
// with few answers there is neither word nor k.
func TestResultsHideFew(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		for i := range 9 {
			w.Saved(w.Answer(i))
		}
		for i := range 12 {
			a := w.AnswerAt(w.PosterOf(w.Campaign, w.Sibling.Buildings[0]), i)
			if i == 0 {
				a = a.Owner() // lives elsewhere: one response in one base only
			}
			w.Saved(a)
		}
		w.SealCampaign()
		w.Must(w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 1))
		few := w.onPoster(w.Store)
		for base, r := range map[string]survey.Result{"owner": few.Owner, "resident": few.Resident} {
			if *r.Answered != 9 || r.Satisfied != nil || r.Rate != "" || r.Item11 != "" || r.Interval != nil || r.Light != "" || r.Hidden != survey.HiddenFew {
				t.Errorf("of nine answers residents see the %s base %+v", base, r)
			}
		}
		one, err := w.Store.Result(w.Ctx(), w.PosterOf(w.Campaign, w.Sibling.Buildings[0]).Code)
		w.Must(err)
		if one.Owner.Satisfied == nil || one.Resident.Satisfied != nil || one.Resident.Rate != "" || one.Resident.Item11 == "" || one.Resident.DontKnow != nil {
			t.Errorf("with one response in one base only: owner %+v, resident %+v", one.Owner, one.Resident)
		}
		rows, _, err := w.Store.Results(w.Ctx(), w.District, survey.ResultFilter{})
		w.Must(err)
		if rows[0].Owner.Satisfied != nil || rows[2].Resident.Satisfied != nil || rows[2].Owner.Satisfied == nil {
			t.Errorf("the list shows what the poster hides: %+v", rows)
		}
	})
}

// What verify finds of what is public.
func TestVerifyFindsWrongPublications(t *testing.T) {
	w := published{modeltest.New(t)}
	w.publish()
	id := w.promise("修好3号楼的灯", 30)
	w.Must(w.Store.PublishPromise(w.Ctx(), w.District, id, 1))
	w.promise("换门禁", 30)
	w.Clean()
	for name, c := range map[string]struct {
		statement string
		want      string
	}{
		"a snapshot that is not there":   {"UPDATE publications SET snapshot = 7", "is published with snapshot 7, which is not there"},
		"an unsealed campaign":           {"UPDATE campaigns SET stage = 'closed'", "is published but closed"},
		"no event":                       {"DELETE FROM publications", "is published: false, by the last event about that: true"},
		"another moment":                 {"UPDATE publications SET at = at + 1", "has a publication that is not the one of event"},
		"another text":                   {"UPDATE promises SET public_text = '什么也不修' WHERE public_at <> 0", "shows residents what event"},
		"another day":                    {"UPDATE promises SET public_due = public_due + 1 WHERE public_at <> 0", "shows residents what event"},
		"a day moved in silence":         {"UPDATE promises SET first_due = public_due + 1 WHERE public_at <> 0", "shows residents what event"},
		"published by nobody":            {"UPDATE promises SET public_at = 1, public_text = text, public_due = due WHERE public_at = 0", "is public without an event"},
		"hidden by nobody":               {"UPDATE promises SET public_at = 0", "is not public, but event"},
		"a promise that is gone":         {"DELETE FROM promises WHERE public_at <> 0", "was published and is gone"},
		"a promise of no result of ours": {"UPDATE promises SET project = (SELECT id FROM projects WHERE name = '湖畔居')", "has promises but is not enrolled"},
		"a promise of nothing":           {"UPDATE promises SET text = ''", "has no text or no due day"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			exec(t, w.SQL(), "VACUUM INTO ?", filepath.Join(dir, "meihao.db"))
			copied := modeltest.Database{Dir: dir}
			s := copied.Open(t, w.Clock)
			if exec(t, copied.SQL(t), c.statement) == 0 {
				t.Fatal("the test changes nothing")
			}
			findings, err := s.Verify(t.Context(), 0)
			w.Must(err)
			if !strings.Contains(listed(findings), c.want) {
				t.Errorf("verify finds %s, want %q", listed(findings), c.want)
			}
		})
	}
}
