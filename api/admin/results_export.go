package admin

import (
	"time"

	"meihao/survey"
	"meihao/survey/export"
)

// workbook is the list of results as residents see them.
func (v resultsView) workbook(t teller) workbook {
	rows := make([]resultRow, len(v.Rows))
	copy(rows, v.Rows)
	var narrowed []string
	add := func(key, value string) {
		if value != "" {
			narrowed = append(narrowed, t.say(key)+": "+value)
		}
	}
	add("projects.search", v.Search)
	for _, one := range v.Campaigns {
		if one.Value == v.Campaign {
			add("results.campaign", one.Name)
		}
	}
	if v.Choice != "" {
		add("results.choice", t.say("results.choice."+v.Choice))
	}
	return workbook{Title: v.Title, Notes: append(t.narrowed(narrowed), t.reading("results.rule", "export.dash")...), Tables: []export.Table{{
		Title: v.Title,
		Columns: t.columns("project.name", "scope.district", "scope.subdistrict", "scope.community", "project.company", "results.campaign",
			"%standings.owner", "#export.satisfied.count", "#export.answered", "results.verdict",
			"%standings.resident", "#export.satisfied.count", "#export.answered", "results.public", "~results.since.day",
			"#results.n.promised", "#results.n.done", "#results.n.late", "#results.n.waiting", "#results.n.returned"),
		Rows: export.Of(rows, func(r resultRow) []export.Cell {
			row := append([]export.Cell{export.String(r.Project.Name)}, area(r.Project.Area)...)
			row = append(row, orDash(r.Project.Company.Name), export.String(r.Campaign.Name))
			row = append(row, t.publicRate(r.Owner), countOrDash(r.Owner.Satisfied), countOrDash(r.Owner.Answered), t.word(r.Owner.Light))
			return append(row, t.publicRate(r.Resident), countOrDash(r.Resident.Satisfied), countOrDash(r.Resident.Answered), t.word(r.Word), dayCell(r.Publication.At),
				some(r.Counts.Promised), some(r.Counts.Done), some(r.Counts.Late), some(r.Counts.Waiting), some(r.Counts.Returned))
		}),
	}}}
}

// publicRate is a rate as it is printed, or a dash for none.
func (t teller) publicRate(c resultCell) export.Cell {
	if c.Satisfied == nil {
		return dash()
	}
	return export.Printed(c.Result.Rate)
}

func countOrDash(n *int64) export.Cell {
	if n == nil {
		return dash()
	}
	return export.Int(*n)
}

// dayCell is a day, or nothing for none.
func dayCell(t time.Time) export.Cell {
	if t.IsZero() {
		return export.Cell{}
	}
	return export.Date(t)
}

// workbook is the promises of a result.
func (v resultView) workbook(t teller) workbook {
	return workbook{Title: v.Title + "_" + t.say("result.promises"), Campaign: v.Result.Campaign.Name, Tables: []export.Table{{
		Title: t.say("result.promises"),
		Columns: t.columns("#results.number", "promise.text", "~promise.due", "~promise.done", "promise.note", "results.state", "results.waits",
			"results.public_text", "~results.public_due", "~results.first_due", "promise.returned"),
		Rows: export.Of(v.Promises, func(p promiseCard) []export.Cell {
			row := []export.Cell{
				export.Int(p.Number), export.String(p.Text), dayCell(p.Due), dayCell(p.Done), export.String(p.DoneNote),
				t.word(p.Word), t.yes(p.Waits()),
			}
			public := survey.PublicPromise{}
			if p.Public() {
				public = p.Published
			}
			return append(row, orDash(public.Text), dayCell(public.Due), dayCell(public.FirstDue), export.String(p.Returned))
		}),
	}}}
}
