package admin

import (
	"meihao/api/page"
	"meihao/survey/export"
)

// workbook is the places of the next level, campaign by campaign.
func (v overviewView) workbook(t teller) workbook {
	w := workbook{Title: v.Title, Notes: []export.Note{t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf))}}
	for _, one := range v.Campaigns {
		if len(one.Sums.Rows) == 0 {
			continue
		}
		table := standingsView{}.sums(t, one.Sums)
		table.Title = one.Name
		w.Tables = append(w.Tables, table)
	}
	w.Notes = append(w.Notes, t.reading("how.rate", "sums.how", "how.random", "export.dash")...)
	return w
}

// Tabled says whether the overview has a table.
func (v overviewView) Tabled() bool {
	for _, one := range v.Campaigns {
		if len(one.Sums.Rows) > 0 {
			return true
		}
	}
	return false
}
