package main

import (
	"time"

	"meihao/survey"
)

// jobsShown are jobs as somebody may find them. One that waits is not among
// them: the server would do it.
func jobsShown(upload string) []struct{ name, values string } {
	return []struct{ name, values string }{
		{"running", `'import', '全市名册.xlsx', '{"Upload":"` + upload + `"}', 'running', 0, 'writing', 4200, 8000, '', ''`},
		{"comparing", `'plan', '名册三.csv', '{"Upload":"` + upload + `"}', 'running', 0, 'comparing', 0, 0, '', ''`},
		{"stopping", `'import', '名册四.csv', '{"Upload":"` + upload + `"}', 'running', 1, 'comparing', 90, 300, '', ''`},
		{"done", `'import', '名册五.csv', '{"Upload":"` + upload + `"}', 'done', 0, 'writing', 300, 300,
			'{"Added":300,"Changed":12,"Refused":4,"BuildingsAdded":2250,"BuildingsChanged":3}', ''`},
		{"failed", `'plan', '名册六.xlsx', '{"Upload":"` + upload + `"}', 'failed', 0, 'reading', 0, 0, '',
			'{"Kind":"invalid_answers","Key":"roster.error.encrypted","Args":{"File":"名册六.xlsx"}}'`},
		{"overtaken", `'import', '名册七.csv', '{"Upload":"` + upload + `"}', 'failed', 0, 'comparing', 0, 0, '',
			'{"Kind":"conflict","Key":"error.import.changed"}'`},
		{"cancelled", `'import', '名册八.csv', '{"Upload":"` + upload + `"}', 'cancelled', 1, 'writing', 40, 300, '', ''`},
	}
}

// keepJobs puts these jobs into the store for an account, with an
// instance that never dies; it returns their addresses by name.
func (st *stage) keepJobs(language string, first int) map[string]string {
	st.t.Helper()
	db := stored(st.t, st.Data)
	defer func() { _ = db.Close() }()
	var account int64
	err := db.QueryRowContext(st.t.Context(), "SELECT id FROM accounts WHERE username = ?", st.account[language]).Scan(&account)
	if err != nil {
		st.t.Fatal(err)
	}
	paths, never := map[string]string{}, time.Now().AddDate(10, 0, 0).UnixMilli()
	for i, job := range jobsShown(survey.ID(2).String()) {
		id := survey.ID(first + i)
		_, err := db.ExecContext(st.t.Context(), `INSERT INTO jobs (id, account, kind, name, argument, state, stopping, phase, done, total, result, problem,
			file, media, tries, instance, added, started, beat, ended) VALUES (?, ?, `+job.values+`, '', '', 1, 7, ?, 0, ?, ?)`,
			int64(id), account, time.Now().UnixMilli(), never, time.Now().UnixMilli())
		if err != nil {
			st.t.Fatal(err)
		}
		paths[job.name] = "/admin/work/" + id.String()
	}
	return paths
}

// workViews are the pages of long work in every state.
func (st *stage) workViews() []view {
	paths := map[string]map[string]string{"zh": st.keepJobs("zh", 1000), "en": st.keepJobs("en", 2000)}
	views := []view{{name: "work", path: "/admin/work"}}
	for name := range paths["zh"] {
		views = append(views, view{name: "work-" + name, path: "/admin/work", then: func(p *tab) {
			p.open(st.URL + paths[p.value("document.documentElement.lang.slice(0, 2)")][name])
		}})
	}
	return views
}
