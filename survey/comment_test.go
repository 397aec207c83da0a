package survey_test

import (
	"strings"
	"testing"
	"time"

	"meihao/survey"
)

// Who reads comments, and when (RULES §8): district and city after closing, the
// company after sealing and publication, nobody else.
func TestReadsComments(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	open := survey.Campaign{Stage: survey.OpenStage, Opens: now.Add(-time.Hour), Closes: now.Add(time.Hour)}
	over, closed, sealed := open, open, open
	over.Closes = now
	closed.Stage, sealed.Stage = survey.ClosedStage, survey.SealedStage
	for _, role := range survey.Roles() {
		for name, c := range map[string]survey.Campaign{"draft": {Stage: survey.Draft}, "open": open, "over": over, "closed": closed, "sealed": sealed} {
			for _, published := range []bool{false, true} {
				want := survey.CommentsRole
				switch ended := name == "over" || name == "closed" || name == "sealed"; {
				case role == survey.CompanyRole && published && name == "sealed":
					want = ""
				case role == survey.CompanyRole:
					want = survey.CommentsUnpublic
				case role != survey.Administrator && role != survey.CityRole && role != survey.DistrictRole:
				case ended:
					want = ""
				default:
					want = survey.CommentsEarly
				}
				if got := c.ReadsComments(role, published, now); got != want {
					t.Errorf("%s, %s, published %t: %q, want %q", role, name, published, got, want)
				}
			}
		}
	}
}

// Below the city ten counted, admitted answers are needed; held ones and
// feedback do not make them up.
func TestEnoughForComments(t *testing.T) {
	c := survey.Campaign{Admission: survey.ByRoom}
	tally := func(counted, held, open int64) survey.Tally {
		return survey.Tally{Cells: map[survey.Cell]survey.Score{
			{Bases: survey.OwnerBase, State: survey.Counted, Lane: survey.RoomLane, Group: 1}:    {Responses: counted},
			{Bases: survey.ResidentBase, State: survey.Held, Lane: survey.RoomLane, Group: 1}:    {Responses: held},
			{Bases: survey.ResidentBase, State: survey.Counted, Lane: survey.OpenLane, Group: 1}: {Responses: open},
		}}
	}
	for _, role := range []survey.Role{survey.DistrictRole, survey.CompanyRole} {
		if c.EnoughForComments(tally(9, 20, 20), role) || !c.EnoughForComments(tally(10, 0, 0), role) {
			t.Errorf("%s", role)
		}
	}
	if !c.EnoughForComments(tally(1, 0, 0), survey.CityRole) {
		t.Error("the city reads none of few")
	}
}

// Names in addresses are read back, and what is none is not taken for one.
func TestCommentNames(t *testing.T) {
	id := survey.CommentID(0x0f700f01b03e2d94)
	if got, err := survey.ParseCommentID(id.String()); err != nil || got != id {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range []string{"", "1", "zz00000000000000", "ffffffffffffffff", "-000000000000001", "0f700f01b03e2d940"} {
		if got, err := survey.ParseCommentID(bad); err == nil {
			t.Errorf("%q is %v", bad, got)
		}
	}
	at := survey.CommentCursor{Project: 7, ID: id}
	if got := survey.ParseCommentCursor(at.String()); got != at {
		t.Errorf("%+v", got)
	}
	for _, bad := range []string{"", "-", "x-y", at.Project.String() + "-1"} {
		if got := survey.ParseCommentCursor(bad); got != (survey.CommentCursor{}) {
			t.Errorf("%q is %+v", bad, got)
		}
	}
}

// The reason for hiding is kept without what was hidden.
func TestHideReason(t *testing.T) {
	got, err := survey.HideReason(" 写了李先生家\n3号楼2单元101 ")
	if err != nil || got != "写了＊＊先生家 ＊＊" {
		t.Errorf("%q, %v", got, err)
	}
	for _, bad := range []string{"", " x ", strings.Repeat("长", survey.LongestHideReason+1), "\xff\xff\xff"} {
		if got, err := survey.HideReason(bad); err == nil {
			t.Errorf("%q is kept as %q", bad, got)
		}
	}
}
