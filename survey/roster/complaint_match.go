package roster

import (
	"slices"

	"meihao/survey"
)

func (p *complaintPlanner) index(x *survey.Project) {
	d, c, n := nameKey(x.Area.District), nameKey(x.Area.Community), nameKey(x.Name)
	p.id[x.ID], p.named[d] = x, x.Area.District
	if x.Register != "" {
		p.register[registerKey(x.Register)] = x
	}
	p.full[[3]string{d, c, n}] = append(p.full[[3]string{d, c, n}], x)
	p.district[[2]string{d, n}] = append(p.district[[2]string{d, n}], x)
	p.name[n] = append(p.name[n], x)
}

// match is the project that a row is about: by its register number, else by
// district, community and name, else by its name if that is the only one of
// the district; without a district, the only one of the scope. nil where
// nobody knows.
func (p *complaintPlanner) match(r ComplaintRow) *survey.Project {
	if r.Register != "" {
		if x := p.register[registerKey(r.Register)]; x != nil {
			return x
		}
	}
	n := nameKey(r.Project)
	if n == "" {
		return nil
	}
	d, c := nameKey(r.District), nameKey(r.Community)
	if d == "" {
		d = nameKey(p.file.District)
	}
	if d == "" {
		return single(slices.DeleteFunc(slices.Clone(p.name[n]), func(x *survey.Project) bool {
			return !p.known.Scope.Holds(*x) || c != "" && nameKey(x.Area.Community) != c
		}))
	}
	if x := single(p.full[[3]string{d, c, n}]); x != nil {
		return x
	}
	return single(p.district[[2]string{d, n}])
}

// single is the only one of a list, nil where there are none or several.
func single(list []*survey.Project) *survey.Project {
	if len(list) != 1 {
		return nil
	}
	return list[0]
}

// districtOf is the district that a row of no known project lies in: as the
// register writes it, or the file's where the row says none.
func (p *complaintPlanner) districtOf(name string) string {
	if name == "" {
		name = p.file.District
	}
	if known, is := p.named[nameKey(name)]; is {
		return known
	}
	return name
}

// mayKeep says whether an unmatched ticket of a district is the importer's to
// keep: below the city only those of one's own district.
func (p *complaintPlanner) mayKeep(district string) bool {
	return p.known.Scope.All || nameKey(district) == nameKey(p.known.District)
}

// mayChange says whether a ticket that is there already is the importer's: a
// number that another district uses too must not take its ticket away.
func (p *complaintPlanner) mayChange(was survey.Complaint) bool {
	if was.Project == 0 {
		return p.mayKeep(was.District)
	}
	x := p.id[was.Project]
	return x != nil && p.known.Scope.Holds(*x)
}
