package roster

import "meihao/survey"

// totalsOfBuildings reads a column 总户数 beside buildings as theirs where
// nothing else gives the buildings' homes and the figure differs from building
// to building of one project: a project has one total. Where it is the same
// throughout it stays the project's, since nobody can tell.
func (t *table) totalsOfBuildings() {
	rows := t.file.Rows
	totals, differ := map[[4]string]int{}, false
	for i := range rows {
		r := &rows[i]
		if r.Building == "" || r.Homes != (survey.Homes{}) || r.ProjectHomes.Households == 0 {
			return
		}
		of := [4]string{registerKey(r.Register), nameKey(r.District), nameKey(r.Community), nameKey(r.Project)}
		total, known := totals[of]
		differ = differ || known && total != r.ProjectHomes.Households
		totals[of] = r.ProjectHomes.Households
	}
	if !differ {
		return
	}
	for i := range rows {
		r := &rows[i]
		r.Homes, r.ProjectHomes = r.ProjectHomes, survey.Homes{}
	}
	t.note(0, "roster.note.totals_of_buildings")
	t.file.Notes[len(t.file.Notes)-1].Sheet = ""
}
