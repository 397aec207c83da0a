package admin

import (
	"maps"
	"slices"

	"meihao/survey"
	"meihao/survey/export"
)

// workbook is what a campaign froze of a project's buildings, and what was
// corrected of it.
func (v enrolledView) workbook(t teller) workbook {
	buildings := export.Table{
		Title:   t.say("project.buildings"),
		Columns: t.columns("building.name", "#correction.group", "#building.units", "#project.households", "#project.occupied", "correction.today"),
		Rows: export.Of(v.Buildings, func(b enrolledBuilding) []export.Cell {
			return []export.Cell{export.String(b.Name), export.Int(b.Group), t.known(b.Units), export.Int(b.Households), t.known(b.Occupied), t.today(b)}
		}),
		Sum: []export.Cell{export.String(t.say("sum")), {}, {}, export.Int(v.Sum.Households), t.known(v.Sum.Occupied)},
	}
	return workbook{Title: v.Title, Campaign: v.Campaign.Name, Tables: []export.Table{buildings, v.History.table(t)},
		Notes: []export.Note{t.note("campaign.stage", t.say(v.Campaign.Word.Key)), t.note("correction.group", t.say("correction.group.hint"))}}
}

// today says how the register differs by now.
func (t teller) today(b enrolledBuilding) export.Cell {
	if b.Gone {
		return export.String(t.say("correction.gone"))
	}
	if len(b.Now) == 0 {
		return export.String(t.say("correction.same"))
	}
	text := ""
	for _, field := range slices.Sorted(maps.Keys(b.Now)) {
		if text != "" {
			text += "\n"
		}
		text += t.say("roster.field."+field) + " " + b.Now[field]
	}
	return export.String(text)
}

// table is the history of corrections, a row for each line of it.
func (v correctionHistory) table(t teller) export.Table {
	return export.Table{
		Title:   t.say("correction.history"),
		Columns: t.columns("@event.at", "event.who", "export.way", "event.reason", "building.name", "export.field", "export.old", "export.new"),
		Rows: func(yield func([]export.Cell, error) bool) {
			for _, e := range v.Entries {
				for _, line := range e.Lines {
					if !yield(t.correction(e, line), nil) {
						return
					}
				}
			}
		},
	}
}

func (t teller) correction(e survey.CorrectionEntry, line survey.Correction) []export.Cell {
	way := t.say("correction.way."+string(e.Way), "Name", e.CampaignName)
	building := line.BuildingName
	if building == "" {
		building = t.say("correction.project")
	}
	row := []export.Cell{export.Time(e.At), export.String(e.By), export.String(way), export.String(e.Reason), export.String(building)}
	or := func(value string) export.Cell {
		if value == "" {
			return export.String(t.say("unknown"))
		}
		return export.Printed(value)
	}
	switch line.Field {
	case "added":
		return append(row, export.String(t.say("correction.added", "N", line.New)))
	case "removed":
		return append(row, export.String(t.say("correction.removed", "N", line.Old)))
	}
	return append(row, export.String(t.say("roster.field."+line.Field)), or(line.Old), or(line.New))
}
