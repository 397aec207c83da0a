package rubric_test

import (
	"bytes"
	"testing"

	"meihao/static"
	"meihao/survey"
	"meihao/survey/rubric"
)

func parsed(t *testing.T) *rubric.Rubric {
	t.Helper()
	r, err := rubric.Parse(static.Rubric)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRubricIsTheNotices(t *testing.T) {
	r := parsed(t)
	if len(r.Items) != 38 {
		t.Fatalf("%d items, want 38", len(r.Items))
	}
	if first := r.Items[0]; first.ID != "1.1" || first.Max.String() != "10" || first.CriterionZH != "小区业主对物业管理满意度高于90%" {
		t.Errorf("first item is %+v", first)
	}
	total := rubric.Halves(0)
	for _, item := range r.Items {
		total += item.Max
	}
	if total.Points() != 100 {
		t.Errorf("the items sum to %s points, want 100", total)
	}
}

func TestWrongSumsAreRefused(t *testing.T) {
	broken := bytes.Replace(static.Rubric, []byte(",10,computed"), []byte(",11,computed"), 1)
	if _, err := rubric.Parse(broken); err == nil {
		t.Error("a section of 21 points was accepted")
	}
}

func counts(n, k int64) []survey.SealedCell {
	return []survey.SealedCell{{State: survey.Counted, Base: survey.OwnerBase, Lane: survey.RoomLane, Responses: n, Answered: n, Satisfied: k}}
}

// fill is the sheet of a project of which only the survey is known.
func fill(t *testing.T, c survey.Campaign, sealed *survey.Sealed, role survey.Role) rubric.Sheet {
	t.Helper()
	return parsed(t).Sheet(survey.Activity{}, rubric.Entries{Project: 7}, rubric.Figures{Campaign: &c, Sealed: sealed}, role)
}

func TestSheetFromASealedResult(t *testing.T) {
	room := survey.Campaign{Admission: survey.ByRoom, Margins: survey.DefaultMargins()}
	open := room
	open.Admission = survey.ByOpen
	words := func(i survey.Item, v survey.Veto) survey.Words { return survey.Words{Item11: i, Veto61: v} }
	cases := []struct {
		name     string
		campaign survey.Campaign
		sealed   *survey.Sealed
		item     string
		points   string // "" none
		veto     string
	}{
		{"not sealed", room, nil, "open", "", "open"},
		{"above ninety", room, &survey.Sealed{OwnerHomes: 100, Counts: counts(100, 91)}, "MET_CLEAR", "10", "CLEARED"},
		{"exactly ninety", room, &survey.Sealed{OwnerHomes: 100, Counts: counts(100, 90)}, "NOT_MET_CLEAR", "0", "CLEARED"},
		{"below sixty", room, &survey.Sealed{OwnerHomes: 100, Counts: counts(100, 59)}, "NOT_MET_CLEAR", "0", "VETO_CLEAR"},
		{"too few", room, &survey.Sealed{OwnerHomes: 1000, Counts: counts(20, 20)}, "NOT_ASSESSABLE", "", "UNDETERMINED"},
		{"open admission", open, &survey.Sealed{OwnerHomes: 100, Counts: []survey.SealedCell{{State: survey.Counted, Base: survey.OwnerBase, Lane: survey.OpenLane, Responses: 100, Answered: 100, Satisfied: 95}}},
			"NOT_ASSESSABLE", "", "UNDETERMINED"},
		{"words differ with the held ones", room, &survey.Sealed{OwnerHomes: 100, Counts: counts(100, 91),
			Owner: words("MET_CLEAR", "CLEARED"), OwnerWithHeld: words("NOT_ASSESSABLE", "UNDETERMINED")}, "open", "", "open"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			sheet := fill(t, c.campaign, c.sealed, survey.DistrictRole)
			if len(sheet.Awards) != 32 || len(sheet.Vetoes) != 6 {
				t.Fatalf("%d items and %d vetoes", len(sheet.Awards), len(sheet.Vetoes))
			}
			points := ""
			if got := sheet.Awards[0].Got; got != nil {
				points = got.String()
			}
			if sheet.Awards[0].State != c.item || points != c.points || sheet.Vetoes[0].State != c.veto {
				t.Errorf("1.1 %s %q, 6.1 %s; want %s %q, %s", sheet.Awards[0].State, points, sheet.Vetoes[0].State, c.item, c.points, c.veto)
			}
			if sheet.Complete {
				t.Error("a sheet with 31 open items is complete")
			}
		})
	}
}

// Under ten answers the word is for district and city only (RULES §8).
func TestFewAnswersAreHiddenFromOthers(t *testing.T) {
	c := survey.Campaign{Admission: survey.ByRoom, Margins: survey.DefaultMargins()}
	nine := &survey.Sealed{OwnerHomes: 9, Counts: counts(9, 9)}
	for role, hidden := range map[survey.Role]bool{survey.CityRole: false, survey.DistrictRole: false, survey.ThirdParty: true, survey.Auditor: true} {
		sheet := fill(t, c, nine, role)
		item, veto := sheet.Awards[0], sheet.Vetoes[0]
		if item.Hidden != hidden || veto.Hidden != hidden || (item.State == "") != hidden || (item.Got == nil) != hidden || (sheet.Total == 0) != hidden {
			t.Errorf("%s sees %+v, %+v and a total of %s", role, item, veto, sheet.Total)
		}
	}
}

func TestBorderlineVetoIsNotDecided(t *testing.T) {
	c := survey.Campaign{Admission: survey.ByRoom, Margins: survey.DefaultMargins()}
	sealed := &survey.Sealed{OwnerHomes: 1000, Counts: counts(300, 178)}
	if sheet := fill(t, c, sealed, survey.CityRole); sheet.Vetoes[0].State != "VETO_BORDERLINE" || sheet.Complete {
		t.Errorf("6.1 is %s, complete %t", sheet.Vetoes[0].State, sheet.Complete)
	}
}
