package admin

import (
	"meihao/survey/export"
)

// workbook is the list of projects that have something to decide.
func (v heldProjectsView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Campaign: v.Campaign.Name, Notes: append(t.filter(v.listFilter), t.reading("held.rule")...), Tables: []export.Table{{
		Title:   v.Title,
		Columns: t.columns("project.name", "scope.district", "scope.subdistrict", "scope.community", "#held.count", "#held.proposals"),
		Rows: export.Of(v.Projects, func(p heldProject) []export.Cell {
			return append(append([]export.Cell{export.String(p.Project.Name)}, area(p.Project.Area)...), export.Int(p.Held), export.Int(p.Proposals))
		}),
	}}}
}

// workbook is a project's held answers, as far as the page names them, and
// what is proposed for them.
func (v heldView) workbook(t teller) workbook {
	held := export.Table{
		Title:   t.say("held.title"),
		Columns: t.columns("#held.number", "held.group", "held.why", "account.state"),
		Rows: export.Of(v.Held, func(r heldRow) []export.Cell {
			state := export.Cell{}
			if r.Proposal != 0 {
				state = export.String(t.say("held.waits"))
			}
			return []export.Cell{export.Int(r.Number), export.String(r.Label), export.String(t.say("hold." + string(r.Reason))), state}
		}),
	}
	proposals := export.Table{
		Title:   t.say("held.proposals"),
		Columns: t.columns("held.decision", "#export.answers", "export.by.proposal", "@event.at", "reason"),
		Rows: export.Of(v.Proposals, func(p proposalRow) []export.Cell {
			decision := "held.decision.exclude"
			if p.Release {
				decision = "held.decision.release"
			}
			return []export.Cell{export.String(t.say(decision)), export.Int(p.Count), export.String(p.ByName), export.Time(p.At), export.String(p.Reason)}
		}),
	}
	return workbook{Title: t.say("held.title") + "_" + v.Project.Name, Campaign: v.Campaign.Name,
		Tables: []export.Table{held, proposals}, Notes: t.reading("held.rule")}
}
