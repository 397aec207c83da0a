package rubric_test

import (
	"testing"

	"meihao/survey"
	"meihao/survey/rubric"
)

func TestWhoMayOverrideAndSettle(t *testing.T) {
	e := rubric.Entries{
		Fees:  &rubric.Fees{Paid: 94, Due: 100},
		Marks: []rubric.Mark{mark("2.1", rubric.FirstParty, 2, 1), mark("2.1", rubric.ThirdParty, 3, 2), mark("2.2", rubric.FirstParty, 2, 1)},
	}
	sheet := parsed(t).Sheet(survey.Activity{}, e, rubric.Figures{}, survey.CityRole)
	fees, parted, agreed, veto := sheet.Award(rubric.FeesItem), sheet.Award("2.1"), sheet.Award("2.2"), sheet.Award(rubric.SatisfactionVeto)
	asked := *fees
	asked.Override = &rubric.Override{Points: 2, Of: fees.Machine, Asked: by(1)}
	moved := asked
	moved.Override = &rubric.Override{Points: 2, Of: "MET 4", Asked: by(1)}
	confirmed := asked
	confirmed.Override = &rubric.Override{Points: 2, Of: fees.Machine, Asked: by(1), Confirmed: by(2)}
	again := asked
	again.Override = &rubric.Override{Points: 3, Of: fees.Machine, Asked: by(1)}
	other := survey.Actor{Account: 2}
	for name, c := range map[string]struct {
		err error
		key string
	}{
		"override":                        {fees.CanOverride(2, reason), ""},
		"override above the maximum":      {fees.CanOverride(5, reason), "error.mark.points"},
		"override without a reason":       {fees.CanOverride(2, ""), "error.reason"},
		"override of an assessor's item":  {agreed.CanOverride(2, reason), "error.override.not_machine"},
		"override of veto 6.1":            {veto.CanOverride(0, reason), "error.override.not_machine"},
		"override of nothing yet":         {sheet.Award(rubric.SatisfactionItem).CanOverride(2, reason), "error.override.open"},
		"override asked for twice":        {asked.CanOverride(3, reason), "error.sheet.asked"},
		"a stale override, anew":          {moved.CanOverride(3, reason), ""},
		"second person":                   {asked.CanConfirm(other, asked.Seen()), ""},
		"the same person twice":           {asked.CanConfirm(survey.Actor{Account: 1}, asked.Seen()), "error.second_person"},
		"nobody's account":                {asked.CanConfirm(survey.Actor{}, asked.Seen()), "error.second_person"},
		"another proposal than was seen":  {again.CanConfirm(other, asked.Seen()), "error.mark.changed"},
		"a proposal that no longer fits":  {moved.CanConfirm(other, moved.Seen()), "error.override.moved"},
		"confirm twice":                   {confirmed.CanConfirm(other, confirmed.Seen()), "error.sheet.confirmed"},
		"confirm nothing":                 {fees.CanConfirm(other, fees.Seen()), "error.sheet.nothing_asked"},
		"settle":                          {parted.CanSettle(3, parted.Seen(), reason), ""},
		"settle what agrees":              {agreed.CanSettle(3, agreed.Seen(), reason), "error.settle.nothing"},
		"settle what the machine set":     {fees.CanSettle(3, fees.Seen(), reason), "error.settle.nothing"},
		"settle other marks than seen":    {parted.CanSettle(3, "", reason), "error.mark.changed"},
		"settle above the maximum":        {parted.CanSettle(9, parted.Seen(), reason), "error.mark.points"},
		"settle without a reason":         {parted.CanSettle(3, parted.Seen(), " "), "error.reason"},
		"settle without the first's mark": {waiting(t).CanSettle(3, waiting(t).Seen(), reason), "error.settle.wants"},
	} {
		if c.err == nil && c.key != "" || c.err != nil && survey.KeyOf(c.err) != c.key {
			t.Errorf("%s: %v, want %q", name, c.err, c.key)
		}
	}
}

// waiting is an item on which a second and a third party differ and the first
// one has not marked.
func waiting(t *testing.T) *rubric.Award {
	e := rubric.Entries{Marks: []rubric.Mark{mark("2.1", rubric.SecondParty, 2, 1), mark("2.1", rubric.ThirdParty, 3, 2)}}
	sheet := parsed(t).Sheet(survey.Activity{}, e, rubric.Figures{}, survey.CityRole)
	return sheet.Award("2.1")
}

func TestSeats(t *testing.T) {
	marks := []rubric.Mark{
		mark("2.1", rubric.SelfParty, 2, 1), mark("2.1", rubric.FirstParty, 2, 2), mark("2.1", rubric.SecondParty, 2, 3), mark("2.1", rubric.ThirdParty, 2, 4),
		mark("2.2", rubric.FirstParty, 2, 2),
	}
	sheet := parsed(t).Sheet(survey.Activity{}, rubric.Entries{Marks: marks}, rubric.Figures{}, survey.CityRole)
	for _, c := range []struct {
		item    string
		role    survey.Role
		account survey.ID
		party   rubric.Party
		key     string
	}{
		{"2.1", survey.CommunityRole, 1, rubric.SelfParty, ""},
		{"2.1", survey.CompanyRole, 5, rubric.SelfParty, ""},
		{"2.1", survey.CommunityRole, 2, "", "error.mark.self"},     // scored here in another role
		{"2.3", survey.DistrictRole, 1, "", "error.mark.self"},      // assessed itself on another item
		{"2.3", survey.ThirdParty, 1, "", "error.mark.self"},        //
		{"2.1", survey.DistrictRole, 2, rubric.FirstParty, ""},      // its own again
		{"2.1", survey.CityRole, 3, rubric.SecondParty, ""},         //
		{"2.1", survey.DistrictRole, 6, "", "error.mark.two"},       // both seats are taken
		{"2.2", survey.DistrictRole, 6, rubric.SecondParty, ""},     //
		{"2.3", survey.Administrator, 6, rubric.FirstParty, ""},     //
		{"2.1", survey.ThirdParty, 4, rubric.ThirdParty, ""},        //
		{"2.1", survey.ThirdParty, 6, "", "error.mark.third"},       //
		{"2.2", survey.ThirdParty, 2, "", "error.mark.one_account"}, // was the first one before its role changed
		{"2.1", survey.DistrictRole, 4, "", "error.mark.one_account"},
		{"1.1", survey.DistrictRole, 6, "", "error.mark.machine"},
		{"3.2", survey.ThirdParty, 6, "", "error.mark.machine"},
		{"3.2", survey.CommunityRole, 1, rubric.SelfParty, ""},
		{"6.2", survey.DistrictRole, 6, "", "error.not_found"},
		{"9.9", survey.DistrictRole, 6, "", "error.not_found"},
		{"2.1", survey.Auditor, 6, "", "error.forbidden"},
	} {
		party, err := sheet.Seat(c.item, c.role, c.account)
		if party != c.party || (err == nil) != (c.key == "") || err != nil && survey.KeyOf(err) != c.key {
			t.Errorf("%s as %s, account %d: %q, %v; want %q, %q", c.item, c.role, c.account, party, err, c.party, c.key)
		}
	}
}
