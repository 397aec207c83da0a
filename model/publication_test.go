package model_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
)

// published is a world for what comes after sealing.
type published struct{ *modeltest.World }

// answer saves twelve answers of owners who live there, ten of them content.
func (w published) answer() {
	w.T.Helper()
	for i := range 12 {
		a := w.Answer(i)
		if i >= 10 {
			a = a.Rate(2)
		}
		w.Saved(a)
	}
}

func (w published) seal() {
	w.T.Helper()
	w.answer()
	w.SealCampaign()
}

func (w published) publish() {
	w.T.Helper()
	w.seal()
	w.Must(w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 1))
}

// refusal is of an actor who may not do something.
type refusal struct {
	name  string
	actor survey.Actor
	want  survey.Kind
}

// refuses fails unless each of them is refused and nothing is left behind.
func (w published) refuses(what string, step func(survey.Actor) error, refused ...refusal) {
	w.T.Helper()
	before := w.head()
	for _, r := range refused {
		if err := step(r.actor); err == nil || survey.KindOf(err) != r.want {
			w.T.Errorf("%s by %s: %v, want %s", what, r.name, err, r.want)
		}
	}
	if w.head() != before {
		w.T.Errorf("%s was refused but left an event", what)
	}
}

func (w published) head() model.Head {
	w.T.Helper()
	head, err := w.Store.Head(w.Ctx())
	w.Must(err)
	return head
}

// assessor is a third party of the world's district, rival a company without
// a project.
func (w published) assessor() survey.Actor {
	return survey.Actor{Account: 77, Username: "assessor", Role: survey.ThirdParty, Scope: w.District.Scope}
}

func (w published) rival() survey.Actor {
	return survey.Actor{Account: 78, Username: "rival", Role: survey.CompanyRole, Scope: survey.Scope{Company: 12345}}
}

func (w published) publication() survey.Publication {
	w.T.Helper()
	p, err := w.Store.Publication(w.Ctx(), w.District.Scope, w.Campaign.ID)
	w.Must(err)
	return p
}

// onPoster is what a poster's visitor sees.
func (w published) onPoster(s *model.Store) survey.PublicResult {
	w.T.Helper()
	r, err := s.Result(w.Ctx(), w.Poster.Code)
	w.Must(err)
	return r
}

// correct puts right the homes of the world's sealed project, by two persons.
func (w published) correct(households int) {
	w.T.Helper()
	w.askCorrection(households)
	w.Must(w.Store.ConfirmCorrection(w.Ctx(), w.Colleague, w.Campaign.ID))
}

func (w published) askCorrection(households int) {
	w.T.Helper()
	to := frozenForm(w.World, w.Project.ID)
	to.Buildings[0].Households = households
	_, err := w.Store.CorrectEnrolment(w.Ctx(), w.District, w.Campaign.ID, w.Project.ID, to, "户数录错")
	w.Must(err)
}

func eachPublished(t *testing.T, f func(t *testing.T, w published)) {
	t.Helper()
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) { f(t, published{w}) })
}

// Results become public once, when they are sealed and nothing about them
// waits, by who manages the campaign.
func TestPublishResults(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		publish := func(a survey.Actor) error { return w.Store.PublishResults(w.Ctx(), a, w.Campaign.ID, 1) }
		wantKeyOf(t, "an open campaign", publish(w.District), "error.publication.not_sealed")
		w.seal()
		w.refuses("publishing", publish,
			refusal{"another district", w.Stranger, survey.NotFound}, refusal{"a company without a project", w.rival(), survey.NotFound},
			refusal{"the company", w.Company, survey.Forbidden}, refusal{"the community", w.Community, survey.Forbidden},
			refusal{"the subdistrict", w.Subdistrict, survey.Forbidden}, refusal{"the auditor", w.Auditor, survey.Forbidden},
			refusal{"a third party", w.assessor(), survey.Forbidden}, refusal{"nobody", survey.Actor{}, survey.NotFound})
		wantKeyOf(t, "taking back what is not published", w.Store.RetractResults(w.Ctx(), w.District, w.Campaign.ID, modeltest.Reason), "error.publication.not_published")
		w.askCorrection(50)
		wantKeyOf(t, "while a correction waits", publish(w.District), "error.publication.correction_waits")
		w.Must(w.Store.ConfirmCorrection(w.Ctx(), w.Colleague, w.Campaign.ID))
		if p := w.publication(); p.Published() || w.onPoster(w.Store).Publication.Published() {
			t.Errorf("published before it was: %+v", p)
		}
		wantKeyOf(t, "publishing what one did not see", publish(w.District), "error.publication.meanwhile")
		wantKeyOf(t, "publishing nothing", w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 0), "error.publication.meanwhile")
		w.Must(w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 2))
		want := survey.Publication{Campaign: w.Campaign.ID, At: w.Clock.Now(), By: w.District.Account, ByName: "district 测试员", Snapshot: 2}
		if p := w.publication(); !p.At.Equal(want.At) || p.By != want.By || p.ByName != want.ByName || p.Snapshot != 2 {
			t.Errorf("published: %+v, want %+v", p, want)
		}
		wantKeyOf(t, "twice", publish(w.City), "error.publication.published")
		if n := events(w.World, "publication.published"); n != 1 {
			t.Errorf("%d events", n)
		}
		w.Clean()
	})
}

