package model_test

import (
	"testing"

	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/rubric"
)

// BenchmarkSheets reads and fills the sheets of 8,000 projects, of which two
// hundred, more than a city's districts may accept, are marked in every item of
// assessors by two parties.
func BenchmarkSheets(b *testing.B) {
	l := modeltest.NewLarge(b, 8000)
	exec(b, l.SQL(), `INSERT INTO sheets (id, activity, project, revision, campaign, snapshot, read_by, read_at, paid, due, fees_document, fees_by, fees_at)
		SELECT id, ?, id, 1, 0, 0, 0, 0, 95, 100, '台账', 1, 1 FROM projects`, l.Campaign.Activity)
	items, err := rubric.Parse(static.Rubric)
	if err != nil {
		b.Fatal(err)
	}
	for _, item := range items.Items {
		if item.Veto() || item.MachineSet() {
			continue
		}
		for _, p := range []rubric.Party{rubric.FirstParty, rubric.ThirdParty} {
			exec(b, l.SQL(), "INSERT INTO marks (sheet, item, party, points, note, account, at) SELECT id, ?, ?, 2, '查看台账', 1, 1 FROM sheets ORDER BY id LIMIT 200", item.ID, p)
		}
	}
	exec(b, l.SQL(), "UPDATE activities SET citywide = 1")
	b.ResetTimer()
	for b.Loop() {
		a, cases, err := l.Store.Sheets(b.Context(), survey.CityScope(), l.Campaign.Activity, survey.ProjectFilter{})
		if err != nil || len(cases) != 8000 {
			b.Fatal(len(cases), err)
		}
		for i := range cases {
			items.Sheet(a, cases[i].Entries, cases[i].Figures, survey.CityRole)
		}
	}
}
