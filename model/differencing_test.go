package model_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"meihao/survey"
)

// views are what a role has seen since the last step that RULES §8 leaves out
// (closing, the end of a reopening, sealing): by project and question, "" being
// the overall one.
type views struct {
	of map[survey.ID]map[string]*figures
}

func (v *views) figures(project survey.ID, question string) *figures {
	if v.of[project] == nil {
		v.of[project] = map[string]*figures{}
	}
	if v.of[project][question] == nil {
		v.of[project][question] = &figures{}
	}
	return v.of[project][question]
}

func sortByID(list []*answered) {
	slices.SortFunc(list, func(a, b *answered) int { return cmp.Compare(a.id, b.id) })
}

// staff are the roles that look.
func (w *campaigned) staff() map[string]survey.Actor {
	return map[string]survey.Actor{
		"city": w.City, "district": w.District, "subdistrict": w.Subdistrict, "community": w.Community, "auditor": w.Auditor, "company": w.Company,
	}
}

// forget begins anew after a step that is left out.
func (w *campaigned) forget() { w.seen = map[string]*views{} }

// look has every role fetch everything, and holds it: with what the role has
// seen before nobody may get at fewer than five, and from what is seen at once
// after closing at fewer than ten.
func (w *campaigned) look(when string) {
	w.T.Helper()
	for name, actor := range w.staff() {
		if w.seen[name] == nil {
			w.seen[name] = &views{map[survey.ID]map[string]*figures{}}
		}
		now := &views{map[survey.ID]map[string]*figures{}}
		w.fetch(actor, w.seen[name], now)
		w.holds(when+", "+name+" over time", w.seen[name], survey.ShownStep)
		if w.Campaign.Ended(w.Clock.Now()) {
			w.holds(when+", "+name, now, survey.FewestShown)
		}
	}
}

func (w *campaigned) holds(who string, v *views, limit int) {
	w.T.Helper()
	for project, questions := range v.of {
		for question, f := range questions {
			if set := w.smallest(f, limit); set != nil {
				w.T.Errorf("%s gets at events %v of project %s, question %q", who, set, project, question)
			}
		}
	}
}

// smallest searches the same figures once: most questions are shown in the same.
func (w *campaigned) smallest(f *figures, limit int) []int {
	key := strings.Join(slices.Sorted(maps.Keys(f.sets)), "|") + strconv.Itoa(limit)
	if _, known := w.searched[key]; !known {
		w.searched[key] = f.smallest(limit)
	}
	return w.searched[key]
}

// fetch adds what an actor sees now of standings, sums, splits, questions and
// results.
func (w *campaigned) fetch(actor survey.Actor, into ...*views) {
	w.T.Helper()
	now := w.Clock.Now()
	list, err := w.Store.Enrolments(w.Ctx(), actor.Scope, w.Campaign.ID)
	w.Must(err)
	for i := range list {
		e, groups, err := w.Store.Enrolment(w.Ctx(), actor.Scope, w.Campaign.ID, list[i].Project.ID)
		w.Must(err)
		e.Groups = groups
		p := look{w, w.projects[e.Project.ID], e, into}
		s := survey.Stand(w.Campaign, e, actor.Role, now)
		shown := map[survey.Bases][]shownFigure{
			survey.OwnerBase: p.base(s.Owner), survey.ResidentBase: p.base(s.Resident),
		}
		for _, split := range survey.Splits(w.Campaign, e, actor.Role, now) {
			p.split(split)
		}
		for _, r := range survey.QuestionResults(w.Campaign, w.q, e, actor.Role, now) {
			shown[r.Base] = append(shown[r.Base], p.question(r)...)
		}
		for base, list := range shown {
			p.hold(base, list)
		}
		p.result(actor)
	}
	w.sums(survey.Glances(w.Campaign, list, actor.Role, now))
}