// The planned day may be moved until it is published, and goes with a
// publication that was taken back.
func TestPlanAndRetract(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		plan := func(a survey.Actor, day time.Time) error {
			return w.Store.PlanPublication(w.Ctx(), a, w.Campaign.ID, day)
		}
		day := survey.DefaultPublishes(w.Campaign.Closes)
		if !w.Campaign.Publishes.IsZero() {
			t.Errorf("nobody planned %s", w.Campaign.Publishes)
		}
		w.Must(plan(w.District, day.Add(5*time.Hour)))
		w.Must(plan(w.District, day))
		if got := w.onPoster(w.Store).Campaign.Publishes; !got.Equal(day) {
			t.Errorf("planned for %s, want %s", got, day)
		}
		if n := events(w.World, "publication.planned"); n != 1 {
			t.Errorf("%d events, want one of the one change", n)
		}
		wantKind(t, plan(w.District, w.Campaign.Closes.AddDate(0, 0, -1)), survey.Invalid)
		wantKind(t, plan(w.District, w.Clock.Now().AddDate(0, 0, -1)), survey.Invalid)
		w.refuses("planning", func(a survey.Actor) error { return plan(a, day.AddDate(0, 0, 1)) },
			refusal{"another district", w.Stranger, survey.NotFound}, refusal{"the community", w.Community, survey.Forbidden},
			refusal{"the company", w.Company, survey.Forbidden}, refusal{"the auditor", w.Auditor, survey.Forbidden})

		w.publish()
		wantKeyOf(t, "planning what is published", plan(w.District, day.AddDate(0, 0, 1)), "error.publication.published")
		retract := func(a survey.Actor) error {
			return w.Store.RetractResults(w.Ctx(), a, w.Campaign.ID, "  数字有误，核对后再公布  ")
		}
		w.refuses("taking back", retract,
			refusal{"another district", w.Stranger, survey.NotFound}, refusal{"the company", w.Company, survey.Forbidden},
			refusal{"the subdistrict", w.Subdistrict, survey.Forbidden}, refusal{"a third party", w.assessor(), survey.Forbidden})
		wantKind(t, w.Store.RetractResults(w.Ctx(), w.District, w.Campaign.ID, " x "), survey.Invalid)
		w.Must(retract(w.Colleague))
		r := w.onPoster(w.Store)
		if r.Publication.Published() || r.Owner.Answered != nil || !r.Campaign.Publishes.IsZero() {
			t.Errorf("taken back, residents see %+v", r)
		}
		w.Clean()
		w.Must(plan(w.District, day.AddDate(0, 0, 7)))
		w.Must(w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 1))
		if r := w.onPoster(w.Store); !r.Publication.Published() || r.Owner.Satisfied == nil {
			t.Errorf("published again, residents see %+v", r)
		}
		list, err := w.Store.Events(w.Ctx(), 0, 100)
		w.Must(err)
		for _, e := range list {
			if e.Action == "publication.retracted" && e.Reason != "数字有误，核对后再公布" {
				t.Errorf("the event of taking back has the reason %q", e.Reason)
			}
		}
		w.Clean()
	})
}

// A draft keeps its planned day through the form, and refuses an impossible
// one.
func TestCampaignKeepsItsPlannedDay(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		closes := w.Clock.Now().Add(10 * 24 * time.Hour)
		c := w.Draft(func(c *survey.Campaign) { c.Publishes = survey.DefaultPublishes(closes).Add(7 * time.Hour) })
		c, err := w.Store.Campaign(w.Ctx(), w.District.Scope, c.ID)
		w.Must(err)
		if want := survey.DefaultPublishes(closes); !c.Publishes.Equal(want) {
			t.Errorf("planned for %s, want %s", c.Publishes, want)
		}
		_, err = w.Store.ChangeCampaign(w.Ctx(), w.District, c.ID, func(c *survey.Campaign) error {
			to := *c
			to.Publishes = c.Closes.AddDate(0, 0, -1)
			return c.Change(to)
		})
		wantKind(t, err, survey.Invalid)
	})
}

