package model_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
)

// due is a day so many days from now.
func (w published) due(days int) time.Time { return survey.Day(w.Clock.Now()).AddDate(0, 0, days) }

// promise enters a promise of the project's company.
func (w published) promise(text string, days int) survey.ID {
	w.T.Helper()
	id, err := w.Store.AddPromise(w.Ctx(), w.Company, w.Campaign.ID, w.Project.ID, text, w.due(days))
	w.Must(err)
	return id
}

func (w published) promises() []survey.Promise {
	w.T.Helper()
	_, list, err := w.Store.ProjectResult(w.Ctx(), w.District, w.Campaign.ID, w.Project.ID)
	w.Must(err)
	return list
}

func (w published) promiseOf(id survey.ID) survey.Promise {
	w.T.Helper()
	list := w.promises()
	i := slices.IndexFunc(list, func(p survey.Promise) bool { return p.ID == id })
	if i < 0 {
		w.T.Fatalf("promise %s is not there", id)
	}
	return list[i]
}

// public is what residents read of the promises.
func (w published) public(s *model.Store) []string {
	w.T.Helper()
	var texts []string
	for _, p := range w.onPoster(s).Promises {
		texts = append(texts, p.Text+" "+string(p.State(w.Clock.Now())))
	}
	return texts
}

// A promise goes from the company through the district to the poster: each
// version of it by a decision, and its way is in the audit chain.
func TestPromiseLife(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		w.publish()
		other := w.Again()
		w.public(other)
		id := w.promise("  修好3号楼的灯  ", 30)
		sees := func(when string, s *model.Store, want ...string) {
			t.Helper()
			if diff := cmp.Diff(want, w.public(s)); diff != "" {
				t.Errorf("%s residents see (-want +got):\n%s", when, diff)
			}
		}
		sees("before the district's yes", w.Store)
		w.Must(w.Store.PublishPromise(w.Ctx(), w.District, id, 1))
		sees("published, at once", w.Store, "修好3号楼的灯 promised")
		w.Clock.Add(time.Second)
		sees("published, a second later", other, "修好3号楼的灯 promised")
		first := w.due(30)
		w.Must(w.Store.ChangePromise(w.Ctx(), w.Company, id, "修好所有楼的灯", w.due(60)))
		w.Must(w.Store.ChangePromise(w.Ctx(), w.Company, id, "修好所有楼的灯", w.due(60)))
		sees("changed", w.Store, "修好3号楼的灯 promised")
		wantKeyOf(t, "publishing what one did not see", w.Store.PublishPromise(w.Ctx(), w.District, id, 1), "error.promise.meanwhile")
		wantKeyOf(t, "returning what one did not see", w.Store.ReturnPromise(w.Ctx(), w.Colleague, id, 1, "写明楼号"), "error.promise.meanwhile")
		w.Must(w.Store.ReturnPromise(w.Ctx(), w.Colleague, id, 2, " 写明楼号 "))
		if p := w.promiseOf(id); p.Returned != "写明楼号" || p.Waits() || p.Version != 2 {
			t.Errorf("returned: %+v", p)
		}
		w.Must(w.Store.ChangePromise(w.Ctx(), w.Company, id, "修好1至3号楼的灯", w.due(60)))
		w.Must(w.Store.PublishPromise(w.Ctx(), w.City, id, 3))
		if p := w.onPoster(w.Store).Promises[0]; !p.FirstDue.Equal(first) || !p.Moved() || !p.Due.Equal(first.AddDate(0, 0, 30)) {
			t.Errorf("the moved day: %+v", p)
		}
		w.Clock.Add(61 * 24 * time.Hour)
		sees("after the due day", w.Store, "修好1至3号楼的灯 late")
		w.Must(w.Store.ReportPromise(w.Ctx(), w.Company, id, w.Clock.Now(), "换了40盏"))
		sees("reported", w.Store, "修好1至3号楼的灯 late")
		wantKeyOf(t, "removing what is public", w.Store.RemovePromise(w.Ctx(), w.Company, id), "error.promise.is_public")
		w.Must(w.Store.PublishPromise(w.Ctx(), w.District, id, 4))
		sees("done", w.Store, "修好1至3号楼的灯 done")
		w.Clean()
		w.Must(w.Store.TakeDownPromise(w.Ctx(), w.District, id, "内容不属实"))
		sees("taken down", w.Store)
		w.Clock.Add(time.Second)
		sees("taken down, a second later", other)
		w.Clean()
		wantKeyOf(t, "removing what was public", w.Store.RemovePromise(w.Ctx(), w.Company, id), "error.promise.is_public")
		unseen := w.promise("换门禁", 30)
		w.Must(w.Store.RemovePromise(w.Ctx(), w.Company, unseen))
		wantKind(t, w.Store.RemovePromise(w.Ctx(), w.Company, unseen), survey.NotFound)
		want := []string{
			"company promise.added", "district promise.published", "company promise.changed", "colleague promise.returned",
			"company promise.changed", "city promise.published", "company promise.done", "district promise.published",
			"district promise.taken_down",
		}
		if diff := cmp.Diff(want, actions(w.World, "promise "+id.String())); diff != "" {
			t.Errorf("the audit chain (-want +got):\n%s", diff)
		}
		w.Clean()
	})
}

