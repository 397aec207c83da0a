package intake_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"meihao/static"
	"meihao/survey"
	"meihao/survey/intake"
)

const goodKey = "0123456789abcdef"

func noon() time.Time { return time.Date(2026, 9, 10, 4, 0, 0, 0, time.UTC) }

// lobby is an open campaign's poster in 1号楼 (2 units) of a project that
// also has 2号楼 (no units) and 3号楼 (unknown units).
func lobby() survey.Poster {
	none, two := 0, 2
	buildings := []survey.Building{
		{ID: 11, Name: "1号楼", Units: &two, Homes: survey.Homes{Households: 40}},
		{ID: 12, Name: "2号楼", Units: &none, Homes: survey.Homes{Households: 40}},
		{ID: 13, Name: "3号楼", Homes: survey.Homes{Households: 40}},
	}
	return survey.Poster{
		Code: "poster", Building: 11, Tag: 9, Key: &survey.Key{1},
		Campaign: survey.Campaign{ID: 1, Stage: survey.OpenStage, Admission: survey.ByRoom,
			Opens: noon().Add(-time.Hour), Closes: noon().Add(time.Hour)},
		Project: survey.Project{ID: 2, Buildings: buildings},
		Groups:  survey.Groups(buildings),
	}
}

func good() intake.Request {
	return intake.Request{Key: goodKey, Unit: "1", Room: "301",
		Values: map[string][]string{"S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"5"}, "Q16": {"谢谢"}}}
}

func questionnaire(t *testing.T) *survey.Questionnaire {
	t.Helper()
	q, err := survey.ParseQuestionnaire(static.Questionnaire)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestAdmitted(t *testing.T) {
	s, err := intake.Admit(lobby(), questionnaire(t), good(), noon())
	if err != nil {
		t.Fatal(err)
	}
	if s.Bases != survey.BothBases || s.Group != 1 || s.Lane != survey.RoomLane || s.Otherwise != nil || s.Comment != "谢谢" {
		t.Errorf("%+v", s)
	}
	if s.ChangeKey == "" || survey.DigestOf(s.ChangeKey) != s.Change {
		t.Errorf("the change key %q is not what its digest was made of", s.ChangeKey)
	}
	same := good()
	same.Unit, same.Room, same.Building = "一单元", "０３０１室", "1栋"
	if again, err := intake.Admit(lobby(), questionnaire(t), same, noon()); err != nil || again.Claim != s.Claim || again.Receipt != s.Receipt {
		t.Errorf("the same home written otherwise has another claim: %v", err)
	}
	other := good()
	other.Building, other.Unit = "2号楼", ""
	if again, err := intake.Admit(lobby(), questionnaire(t), other, noon()); err != nil || again.Claim == s.Claim || again.Group != 2 {
		t.Errorf("another building: %+v, %v", again, err)
	}
}

func TestRefused(t *testing.T) {
	cases := []struct {
		name   string
		poster func(*survey.Poster)
		ask    func(*intake.Request)
		kind   survey.Kind
		fields []string
	}{
		{"no key", nil, func(r *intake.Request) { r.Key = "" }, survey.Invalid, []string{"key"}},
		{"a key of other symbols", nil, func(r *intake.Request) { r.Key = "0123456789abcde'" }, survey.Invalid, []string{"key"}},
		{"no household", nil, func(r *intake.Request) { r.Unit, r.Room = "", "" }, survey.Invalid, []string{"room", "unit"}},
		{"a unit that is not there", nil, func(r *intake.Request) { r.Unit = "3" }, survey.Invalid, []string{"unit"}},
		{"a unit where there are none", nil, func(r *intake.Request) { r.Building = "2号楼" }, survey.Invalid, []string{"unit"}},
		{"no unit where it is unknown", nil, func(r *intake.Request) { r.Building, r.Unit = "3号楼", "" }, survey.Invalid, []string{"unit"}},
		{"an impossible room", nil, func(r *intake.Request) { r.Room = "阳台" }, survey.Invalid, []string{"room"}},
		{"an unknown building", nil, func(r *intake.Request) { r.Building = "9号楼" }, survey.Invalid, []string{"building"}},
		{"everything wrong at once", nil, func(r *intake.Request) { *r = intake.Request{Values: map[string][]string{"Q1": {"7"}}} },
			survey.Invalid, []string{"Q1", "S1", "S2", "key", "room", "unit"}},
		{"feedback where none is taken", nil, func(r *intake.Request) { r.Lane = "open" }, survey.Invalid, []string{"lane"}},
		{"a clerk's lane from outside", nil, func(r *intake.Request) { r.Lane = "assisted" }, survey.Invalid, []string{"lane"}},
		{"neither owner nor resident", nil, func(r *intake.Request) {
			r.Values["S1"], r.Values["S2"] = []string{"OTHER"}, []string{"N"}
		}, survey.NoBase, nil},
		{"a code campaign without a code", func(p *survey.Poster) { p.Campaign.Admission = survey.ByCode }, nil, survey.WrongCode, []string{"code"}},
		{"sealed", func(p *survey.Poster) { p.Campaign.Stage, p.Key = survey.SealedStage, nil }, nil, survey.Closed, nil},
		{"closed and invalid", func(p *survey.Poster) { p.Campaign.Stage = survey.ClosedStage }, func(r *intake.Request) { r.Room = "" }, survey.Closed, nil},
		{"not yet open and invalid", func(p *survey.Poster) { p.Campaign.Opens = noon().Add(time.Minute) }, func(r *intake.Request) { r.Room = "" }, survey.NotOpen, nil},
		{"retired and invalid", func(p *survey.Poster) { p.Retired = true }, func(r *intake.Request) { r.Room = "" }, survey.RetiredPoster, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, r := lobby(), good()
			if c.poster != nil {
				c.poster(&p)
			}
			if c.ask != nil {
				c.ask(&r)
			}
			_, err := intake.Admit(p, questionnaire(t), r, noon())
			var e *survey.Error
			if !errors.As(err, &e) || e.Kind != c.kind {
				t.Fatalf("got %v, want %s", err, c.kind)
			}
			if got := slices.Sorted(maps.Keys(e.Fields)); !slices.Equal(got, c.fields) {
				t.Errorf("fields %v, want %v", got, c.fields)
			}
		})
	}
}

// A valid request for a campaign that takes no answers becomes a submission
// that only a known retry can pass (RULES §1).
func TestClosedTakesRetriesOnly(t *testing.T) {
	for kind, change := range map[survey.Kind]func(*survey.Poster){
		survey.Closed:        func(p *survey.Poster) { p.Campaign.Stage = survey.ClosedStage },
		survey.NotOpen:       func(p *survey.Poster) { p.Campaign.Opens = noon().Add(time.Minute) },
		survey.RetiredPoster: func(p *survey.Poster) { p.Retired = true },
	} {
		p := lobby()
		change(&p)
		s, err := intake.Admit(p, questionnaire(t), good(), noon())
		if err != nil || survey.KindOf(s.Otherwise) != kind {
			t.Errorf("%s: %v, otherwise %v", kind, err, s.Otherwise)
		}
	}
}

func TestOpenLaneClaims(t *testing.T) {
	p := lobby()
	p.Campaign.Admission = survey.ByOpen
	r := good()
	r.Unit, r.Room, r.Device = "", "", "device-1"
	first, err := intake.Admit(p, questionnaire(t), r, noon())
	if err != nil || first.Lane != survey.OpenLane {
		t.Fatalf("%+v, %v", first, err)
	}
	r.Key = goodKey + "2"
	if second, _ := intake.Admit(p, questionnaire(t), r, noon()); second.Claim != first.Claim || second.Receipt == first.Receipt {
		t.Error("one device has two claims, or two submissions one receipt")
	}
	r.Device = ""
	if third, _ := intake.Admit(p, questionnaire(t), r, noon()); third.Claim == first.Claim {
		t.Error("without a device the key is the claim")
	}
	feedback := lobby()
	feedback.Campaign.Feedback = true
	r.Lane = "open"
	if s, err := intake.Admit(feedback, questionnaire(t), r, noon()); err != nil || s.Lane != survey.OpenLane {
		t.Errorf("feedback: %+v, %v", s, err)
	}
}