// sums holds that a sum is made of what its reader sees of each project, so that
// no sum under any filter adds to it.
func (w *campaigned) sums(rows []*survey.Glance) {
	w.T.Helper()
	for from := range rows {
		for to := from + 1; to <= len(rows); to++ {
			for level := survey.CityLevel; level <= survey.CommunityLevel; level++ {
				var got, want [2]int64
				for _, s := range survey.Sums(rows[from:to], level) {
					got[0], got[1] = got[0]+s.Owner.Satisfied, got[1]+s.Resident.Satisfied
				}
				for _, g := range rows[from:to] {
					for i, b := range []survey.BaseGlance{g.Owner, g.Resident} {
						if b.SeesRate() {
							want[i] += b.Satisfied
						}
					}
				}
				if got != want {
					w.T.Errorf("the sums of level %d are of %v, seen are %v", level, got, want)
				}
			}
		}
	}
}

// look is one project as one role sees it.
type look struct {
	w    *campaigned
	p    *happened
	e    survey.Enrolment
	into []*views
}

// shownFigure is a figure of a base, as it was shown for a question.
type shownFigure struct {
	question string
	is       func(survey.Shown) bool // whether it is that of these figures
}

// hold holds what is shown of a base: all of it is of the copy, or all is exact.
func (l look) hold(base survey.Bases, list []shownFigure) {
	l.w.T.Helper()
	copied := l.e.Owner
	if base == survey.ResidentBase {
		copied = l.e.Resident
	}
	exact := l.p.tally.ShowBase(l.w.Campaign.Admission, base)
	of := func(s survey.Shown) bool {
		return !slices.ContainsFunc(list, func(f shownFigure) bool { return !f.is(s) })
	}
	made, known := l.p.after[base][keyOf(copied)]
	switch {
	case known && of(copied):
	case of(exact):
		made = len(l.p.events)
	default:
		l.w.T.Errorf("what is shown of project %s in base %d was never so: %+v", l.e.Project.Name, base, copied)
	}
	for _, f := range list {
		l.add(f.question, made, func(e event) bool { return e.bases.Has(base) })
	}
}

// add holds a figure of one question: the first so many events that belong to it.
func (l look) add(question string, made int, has func(event) bool) {
	set := make([]bool, made)
	for i := range set {
		set[i] = has(l.p.events[i])
	}
	if slices.Contains(set, true) {
		for _, v := range l.into {
			v.figures(l.e.Project.ID, question).add(set)
		}
	}
}

// base are the figures of a standing, or of a page of results.
func (l look) base(r survey.Result) []shownFigure {
	if r.Satisfied == nil {
		return nil
	}
	return []shownFigure{{"", func(s survey.Shown) bool {
		return s.Counted.Answered == *r.Answered && s.Counted.Satisfied == *r.Satisfied && s.Counted.DontKnow() == *r.DontKnow
	}}}
}

// result is the project's page of results, which sealed campaigns have.
func (l look) result(actor survey.Actor) {
	l.w.T.Helper()
	if l.w.Campaign.Stage != survey.SealedStage {
		return
	}
	r, _, err := l.w.Store.ProjectResult(l.w.Ctx(), actor, l.w.Campaign.ID, l.e.Project.ID)
	if survey.KindOf(err) == survey.NotFound { // to the company, until it is published
		return
	}
	l.w.Must(err)
	l.hold(survey.OwnerBase, l.base(r.Owner))
	l.hold(survey.ResidentBase, l.base(r.Resident))
}

// question are the counts of a question's options.
func (l look) question(r survey.QuestionResult) []shownFigure {
	if r.Counts == nil {
		return nil
	}
	from := 0
	for _, one := range l.w.q.Questions {
		if one.ID == r.Question.ID {
			break
		}
		if one.Type != survey.Text {
			from += len(one.Options)
		}
	}
	to, name := from+len(r.Counts), r.Question.ID
	if r.Question.Role == survey.OverallRole {
		name = ""
	}
	return []shownFigure{{name, func(s survey.Shown) bool {
		return *r.Responses == s.Counted.Responses && to <= len(s.Answers) && slices.Equal(s.Answers[from:to], r.Counts)
	}}}
}

