package survey

import "slices"

// CompanySum adds up the projects of one company 物业企业, as Sum does those of
// a place.
type CompanySum struct {
	Company Company
	Sum
}

// SumsOfCompanies adds glances up by company, those with the most projects
// first; projects without a company are left out.
func SumsOfCompanies(rows []*Glance) []CompanySum {
	var sums []CompanySum
	at := map[ID]int{}
	for _, row := range rows {
		company := row.Project.Company
		if company.ID == 0 {
			continue
		}
		i, known := at[company.ID]
		if !known {
			i, at[company.ID] = len(sums), len(sums)
			sums = append(sums, CompanySum{Company: company})
		}
		sums[i].add(row)
	}
	slices.SortStableFunc(sums, func(a, b CompanySum) int { return b.Projects - a.Projects })
	return sums
}
