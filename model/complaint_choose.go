package model

import (
	"strings"

	"gorm.io/gorm"

	"meihao/survey"
)

// complaintsFound narrows complaints by where their project lies and by words.
func complaintsFound(db *gorm.DB, f survey.ComplaintFilter) *gorm.DB {
	in := func(column string, id survey.ID) *gorm.DB {
		return db.Where("complaints.project IN (SELECT x.id FROM projects x WHERE x."+column+" = ?)", id)
	}
	switch {
	case f.Within.Community != 0:
		db = in("community", f.Within.Community)
	case f.Within.Subdistrict != 0:
		db = in("subdistrict", f.Within.Subdistrict)
	case f.Within.District != 0:
		db = in("district", f.Within.District)
	}
	if f.Search != "" {
		like := "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(f.Search) + "%"
		db = db.Where("(complaints.number LIKE ? ESCAPE '!' OR complaints.named LIKE ? ESCAPE '!' OR "+
			"complaints.project IN (SELECT x.id FROM projects x WHERE x.name LIKE ? ESCAPE '!'))", like, like, like)
	}
	return db
}

// complaintsStanding narrows them by where they stand now, by the limits of
// their class (RULES §6): what the clock says of one changes by itself.
func (l lookup) complaintsStanding(db *gorm.DB, state survey.ComplaintState) *gorm.DB {
	switch state {
	case survey.ComplaintOpen:
		return db.Where("complaints.resolved = 0 AND complaints.valid = ?", true)
	case survey.ComplaintReopened:
		return db.Where("complaints.reopened = ?", true)
	case survey.ComplaintInvalid:
		return db.Where("complaints.valid = ?", false)
	case survey.ComplaintLate:
		late, args := l.late()
		return db.Where("complaints.valid = ?", true).Where(late, args...)
	case survey.ComplaintOnTime:
		late, args := l.late()
		return db.Where("complaints.valid = ? AND complaints.resolved <> 0", true).Where("NOT "+late, args...)
	}
	return db
}

// late is the condition under which a limit has passed and was not kept.
func (l lookup) late() (string, []any) {
	now := millis(l.now())
	var parts []string
	var args []any
	for _, class := range survey.ComplaintClasses() {
		limit := l.prompt.Limits[class]
		response, resolution := limit.Response.Milliseconds(), limit.Resolution.Milliseconds()
		parts = append(parts, `(complaints.class = ? AND (
			complaints.received + ? <= ? AND (complaints.first_response = 0 OR complaints.first_response > complaints.received + ?) OR
			complaints.received + ? <= ? AND (complaints.resolved = 0 OR complaints.reopened = ? OR complaints.resolved > complaints.received + ?)))`)
		args = append(args, class, response, now, response, resolution, now, true, resolution)
	}
	return "(" + strings.Join(parts, " OR ") + ")", args
}
