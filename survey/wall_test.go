package survey

import (
	"testing"
	"time"
)

// What a wall shows at which stage: nothing of satisfaction before it is
// published, unless its maker said so; never a word of a small project.
func TestWallSees(t *testing.T) {
	now := time.Date(2026, 9, 5, 10, 0, 0, 0, time.UTC)
	running := Campaign{Stage: OpenStage, Opens: now.AddDate(0, 0, -4), Closes: now.AddDate(0, 0, 4)}
	over, sealed := running, running
	over.Stage, sealed.Stage = ClosedStage, SealedStage
	for _, one := range []struct {
		name               string
		c                  Campaign
		figures, published bool
		role               Role
		satisfaction       bool
	}{
		{"running", running, false, false, public, false},
		{"running with figures", running, true, false, DistrictRole, true},
		{"over", over, false, false, public, false},
		{"over with figures", over, true, false, public, true},
		{"sealed", sealed, false, false, public, false},
		{"published", sealed, false, true, public, true},
	} {
		if role, sees := (Wall{Figures: one.figures}).sees(one.c, one.published, now); role != one.role || sees != one.satisfaction {
			t.Errorf("%s: as %q, satisfaction %v", one.name, role, sees)
		}
	}
}

// A board without satisfaction holds no figure of it, wherever one looks.
func TestWallBoardWithoutSatisfaction(t *testing.T) {
	now := time.Date(2026, 9, 5, 10, 0, 0, 0, time.UTC)
	c := Campaign{Stage: ClosedStage, Admission: ByRoom, Margins: DefaultMargins(), Opens: now.AddDate(0, 0, -4), Closes: now.AddDate(0, 0, -1)}
	cell := Cell{State: Counted, Lane: RoomLane, Bases: BothBases, Group: 1}
	e := Enrolment{Homes: Homes{Households: 100}, Tally: Tally{Cells: map[Cell]Score{cell: {Responses: 95, Answered: 95, Satisfied: 92}}}}
	e.Project.Name = "晨光花园"
	hidden := Wall{Scope: CityScope()}.Board(c, []Enrolment{e}, nil, false, now)
	if o := hidden.Sum.Owner; o != (SumOfBase{}) || hidden.Sum.Shown != 0 || hidden.Hidden != HiddenByRole || len(hidden.Best) > 0 {
		t.Errorf("without satisfaction: %+v", hidden)
	}
	if hidden.Sum.Turnout != (Turnout{95, 100}) {
		t.Errorf("turnout %+v", hidden.Sum.Turnout)
	}
	shown := Wall{Scope: CityScope()}.Board(c, []Enrolment{e}, nil, true, now)
	if o := shown.Sum.Owner; o.Satisfied != 92 || o.High != 1 || len(shown.Best) != 1 || shown.Best[0].Rate != "96.8%" || shown.Hidden != "" {
		t.Errorf("published: %+v", shown)
	}
	e.Tally.Cells[cell] = Score{Responses: 9, Answered: 9, Satisfied: 9}
	few := Wall{Scope: CityScope(), Figures: true}.Board(c, []Enrolment{e}, nil, true, now)
	if o := few.Sum.Owner; o != (SumOfBase{}) || few.Hidden != HiddenFew || len(few.Best) > 0 {
		t.Errorf("nine answers: %+v", few)
	}
}

// Until when a wall goes on where nobody says otherwise, and what is refused.
func TestWallEnds(t *testing.T) {
	now := time.Date(2026, 9, 5, 10, 0, 0, 0, time.UTC)
	for _, one := range []struct{ closes, want time.Time }{
		{now.AddDate(0, 0, 10), now.AddDate(0, 0, 17)}, {now.AddDate(0, -3, 0), now.AddDate(0, 0, 7)}, {now.AddDate(2, 0, 0), now.AddDate(1, 0, 0)},
	} {
		if got := (Campaign{Closes: one.closes}).WallEnds(now); !got.Equal(one.want) {
			t.Errorf("closing %v it ends %v, want %v", one.closes, got, one.want)
		}
	}
	good := Wall{Name: "大厅", Scope: CityScope(), Expires: now.Add(time.Hour)}
	open := Campaign{Stage: OpenStage}
	if err := good.CheckNew(open, now); err != nil {
		t.Error(err)
	}
	for name, w := range map[string]Wall{
		"no name": {Scope: CityScope(), Expires: now.Add(time.Hour)}, "no area": {Name: "x", Expires: now.Add(time.Hour)},
		"a company": {Name: "x", Scope: Scope{Company: 1}, Expires: now.Add(time.Hour)}, "over": {Name: "x", Scope: CityScope(), Expires: now},
		"two years": {Name: "x", Scope: CityScope(), Expires: now.AddDate(2, 0, 0)},
	} {
		if KindOf(w.CheckNew(open, now)) != Invalid {
			t.Errorf("%s is taken", name)
		}
	}
	if KindOf(good.CheckNew(Campaign{Stage: Draft}, now)) != Invalid {
		t.Error("a draft is taken")
	}
}
