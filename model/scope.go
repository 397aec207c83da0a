package model

import (
	"gorm.io/gorm"

	"meihao/survey"
)

// within turns a scope into a condition on the projects table (named so, or
// as it is aliased) and its argument. It is the only place where a scope
// becomes SQL; a scope that names nothing holds nothing.
func within(s survey.Scope, projects string) (string, []any) {
	switch {
	case s.All:
		return "1 = 1", nil
	case s.Company != 0:
		return projects + ".company = ?", []any{s.Company}
	case s.Community != 0:
		return projects + ".community = ?", []any{s.Community}
	case s.Subdistrict != 0:
		return projects + ".subdistrict = ?", []any{s.Subdistrict}
	case s.District != 0:
		return projects + ".district = ?", []any{s.District}
	}
	return "1 = 0", nil
}

// inScope is within as gorm takes it, on the table "projects".
func inScope(s survey.Scope) func(*gorm.DB) *gorm.DB {
	where, args := within(s, "projects")
	return func(db *gorm.DB) *gorm.DB { return db.Where(where, args...) }
}

// seesCampaign is the condition under which a campaign is in scope: the
// city sees all, a district its own, and everybody those with an enrolled
// project of theirs.
func seesCampaign(s survey.Scope) (string, []any) {
	if s.All {
		return "1 = 1", nil
	}
	where, args := within(s, "p")
	condition := `EXISTS (SELECT 1 FROM enrolments e JOIN projects p ON p.id = e.project
		WHERE e.campaign = campaigns.id AND ` + where + `)`
	if s.District != 0 && s.Manages(s.District) {
		condition = "(campaigns.owner = ? OR " + condition + ")"
		args = append([]any{s.District}, args...)
	}
	return condition, args
}