// Promises are the company's own to enter and the district's to publish, and
// to nobody else, nor before the result is public.
func TestPromisesAreRefused(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		add := func(a survey.Actor) error {
			_, err := w.Store.AddPromise(w.Ctx(), a, w.Campaign.ID, w.Project.ID, "修好3号楼的灯", w.due(30))
			return err
		}
		wantKind(t, add(w.Company), survey.NotFound)
		w.seal()
		w.refuses("a promise before publication", add,
			refusal{"the company", w.Company, survey.NotFound}, refusal{"the district", w.District, survey.Conflict})
		w.Must(w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 1))

		staff := []refusal{
			{"the city", w.City, survey.Forbidden}, {"the district", w.District, survey.Forbidden},
			{"another district", w.Stranger, survey.NotFound}, {"the community", w.Community, survey.Forbidden},
			{"another company", w.rival(), survey.NotFound}, {"the auditor", w.Auditor, survey.Forbidden},
			{"an assessor with the company's scope", survey.Actor{Account: 9, Role: survey.ThirdParty, Scope: w.Company.Scope}, survey.Forbidden},
			{"nobody", survey.Actor{}, survey.NotFound},
		}
		w.refuses("entering", add, staff...)
		id := w.promise("修好3号楼的灯", 30)
		w.refuses("changing", func(a survey.Actor) error { return w.Store.ChangePromise(w.Ctx(), a, id, "修门", w.due(9)) }, staff...)
		w.refuses("reporting", func(a survey.Actor) error { return w.Store.ReportPromise(w.Ctx(), a, id, w.due(0), "") }, staff...)
		w.refuses("removing", func(a survey.Actor) error { return w.Store.RemovePromise(w.Ctx(), a, id) }, staff...)
		others := []refusal{
			{"the company", w.Company, survey.Forbidden}, {"another company", w.rival(), survey.NotFound},
			{"another district", w.Stranger, survey.NotFound}, {"the community", w.Community, survey.Forbidden},
			{"another community", w.OtherCommunity, survey.NotFound}, {"the subdistrict", w.Subdistrict, survey.Forbidden},
			{"the auditor", w.Auditor, survey.Forbidden}, {"a third party", w.assessor(), survey.Forbidden},
		}
		w.refuses("publishing", func(a survey.Actor) error { return w.Store.PublishPromise(w.Ctx(), a, id, 1) }, others...)
		w.refuses("returning", func(a survey.Actor) error { return w.Store.ReturnPromise(w.Ctx(), a, id, 1, modeltest.Reason) }, others...)
		w.Must(w.Store.PublishPromise(w.Ctx(), w.District, id, 1))
		w.refuses("taking down", func(a survey.Actor) error { return w.Store.TakeDownPromise(w.Ctx(), a, id, modeltest.Reason) }, others...)
		w.refuses("a reason of nothing", func(a survey.Actor) error { return w.Store.TakeDownPromise(w.Ctx(), a, id, " ") },
			refusal{"the district", w.District, survey.Invalid})

		for name, c := range map[string]struct {
			project survey.ID
			text    string
			due     time.Time
			want    survey.Kind
		}{
			"a project of no campaign":  {w.Foreign.ID, "修灯", w.due(9), survey.NotFound},
			"a project that is not":     {4711, "修灯", w.due(9), survey.NotFound},
			"no text":                   {w.Project.ID, " ", w.due(9), survey.Invalid},
			"two lines":                 {w.Project.ID, "修\n灯", w.due(9), survey.Invalid},
			"today":                     {w.Project.ID, "修灯", w.due(0), survey.Invalid},
			"in more than three years":  {w.Project.ID, "修灯", w.due(1100), survey.Invalid},
			"longer than anybody reads": {w.Project.ID, strings.Repeat("修", 201), w.due(9), survey.Invalid},
		} {
			if _, err := w.Store.AddPromise(w.Ctx(), w.Company, w.Campaign.ID, c.project, c.text, c.due); err == nil || survey.KindOf(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		wantKind(t, w.Store.ReportPromise(w.Ctx(), w.Company, id, w.due(1), ""), survey.Invalid)
		wantKind(t, w.Store.ReportPromise(w.Ctx(), w.Company, id, w.due(-1), ""), survey.Invalid)
		for i := range survey.MostPromises - 1 {
			w.promise("修好3号楼的灯", 31+i)
			if i == 0 {
				_, err := w.Store.AddPromise(w.Ctx(), w.Company, w.Campaign.ID, w.Project.ID, "修好3号楼的灯", w.due(31))
				wantKeyOf(t, "the button pressed twice", err, "error.promise.twice")
			}
		}
		wantKeyOf(t, "one too many", add(w.Company), "error.promise.many")
		if _, err := w.Store.AddPromise(w.Ctx(), w.Company, w.Campaign.ID, w.Neighbour.ID, "修灯", w.due(9)); err != nil {
			t.Errorf("the neighbours' first: %v", err)
		}

		w.Must(w.Store.RetractResults(w.Ctx(), w.District, w.Campaign.ID, modeltest.Reason))
		if r := w.onPoster(w.Store); len(r.Promises) != 0 {
			t.Errorf("taken back, residents still read %+v", r.Promises)
		}
		wantKind(t, add(w.Company), survey.NotFound)
		wantKind(t, w.Store.TakeDownPromise(w.Ctx(), w.District, id, modeltest.Reason), survey.Conflict)
		w.Clean()
	})
}