// What residents see of a project's result: the latest snapshot, through every
// poster that it ever had, on every instance within a second, with corrections
// of this project said and those of others not.
func TestResultOnAPoster(t *testing.T) {
	eachPublished(t, func(t *testing.T, w published) {
		w.answer()
		w.Must(w.Store.RetirePoster(w.Ctx(), w.District, w.Poster.Code, modeltest.Reason))
		w.SealCampaign()
		other := w.Again()
		if r := w.onPoster(other); r.Publication.Published() || r.Owner.Answered != nil || r.SealedAt.After(time.Time{}) || r.Project.Name != "晨光花园" || r.Campaign.Name == "" {
			t.Errorf("before publication: %+v", r)
		}
		sealed := w.Clock.Now()
		w.Clock.Add(24 * time.Hour)
		w.Must(w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 1))
		if w.onPoster(w.Store).Owner.Satisfied == nil {
			t.Error("on the instance that published it is not seen at once")
		}
		w.Clock.Add(time.Second)
		r := w.onPoster(other)
		if r.Owner.Satisfied == nil || *r.Owner.Satisfied != 10 || *r.Owner.Answered != 12 || r.Owner.Households != 81 || r.Resident.Households != 60 {
			t.Fatalf("a second later residents see %+v", r.Owner)
		}
		if !r.SealedAt.Equal(sealed) || r.Snapshot != 1 || len(r.Corrected) != 0 || !r.Publication.At.After(sealed) || len(r.Project.Buildings) != 0 {
			t.Errorf("a second later: %+v", r)
		}
		w.Clock.Add(24 * time.Hour)
		w.correct(60)
		corrected := w.Clock.Now()
		w.Clock.Add(time.Second)
		for _, s := range []*model.Store{w.Store, other} {
			r := w.onPoster(s)
			if r.Owner.Households != 101 || r.Snapshot != 2 || len(r.Corrected) != 1 || !r.Corrected[0].Equal(corrected) || r.Publication.Snapshot != 1 {
				t.Errorf("corrected, residents see %+v", r)
			}
		}
		neighbour := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0])
		if r, err := other.Result(w.Ctx(), neighbour.Code); err != nil || len(r.Corrected) != 0 || r.Snapshot != 2 || *r.Owner.Answered != 0 || r.Owner.Hidden != survey.HiddenFew {
			t.Errorf("the neighbours, of whom nobody answered: %+v, %v", r, err)
		}
		for _, code := range []string{"", "7KQ4M2XD", "不是海报"} {
			_, err := w.Store.Result(w.Ctx(), code)
			wantKind(t, err, survey.UnknownPoster)
		}
		w.Clean()
	})
}

// A backup carries what is public and what waits, from either engine to the
// other: residents read the same after it was restored.
func TestBackupKeepsWhatIsPublic(t *testing.T) {
	for from, to := range map[modeltest.Engine]modeltest.Engine{modeltest.SQLite: modeltest.MariaDB, modeltest.MariaDB: modeltest.SQLite} {
		t.Run(string(from), func(t *testing.T) {
			w := published{modeltest.NewOn(t, from)}
			w.Must(w.Store.PlanPublication(w.Ctx(), w.District, w.Campaign.ID, w.Clock.Now().AddDate(0, 0, 30)))
			w.publish()
			w.Must(w.Store.PublishPromise(w.Ctx(), w.District, w.promise("修好3号楼的灯", 30), 1))
			w.promise("换门禁", 40)
			file, _ := backup(t, w.World)
			d, _ := restore(t, w.World, to, file, model.RestoreOptions{})
			other := d.Open(t, w.Clock)
			if diff := cmp.Diff(w.onPoster(w.Store), w.onPoster(other)); diff != "" {
				t.Errorf("on a poster (-before +restored):\n%s", diff)
			}
			_, promises, err := other.ProjectResult(w.Ctx(), w.City, w.Campaign.ID, w.Project.ID)
			w.Must(err)
			if diff := cmp.Diff(w.promises(), promises); diff != "" {
				t.Errorf("promises (-before +restored):\n%s", diff)
			}
		})
	}
}
