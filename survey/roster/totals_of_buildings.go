package roster

// totalsOfBuildings reads a column 总户数 beside buildings as theirs where
// nothing else gives the buildings' homes and the figure differs from building
// to building of one project: a project has one total. Where it is the same
// throughout it stays the project's, since nobody can tell. The sheets of a
// workbook have each their own columns.
func (t *table) totalsOfBuildings() {
	rows := t.file.Rows
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Sheet == rows[0].Sheet {
			n++
		}
		if totalsDiffer(rows[:n]) {
			t.takeTotals(rows[:n])
		}
		rows = rows[n:]
	}
}

// totalsDiffer says that every row is of a building with a total and without
// homes of its own, and that a project has several totals. Rows that are
// refused for what stands in them say nothing.
func totalsDiffer(rows []Row) bool {
	totals, differ := map[[4]string]int{}, false
	for i := range rows {
		r := &rows[i]
		total := r.ProjectHomes.Households
		if len(r.Errors) > 0 && total == 0 {
			continue
		}
		if r.Building == "" || r.Homes.Households != 0 || total == 0 {
			return false
		}
		of := [4]string{registerKey(r.Register), nameKey(r.District), nameKey(r.Community), nameKey(r.Project)}
		first, known := totals[of]
		if !known {
			totals[of] = total
		}
		differ = differ || known && total != first
	}
	return differ
}

// takeTotals makes the totals those of the buildings. The occupied homes are
// the buildings' where the register gives them beside.
func (t *table) takeTotals(rows []Row) {
	for i := range rows {
		r := &rows[i]
		if r.Building == "" {
			continue
		}
		r.Homes.Households, r.ProjectHomes.Households = r.ProjectHomes.Households, 0
		if r.Homes.Occupied == nil {
			r.Homes.Occupied, r.ProjectHomes.Occupied = r.ProjectHomes.Occupied, nil
		}
	}
	t.noteIn(rows[0].Sheet, 0, "roster.note.totals_of_buildings")
}
