package admin

import (
	"meihao/survey"
	"meihao/survey/export"
)

// workbook is the posters of all projects that the filter leaves.
func (v postersView) workbook(t teller) workbook {
	w := workbook{Title: v.Title}
	table := export.Table{Title: v.Title, Columns: t.columns("project.name", "scope.community", "posters.place", "posters.code", "~posters.printed",
		"#posters.opens", "#posters.answers", "~posters.last", "posters.state")}
	if v.Chosen != nil {
		w.Campaign = v.Chosen.Name
		w.Notes = append(t.filter(v.listFilter), t.note("posters.answers.joined", t.say("posters.answers.joined.why")),
			t.note("posters.answers", t.say("posters.answers.together.why")))
		if v.Building != "" {
			w.Notes = append(w.Notes, t.note("posters.building", v.Building))
		}
		if v.Silent {
			w.Notes = append(w.Notes, t.note("export.filter", t.say("posters.silent")))
		}
		table.Rows = func(yield func([]export.Cell, error) bool) {
			for _, p := range v.Projects {
				for _, row := range p.Posters {
					if !yield(t.poster(row), nil) {
						return
					}
				}
			}
		}
	}
	w.Tables = []export.Table{table}
	return w
}

// poster is one poster's row. The answers of small buildings are not shown
// apart (RULES §1); those of a building with several posters are a sentence on
// each of its rows, so that nobody adds them up.
func (t teller) poster(p posterRow) []export.Cell {
	printed, answers, last := export.String(t.say("posters.printed.never")), export.String(t.say("posters.answers.joined")), dash()
	if !p.Printed.IsZero() {
		printed = export.Date(p.Printed)
	}
	switch {
	case p.ShowsAnswers():
		answers = export.Int(p.Answers)
	case p.ShowsTogether():
		answers = export.String(t.say("posters.answers.together", "N", p.Together))
	}
	if !p.LastOpened.IsZero() {
		last = export.Date(p.LastOpened)
	}
	state := ""
	switch {
	case p.Retired:
		state = t.say("posters.retired")
	case p.Silence != survey.Scanned:
		state = t.say("posters.silent.tag") + " " + t.say("posters.silent.todo."+string(p.Silence))
	case p.Opens > 0:
		state = t.say("posters.used")
	}
	return []export.Cell{export.String(p.Project.Name), export.String(p.Project.Area.Community), export.String(p.Name()),
		export.String(survey.GroupCode(p.Code, 4)), printed, export.Int(p.Opens), answers, last, export.String(state)}
}

// workbook is a poster's history.
func (v posterView) workbook(t teller) workbook {
	place := v.Poster.Project.Name + " " + v.Poster.Name()
	return workbook{
		Title: t.say("posters.history") + "_" + place, Campaign: v.Campaign.Name,
		Notes: []export.Note{t.note("posters.place", place), t.note("posters.code", survey.GroupCode(v.Poster.Code, 4))},
		Tables: []export.Table{{
			Title: t.say("posters.history"), Columns: t.columns("@posters.history.at", "posters.history.what", "posters.code", "posters.reason", "posters.history.who"),
			Rows: export.Of(v.Events, func(e posterEvent) []export.Cell {
				return []export.Cell{export.Time(e.At), export.String(t.say("event." + e.Action)), export.String(survey.GroupCode(e.Code, 4)),
					export.String(e.Reason), export.String(e.Username)}
			}),
		}},
	}
}
