package modeltest

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"meihao/survey"
	"meihao/survey/roster"
)

// Register is a register of so many projects, each with so many buildings of
// 100 homes in a district of its own kind: 40 projects to a community, 10
// communities to a subdistrict, 10 subdistricts to a district.
func Register(projects, buildings int) []roster.Row {
	rows := make([]roster.Row, 0, projects*buildings)
	units := 2
	for p := range projects {
		for b := range buildings {
			rows = append(rows, roster.Row{
				Number: len(rows) + 2, Register: fmt.Sprintf("R-%06d", p),
				District: fmt.Sprintf("虚构%d区", p/4000+1), Subdistrict: fmt.Sprintf("第%d街道", p/400+1),
				Community: fmt.Sprintf("第%d社区", p/40+1), Project: fmt.Sprintf("第%d小区", p+1),
				Company: fmt.Sprintf("物业公司%d", p%50+1), Phone: "010-12345678",
				Building: fmt.Sprintf("%d号楼", b+1), Units: &units, Homes: survey.Homes{Households: 100},
			})
		}
	}
	return rows
}

// Large is a store with an open city campaign over many projects.
type Large struct {
	*World
	Posters []survey.Poster // one per project
	next    int
}

// NewLarge makes one with so many projects of two buildings.
func NewLarge(t testing.TB, projects int) *Large {
	t.Helper()
	return NewLargeOn(t, SQLite, projects)
}

// NewLargeOn is NewLarge on an engine.
func NewLargeOn(t testing.TB, e Engine, projects int) *Large {
	t.Helper()
	w := &World{T: t, Clock: NewClock(), Engine: e, Database: e.Database(t)}
	w.Store = w.Open(t, w.Clock)
	w.City = survey.Actor{Username: "system", Scope: survey.CityScope()}
	_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: Register(projects, 2)}, roster.Apply{Apply: true, Strict: true})
	w.Must(err)
	c, err := w.Store.AddCampaign(w.Ctx(), w.City, survey.Campaign{
		Name: "全市调查", Admission: survey.ByRoom, Margins: survey.DefaultMargins(),
		Opens: w.Clock.Now(), Closes: w.Clock.Now().Add(240 * time.Hour),
	})
	w.Must(err)
	w.Campaign = w.OpenCampaign(c)
	l := &Large{World: w}
	places, err := w.Store.Posters(w.Ctx(), survey.CityScope(), c.ID)
	w.Must(err)
	seen := map[survey.ID]bool{}
	for _, p := range places {
		if seen[p.Project.ID] {
			continue
		}
		seen[p.Project.ID] = true
		poster, err := w.Store.Poster(w.Ctx(), p.Code)
		w.Must(err)
		l.Posters = append(l.Posters, poster)
	}
	return l
}

// Batch is a group of new households' answers, each at a random poster of
// the first so many.
func (l *Large) Batch(size, posters int) []survey.Submission {
	group := make([]survey.Submission, size)
	for i := range group {
		l.next++
		a := l.AnswerAt(l.Posters[rand.IntN(posters)], l.next)
		a.room, a.key = strconv.Itoa(l.next), "key-"+strconv.Itoa(l.next)
		for _, q := range []string{"Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q9", "Q10"} {
			a = a.With(q, strconv.Itoa(1+rand.IntN(5)))
		}
		if l.next%4 == 0 {
			a = a.Comment("楼道很干净，希望多装几个路灯")
		}
		a = a.Rate(1+rand.IntN(5)).With("Q13", "VOTE", "MEET").With("Q14", "NONE")
		group[i] = a.Submission()
	}
	return group
}
