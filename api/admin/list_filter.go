package admin

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// listFilter narrows a list of projects by what stands in the address: a part
// of the name or register number, an area, a company and a kind of project.
type listFilter struct {
	Search, Place string
	Places        []placeChoice
	Deeper        bool // there are areas further down, offered once the one above is chosen

	Company, Kind string
	Companies     []survey.Company // offered; of very many only the chosen one
	Kinds         []string         // offered

	open   survey.Place // the chosen area
	key    string       // of the search, as names are compared; "" keeps all
	within survey.ProjectFilter
}

// placeChoice is one area to choose in a filter or for an account.
type placeChoice struct {
	Value, Name string
	Level       int // 1 district, 2 subdistrict, 3 community: indents
}

// mostChoices is how many areas are offered at once.
const mostChoices = 100

// filterOf reads the filter of an address over a list in these places, from
// the district down. A place that is not among them chooses nothing out.
func filterOf(c *gin.Context, places []survey.Place) listFilter {
	f := listFilter{Search: strings.TrimSpace(c.Query("q")), Place: c.Query("place")}
	f.key = strings.ToLower(survey.NameKey(f.Search))
	f.within.Search = f.Search
	open := survey.Place{}
	if i := slices.IndexFunc(places, func(p survey.Place) bool { id, _ := own(p); return f.Place != "" && id.String() == f.Place }); i >= 0 {
		open = places[i]
		f.open = open
		switch id, level := own(open); level {
		case 1:
			f.within.District = id
		case 2:
			f.within.Subdistrict = id
		default:
			f.within.Community = id
		}
	}
	f.Places = choicesOf(places, open)
	f.Deeper = len(f.Places) < len(places)
	if id, err := survey.ParseID(c.Query("company")); err == nil {
		f.Company, f.within.Company = id.String(), id
	}
	if key := survey.KindKey(c.Query("kind")); key != "" {
		f.Kind, f.within.Kind = strings.TrimSpace(c.Query("kind")), key
	}
	return f
}

// filterAmong is the filter of an address over the projects of a campaign,
// with the companies and kinds to choose from.
func filterAmong(c *gin.Context, enrolments []survey.Enrolment) listFilter {
	f := filterOf(c, placesOf(enrolments))
	companies, kinds := map[survey.ID]bool{}, map[string]bool{}
	for i := range enrolments {
		p := &enrolments[i].Project
		if f.lies(p) && p.Company.ID != 0 && !companies[p.Company.ID] {
			companies[p.Company.ID], f.Companies = true, append(f.Companies, p.Company)
		}
		if p.Kind != "" && !kinds[p.Kind] {
			kinds[p.Kind], f.Kinds = true, append(f.Kinds, p.Kind)
		}
	}
	f.settle()
	return f
}

// settle puts what is offered in order. Of more companies than one chooses
// from, only the chosen one is: the page of companies leads to the others.
func (f *listFilter) settle() {
	slices.SortFunc(f.Companies, func(a, b survey.Company) int { return cmp.Compare(a.Name, b.Name) })
	if len(f.Companies) > mostChoices {
		f.Companies = slices.DeleteFunc(f.Companies, func(one survey.Company) bool { return one.ID != f.within.Company })
	}
	slices.SortFunc(f.Kinds, func(a, b string) int { return cmp.Compare(survey.KindKey(a), survey.KindKey(b)) })
	f.Kinds = slices.CompactFunc(f.Kinds, func(a, b string) bool { return survey.KindKey(a) == survey.KindKey(b) })
	if len(f.Kinds) > mostChoices {
		f.Kinds = slices.DeleteFunc(f.Kinds, func(one string) bool { return survey.KindKey(one) != f.within.Kind })
	}
	for _, one := range f.Kinds {
		if survey.KindKey(one) == f.within.Kind {
			f.Kind = one
		}
	}
}

// ChoosesCompany says whether a company can be chosen.
func (f listFilter) ChoosesCompany() bool { return f.Company != "" || len(f.Companies) > 1 }

// ChoosesKind says whether a kind can be chosen.
func (f listFilter) ChoosesKind() bool { return f.Kind != "" || len(f.Kinds) > 1 }

// CompanyName is the name of the chosen company, "" where it has no project
// among those that the list is of.
func (f listFilter) CompanyName() string {
	for _, one := range f.Companies {
		if one.ID == f.within.Company {
			return one.Name
		}
	}
	return ""
}

// PlaceName is the name of the chosen area.
func (f listFilter) PlaceName() string {
	for _, one := range f.Places {
		if one.Value == f.Place {
			return one.Name
		}
	}
	return ""
}