// A project that changes hands keeps the promises of who managed it, under
// their own name: the next company makes its own and has no hand in them.
func TestPromisesFollowTheProject(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		w.publish()
		id := w.promise("修好3号楼的灯", 30)
		p, err := w.Store.Project(w.Ctx(), survey.CityScope(), w.Project.ID)
		w.Must(err)
		to := registerForm(w.World, w.Project.ID)
		to.Company = "新居物业"
		_, err = w.Store.CorrectRegister(w.Ctx(), w.District, w.Project.ID, to)
		w.Must(err)
		before := p.Company
		p, err = w.Store.Project(w.Ctx(), survey.CityScope(), w.Project.ID)
		w.Must(err)
		wantKind(t, w.Store.ChangePromise(w.Ctx(), w.Company, id, "修门", w.due(9)), survey.NotFound)
		heir := survey.Actor{Account: w.Company.Account, Username: "heir", Role: survey.CompanyRole, Scope: survey.Scope{Company: p.Company.ID}}
		for what, step := range map[string]func(survey.Actor) error{
			"changing":  func(a survey.Actor) error { return w.Store.ChangePromise(w.Ctx(), a, id, "修门", w.due(9)) },
			"reporting": func(a survey.Actor) error { return w.Store.ReportPromise(w.Ctx(), a, id, w.due(0), "") },
			"removing":  func(a survey.Actor) error { return w.Store.RemovePromise(w.Ctx(), a, id) },
		} {
			w.refuses(what, step, refusal{"the next company", heir, survey.Forbidden})
		}
		w.Clock.Add(time.Minute)
		own, err := w.Store.AddPromise(w.Ctx(), heir, w.Campaign.ID, w.Project.ID, "换门禁", w.due(9))
		w.Must(err)
		w.Must(w.Store.ChangePromise(w.Ctx(), heir, own, "换所有楼的门禁", w.due(9)))
		w.Must(w.Store.PublishPromise(w.Ctx(), w.District, id, 1))
		w.Must(w.Store.PublishPromise(w.Ctx(), w.District, own, 2))
		public := w.onPoster(w.Store)
		if before.ID == p.Company.ID || len(public.Promises) != 2 || public.Promises[0].Company != before || public.Promises[1].Company != p.Company || public.Project.Company != p.Company {
			t.Errorf("residents read the promises of %+v and %+v, made by %+v and %+v", public.Promises[0].Company, public.Promises[1].Company, before, p.Company)
		}
		if list, _ := w.listed(heir, survey.ResultFilter{}); len(list) != 1 || !strings.Contains(list[0], "Promised:1") {
			t.Errorf("the next company has to see to %v, want its own promise alone", list)
		}
		w.Clean()
	})
}

// Of two at the same moment, on two instances, one publishes; and nobody
// publishes what the company is changing just then.
func TestTwoPublishAtOnce(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		w.seal()
		other := w.Again()
		both := func(one, two func() error) (errs [2]error) {
			var wait sync.WaitGroup
			wait.Go(func() { errs[0] = one() })
			wait.Go(func() { errs[1] = two() })
			wait.Wait()
			return errs
		}
		errs := both(
			func() error { return w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 1) },
			func() error { return other.PublishResults(w.Ctx(), w.Colleague, w.Campaign.ID, 1) })
		if (errs[0] == nil) == (errs[1] == nil) || survey.KeyOf(firstError(errs)) != "error.publication.published" {
			t.Errorf("two publish: %v", errs)
		}
		for i := range 5 {
			id := w.promise("修好3号楼的灯", 30)
			errs := both(
				func() error { return w.Store.PublishPromise(w.Ctx(), w.District, id, 1) },
				func() error { return other.ChangePromise(w.Ctx(), w.Company, id, "什么也不修", w.due(40)) })
			p := w.promiseOf(id)
			if errs[1] != nil || (errs[0] == nil) != p.Public() || p.Public() && p.Published.Text != "修好3号楼的灯" || !p.Waits() {
				t.Errorf("round %d: %v, %+v", i, errs, p)
			}
		}
		if n := events(w.World, "publication.published"); n != 1 {
			t.Errorf("%d events", n)
		}
		w.Clean()
	})
}

func firstError(errs [2]error) error {
	if errs[0] != nil {
		return errs[0]
	}
	return errs[1]
}