func (l look) split(s survey.Split) {
	l.w.T.Helper()
	for _, row := range s.Rows {
		has := func(e event) bool {
			relation := map[string]survey.Bases{survey.OwnerHere: survey.BothBases, survey.OwnerElsewhere: survey.OwnerBase, survey.OtherResident: survey.ResidentBase}[row.Key]
			return e.bases.Has(s.Base) && (row.Key == strconv.Itoa(e.group) || row.Key == string(e.lane) || e.bases == relation)
		}
		if row.Satisfied == nil {
			if *row.Responses == 0 || row.Hidden == "" {
				l.w.T.Errorf("a row is hidden without a reason, or nobody is hidden: %+v", row)
			}
			continue
		}
		if !l.w.Campaign.Ended(l.w.Clock.Now()) {
			l.w.T.Errorf("a split is shown before closing: %+v", s)
		}
		l.add("", len(l.p.events), has)
	}
}

// play plays a campaign: answers one by one and a few at a time, answers given
// again, decisions, closing, a reopening, closing again, decisions, sealing and
// publication. Everybody looks after each.
func (w *campaigned) play() {
	some := func() {
		switch w.chance.IntN(8) {
		case 0:
			w.arrive(2 + w.chance.IntN(8))
		case 1:
			w.again()
		case 2:
			w.decide(1 + w.chance.IntN(4))
		default:
			w.arrive(1)
		}
	}
	decisions := func(when string) {
		for n := range 6 {
			w.decide(1 + w.chance.IntN(3))
			w.look(fmt.Sprint(when, " decision ", n))
		}
	}
	w.arrive(8)
	for n := range 40 {
		some()
		w.look(fmt.Sprint("step ", n))
	}
	w.CloseCampaign()
	w.forget()
	w.look("closed")
	decisions("closed,")
	reopen(w.World, w.Clock.Now().Add(48*time.Hour))
	for n := range 20 {
		some()
		w.look(fmt.Sprint("reopened, step ", n))
	}
	w.CloseCampaign()
	w.forget()
	w.look("closed again")
	decisions("closed again,")
	w.SealCampaign()
	w.forget()
	w.look("sealed")
	w.Must(w.Store.PublishResults(w.Ctx(), w.District, w.Campaign.ID, 1))
	w.look("published")
	w.Clean()
}

// Whoever keeps everything he can fetch in the course of a campaign, and
// subtracts, gets at nobody (RULES §8).
func TestNobodyIsHadByDifference(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			simulated(t, seed).play()
		})
	}
}

// Without the steps, and without suppression, the same search finds somebody:
// what the test above does not find is not there.
func TestTheDifferencesWouldBeFound(t *testing.T) {
	w := simulated(t, 1)
	w.arrive(60)
	p := w.projects[w.Project.ID]
	all := func(e event) bool { return e.bases.Has(survey.OwnerBase) }
	live := &views{map[survey.ID]map[string]*figures{}}
	for made := len(p.events) - 1; made <= len(p.events); made++ {
		look{w, p, survey.Enrolment{Project: w.Project}, []*views{live}}.add("", made, func(e event) bool { return true })
	}
	if set := live.figures(w.Project.ID, "").smallest(survey.ShownStep); len(set) != 1 {
		t.Errorf("one answer between two looks is not found, but %v", set)
	}
	closed := &views{map[survey.ID]map[string]*figures{}}
	here := look{w, p, survey.Enrolment{Project: w.Project}, []*views{closed}}
	here.add("", len(p.events), all)
	sizes := map[int]int{}
	for _, e := range p.events {
		if all(e) {
			sizes[e.group]++
		}
	}
	few := 0
	for group, n := range sizes {
		if n < survey.FewestShown {
			few += n
			continue
		}
		here.add("", len(p.events), func(e event) bool { return all(e) && e.group == group })
	}
	if few == 0 {
		t.Fatalf("no building group has a few answers: %v", sizes)
	}
	if set := closed.figures(w.Project.ID, "").smallest(survey.FewestShown); len(set) != few {
		t.Errorf("the %d of a hidden group are not found, but %v", few, set)
	}
}