// Narrows says whether the filter may leave anything out.
func (f listFilter) Narrows() bool {
	return f.key != "" || f.Place != "" || f.Company != "" || f.Kind != ""
}

// level is that of the chosen place.
func (f *listFilter) level() survey.Level {
	switch {
	case f.within.Community != 0:
		return survey.CommunityLevel
	case f.within.Subdistrict != 0:
		return survey.SubdistrictLevel
	case f.within.District != 0:
		return survey.DistrictLevel
	}
	return survey.CityLevel
}

// keeps says whether a project passes the filter.
func (f *listFilter) keeps(p *survey.Project) bool {
	return f.lies(p) && (f.within.Company == 0 || p.Company.ID == f.within.Company) &&
		(f.within.Kind == "" || survey.KindKey(p.Kind) == f.within.Kind) &&
		(f.names(p.Name) || strings.Contains(strings.ToLower(p.Register), f.key))
}

// names says whether a name passes the search.
func (f *listFilter) names(name string) bool {
	return f.key == "" || strings.Contains(strings.ToLower(survey.NameKey(name)), f.key)
}

// lies says whether a project lies in the chosen area.
func (f *listFilter) lies(p *survey.Project) bool {
	w := &f.within
	return (w.District == 0 || p.District == w.District) && (w.Subdistrict == 0 || p.Subdistrict == w.Subdistrict) &&
		(w.Community == 0 || p.Community == w.Community)
}

// keptOf are the enrolments that pass the filter, in their order.
func (f *listFilter) keptOf(enrolments []survey.Enrolment) []*survey.Enrolment {
	kept := make([]*survey.Enrolment, 0, len(enrolments))
	for i := range enrolments {
		if f.keeps(&enrolments[i].Project) {
			kept = append(kept, &enrolments[i])
		}
	}
	return kept
}

// own is the id of a place's own level.
func own(p survey.Place) (id survey.ID, level int) {
	switch {
	case p.Community != 0:
		return p.Community, 3
	case p.Subdistrict != 0:
		return p.Subdistrict, 2
	}
	return p.District, 1
}

// choicesOf lists places from the district down, as they come: all of them
// where they are few, else the districts, the subdistricts of the open place's
// district and the communities of its subdistrict. What is the only one of
// its level is open by itself.
func choicesOf(places []survey.Place, open survey.Place) []placeChoice {
	few := len(places) <= mostChoices
	if len(places) > 0 && open == (survey.Place{}) {
		open = common(places)
	}
	list := make([]placeChoice, 0, min(len(places), mostChoices))
	for _, p := range places {
		id, level := own(p)
		if few || level == 1 || level == 2 && p.District == open.District || level == 3 && p.Subdistrict == open.Subdistrict {
			list = append(list, placeChoice{id.String(), p.Name(), level})
		}
	}
	return list
}

// common is the place in which all places lie.
func common(places []survey.Place) survey.Place {
	all := places[len(places)-1].At(survey.SubdistrictLevel)
	for _, p := range places {
		if p.District != all.District {
			return survey.Place{}
		}
		if p.Subdistrict != 0 && p.Subdistrict != all.Subdistrict {
			all = all.At(survey.DistrictLevel)
		}
	}
	return all
}

// placesOf are the places in which the enrolled projects lie, from the
// district down, each where it first appears.
func placesOf(enrolments []survey.Enrolment) []survey.Place {
	var districts []survey.Place
	below, seen := map[survey.ID][]survey.Place{}, map[survey.ID]bool{}
	var last survey.Place
	for i := range enrolments {
		p := enrolments[i].Project.Place
		if i > 0 && p.Community == last.Community && p.Subdistrict == last.Subdistrict {
			continue // the register is in the order of its places
		}
		last = p
		if !seen[p.District] {
			seen[p.District], districts = true, append(districts, p.At(survey.DistrictLevel))
		}
		if p.Subdistrict != 0 && !seen[p.Subdistrict] {
			seen[p.Subdistrict], below[p.District] = true, append(below[p.District], p.At(survey.SubdistrictLevel))
		}
		if p.Community != 0 && !seen[p.Community] {
			seen[p.Community], below[p.Subdistrict] = true, append(below[p.Subdistrict], p)
		}
	}
	var places []survey.Place
	for _, d := range districts {
		places = append(places, d)
		for _, s := range below[d.District] {
			places = append(append(places, s), below[s.Subdistrict]...)
		}
	}
	return places
}
