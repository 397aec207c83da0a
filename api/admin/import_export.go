package admin

import (
	"strconv"
	"strings"

	"meihao/api/page"
	"meihao/survey/export"
	"meihao/survey/roster"
)

// workbook is what a register would change, and the rows that are refused: to
// be put right beside the file.
func (v planView) workbook(t teller) workbook {
	refused := export.Table{
		Title: t.say("plan.refused.title"), Columns: t.columns("plan.row", "plan.what", "plan.reason"),
		Rows: export.Of(v.Refusals, func(r roster.Refusal) []export.Cell {
			return []export.Cell{export.String(r.At()), export.String(r.What), export.String(t.msg(r.Reason))}
		}),
	}
	projects := export.Table{
		Title: t.say("plan.projects"), Columns: t.columns("project.name", "project.community", "export.rows", "plan.kind", "plan.change"),
		Rows: export.Of(v.Projects, func(p projectLine) []export.Cell {
			return []export.Cell{export.String(p.Name), export.String(p.Community), export.String(rowsOf(p.Rows)),
				export.String(t.say("roster.kind." + string(p.Kind))), export.String(strings.Join(t.changes(p), "\n"))}
		}),
	}
	notes := []export.Note{
		t.note("import.file", v.File), t.note("roster.kind.added", page.Number(v.Added)), t.note("roster.kind.changed", page.Number(v.Changed)),
		t.note("roster.kind.same", page.Number(v.Same)), t.note("plan.refused", page.Number(v.Refused)),
	}
	for _, more := range []int{v.MoreRefusals, v.MoreProjects, v.MoreNotes, v.MorePlaces} {
		if more > 0 {
			notes = append(notes, t.note("export.more", t.say("plan.more", "N", page.Number(more))))
		}
	}
	for _, n := range v.Notes {
		text := t.msg(n.Message)
		if at := n.At(); at != "" {
			text = t.say("plan.at", "Row", at) + " " + text
		}
		notes = append(notes, t.note("plan.notes", text))
	}
	for _, p := range v.Places {
		notes = append(notes, t.note("plan.places", t.say("scope."+p.Level)+": "+p.Name))
	}
	return workbook{Title: v.Title, Tables: []export.Table{refused, projects}, Notes: notes}
}

// rowsOf are the first rows of a project, as the page names them.
func rowsOf(rows []int) string {
	var texts []string
	for i, r := range rows {
		if i == rowsNamed-1 {
			return strings.Join(texts, ", ") + "…"
		}
		texts = append(texts, strconv.Itoa(r))
	}
	return strings.Join(texts, ", ")
}

// changes are the lines that say what becomes of a project.
func (t teller) changes(p projectLine) []string {
	var lines []string
	if p.Kind == roster.Added {
		lines = append(lines, t.say("plan.new", "Households", page.Number(p.Households), "Buildings", page.Number(p.BuildingCount)))
	}
	differ := func(of string, fields []roster.Difference) {
		for _, f := range fields {
			old := f.Old
			if old == "" {
				old = "—"
			}
			lines = append(lines, of+t.say("roster.field."+f.Field)+": "+old+" → "+f.New)
		}
	}
	differ("", p.Fields)
	for _, b := range p.Buildings {
		if b.Kind == roster.Changed {
			differ(b.Name+" ", b.Fields)
		} else {
			lines = append(lines, "+ "+b.Name+" ("+page.Number(b.Households)+")")
		}
	}
	return lines
}
