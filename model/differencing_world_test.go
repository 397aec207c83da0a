package model_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
)

// campaigned is a campaign as it is simulated, with everything that happened in
// it in order: what the adversary knows of it but for the answers.
type campaigned struct {
	*modeltest.World
	base     *sql.DB
	chance   *rand.Rand
	q        *survey.Questionnaire
	projects map[survey.ID]*happened
	homes    []int             // that answered, of each building
	posters  []survey.Poster   // of each building
	answers  []*answered       // all
	seen     map[string]*views // by role
	searched map[string][]int  // see smallest
}

// happened are the events of one project, each an answer that begins to count
// or changes, and the figures after each.
type happened struct {
	events []event
	tally  survey.Tally
	after  map[survey.Bases]map[string]int // figures of a base to how many events they are made of
}

type event struct {
	bases survey.Bases
	group int
	lane  survey.Lane
}

// answered is one home's answer sheet as it is stored.
type answered struct {
	says  modeltest.Answer
	is    survey.Submission
	id    int64
	state survey.State
}

func simulated(t *testing.T, seed uint64) *campaigned {
	w := &campaigned{
		World: modeltest.New(t), chance: rand.New(rand.NewPCG(seed, 7)),
		projects: map[survey.ID]*happened{}, seen: map[string]*views{}, searched: map[string][]int{},
	}
	w.base = w.SQL()
	var err error
	w.q, err = w.Store.Questionnaire(w.Ctx(), w.Campaign.Questionnaire)
	w.Must(err)
	for _, p := range []survey.Project{w.Project, w.Neighbour, w.Sibling} {
		w.projects[p.ID] = &happened{after: map[survey.Bases]map[string]int{survey.OwnerBase: {}, survey.ResidentBase: {}}}
		for _, b := range p.Buildings {
			w.posters, w.homes = append(w.posters, w.PosterOf(w.Campaign, b)), append(w.homes, 0)
		}
	}
	return w
}

// answer is the next home's of a building by lot; relations and lanes are as
// uneven as they come.
func (w *campaigned) answer() *answered {
	b := min(w.chance.IntN(len(w.posters)+3), len(w.posters)-1) // the last building has more answers than homes
	if w.chance.IntN(3) > 0 {
		b = w.chance.IntN(2)
	}
	a := w.AnswerAt(w.posters[b], w.homes[b]).Key("key-of-home-" + strconv.Itoa(b) + "-" + strconv.Itoa(w.homes[b]))
	w.homes[b]++
	switch n := w.chance.IntN(10); {
	case n < 2:
		a = a.Owner()
	case n < 4:
		a = a.Tenant()
	}
	if w.chance.IntN(4) == 0 {
		a = a.Lane(survey.AssistedLane)
	}
	return &answered{says: w.says(a)}
}

// says answers the open questions by lot.
func (w *campaigned) says(a modeltest.Answer) modeltest.Answer {
	a = a.Rate(w.chance.IntN(6))
	for _, one := range w.q.Questions {
		if one.Type == survey.Text || one.Role == survey.RelationRole || one.Role == survey.ResidenceRole || one.Role == survey.OverallRole || one.ShowIf.Parent != "" {
			continue
		}
		if n := w.chance.IntN(len(one.Options) + 1); n < len(one.Options) {
			a = a.With(one.ID, one.Options[n].Code)
		}
	}
	return a
}

// arrive saves answers as one group.
func (w *campaigned) arrive(count int) {
	var group []modeltest.Answer
	var list []*answered
	for range count {
		one := w.answer()
		group, list = append(group, one.says), append(list, one)
	}
	for i, saved := range w.Save(group...) {
		w.Must(saved.Err)
		one := list[i]
		one.is = one.says.Submission()
		digest := survey.DigestOf(saved.Receipt)
		var letter string
		w.Must(w.base.QueryRowContext(w.Ctx(), "SELECT id, state FROM responses WHERE campaign = ? AND receipt = ?", w.Campaign.ID, digest[:]).Scan(&one.id, &letter))
		one.state = survey.StateOfLetter(letter)
		w.answers = append(w.answers, one)
		w.happens(one, "", one.is.Answers)
	}
}

// happens counts an answer in, and out as it was before.
func (w *campaigned) happens(a *answered, before, after string) {
	p := w.projects[a.is.Project]
	r := survey.Response{Bases: a.is.Bases, Group: a.is.Group, Lane: a.is.Lane, State: a.state}
	for answers, sign := range map[string]int64{before: -1, after: +1} {
		if r.Answers = answers; answers != "" {
			w.Must(p.tally.Add(w.q, r, sign))
		}
	}
	if a.state != survey.Counted || before == after {
		return
	}
	p.events = append(p.events, event{a.is.Bases, a.is.Group, a.is.Lane})
	for base, known := range p.after {
		known[keyOf(p.tally.ShowBase(w.Campaign.Admission, base))] = len(p.events)
	}
}

// keyOf tells figures of different moments apart.
func keyOf(s survey.Shown) string { return fmt.Sprint(s.Counted, s.Answers) }

// again has some home answer again.
func (w *campaigned) again() {
	a := w.answers[w.chance.IntN(len(w.answers))]
	r := a.says.Again(w.says(a.says).Rate(1 + w.chance.IntN(5)))
	after, err := w.q.Replace(a.is.Answers, r.Reading)
	w.Must(err)
	w.Reanswered(r)
	w.happens(a, a.is.Answers, after)
	a.is.Answers = after
}

// decide releases or excludes up to so many held answers of a project.
func (w *campaigned) decide(most int) {
	var some []*answered
	release := w.chance.IntN(3) > 0
	for _, a := range w.answers {
		if a.state == survey.Held && len(some) < most && (len(some) == 0 || some[0].is.Project == a.is.Project) {
			some = append(some, a)
		}
	}
	if len(some) == 0 {
		return
	}
	var chosen []int64
	for _, a := range some {
		chosen = append(chosen, a.id)
	}
	p, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, some[0].is.Project, chosen, release, modeltest.Reason)
	w.Must(err)
	w.Must(w.Store.Decide(w.Ctx(), w.Colleague, p.ID, true))
	sortByID(some) // as the store decides them
	for _, a := range some {
		out := survey.Response{Bases: a.is.Bases, Group: a.is.Group, Lane: a.is.Lane, State: a.state, Answers: a.is.Answers}
		w.Must(w.projects[a.is.Project].tally.Add(w.q, out, -1))
		a.state = survey.Excluded
		if release {
			a.state = survey.Counted
		}
		w.happens(a, "", a.is.Answers)
	}
}
