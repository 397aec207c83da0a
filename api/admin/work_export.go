package admin

import (
	"strconv"

	"meihao/survey/export"
	"meihao/survey/work"
)

// workbook is the list of long work.
func (v worksView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title: v.Title, Columns: t.columns("job.name", "job.state", "job.by", "@job.added", "export.joined"),
		Rows: export.Of(v.Jobs, func(j jobView) []export.Cell {
			state := t.say(j.Word.Key)
			if j.State == work.Running && j.Percent >= 0 {
				state += " " + strconv.Itoa(j.Percent) + "%"
			}
			message := export.Cell{}
			if j.Message != nil {
				message = export.String(t.msg(*j.Message))
			}
			return []export.Cell{export.String(t.say("job.kind."+j.Kind, "Name", j.Name)), export.String(state), export.String(j.By), export.Time(j.Added), message}
		}),
	}}}
}
