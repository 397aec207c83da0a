package roster

import "strconv"

// fact is one thing a register says of a project; its rows must agree on it.
// The text is the Difference.Field of it.
type fact string

// The facts.
const (
	registerFact    fact = "register"
	nameFact        fact = "name"
	districtFact    fact = "district"
	subdistrictFact fact = "subdistrict"
	communityFact   fact = "community"
	companyFact     fact = "company"
	kindFact        fact = "kind"
	phoneFact       fact = "phone"
	householdsFact  fact = "households"
	occupiedFact    fact = "occupied"
)

// facts are all facts in the order in which differences are shown.
func facts() []fact {
	return []fact{registerFact, nameFact, districtFact, subdistrictFact, communityFact,
		companyFact, kindFact, phoneFact, householdsFact, occupiedFact}
}

// says is what a row says of its project, "" where it does not.
func (r *Row) says(f fact) string {
	switch f {
	case registerFact:
		return r.Register
	case nameFact:
		return r.Project
	case districtFact:
		return r.District
	case subdistrictFact:
		return r.Subdistrict
	case communityFact:
		return r.Community
	case companyFact:
		return r.Company
	case kindFact:
		return r.Kind
	case phoneFact:
		return r.Phone
	case householdsFact:
		return homesText(r.ProjectHomes.Households)
	case occupiedFact:
		return countText(r.ProjectHomes.Occupied)
	}
	return ""
}

// homesText is a number of households, "" where none is known.
func homesText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// countText is a number that may be unknown, "" then.
func countText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
