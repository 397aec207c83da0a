package roster

import "meihao/survey"

// placeKey is an area by the keys of its names; levels below its own are "".
type placeKey struct{ district, subdistrict, community string }

func keyOf(a survey.Area) placeKey {
	return placeKey{nameKey(a.District), nameKey(a.Subdistrict), nameKey(a.Community)}
}

// atlas knows all places: those of the store and those a plan adds, which
// have no id yet.
type atlas struct {
	known map[placeKey]survey.Place
	// under is, by district and community, the subdistricts that have a
	// community of this name.
	under map[placeKey][]placeKey
}

func newAtlas(places []survey.Place) *atlas {
	a := &atlas{known: map[placeKey]survey.Place{}, under: map[placeKey][]placeKey{}}
	for _, p := range places {
		a.add(p)
	}
	return a
}

// add makes a place and those above it known; it returns the ones that were
// not, parents first.
func (a *atlas) add(p survey.Place) (fresh []survey.Area) {
	k := keyOf(p.Area)
	levels := []struct {
		key   placeKey
		place survey.Place
	}{
		{placeKey{k.district, "", ""}, survey.Place{District: p.District, Area: survey.Area{District: p.Area.District}}},
		{placeKey{k.district, k.subdistrict, ""}, survey.Place{District: p.District, Subdistrict: p.Subdistrict,
			Area: survey.Area{District: p.Area.District, Subdistrict: p.Area.Subdistrict}}},
		{k, p},
	}
	for _, l := range levels {
		if _, known := a.known[l.key]; known {
			continue
		}
		a.known[l.key] = l.place
		fresh = append(fresh, l.place.Area)
		if l.key.community != "" {
			in := placeKey{district: k.district, community: k.community}
			a.under[in] = append(a.under[in], placeKey{k.district, k.subdistrict, ""})
		}
	}
	return fresh
}

// find is the place of these names, in the spelling that is known: ids of
// levels that do not exist yet are zero. Without a subdistrict it is the only
// one with such a community, or the one of the hint; false where there is none.
func (a *atlas) find(names survey.Area, hint survey.Area) (survey.Place, bool) {
	k := keyOf(names)
	if k.subdistrict == "" {
		in := a.under[placeKey{district: k.district, community: k.community}]
		switch {
		case nameKey(hint.District) == k.district && nameKey(hint.Community) == k.community:
			names.Subdistrict = hint.Subdistrict
		case len(in) == 1:
			names.Subdistrict = a.known[in[0]].Area.Subdistrict
		default:
			return survey.Place{}, false
		}
		k = keyOf(names)
	}
	found := survey.Place{Area: names}
	if p, known := a.known[placeKey{k.district, "", ""}]; known {
		found.District, found.Area.District = p.District, p.Area.District
	}
	if p, known := a.known[placeKey{k.district, k.subdistrict, ""}]; known {
		found.Subdistrict, found.Area.Subdistrict = p.Subdistrict, p.Area.Subdistrict
	}
	if p, known := a.known[k]; known {
		found.Community, found.Area.Community = p.Community, p.Area.Community
	}
	return found, true
}

// hasDistrict says whether a district of this name is there already.
func (a *atlas) hasDistrict(name string) bool {
	_, known := a.known[placeKey{district: nameKey(name)}]
	return known
}

// several says whether a district has more than one community of a name.
func (a *atlas) several(names survey.Area) bool {
	return len(a.under[placeKey{district: nameKey(names.District), community: nameKey(names.Community)}]) > 1
}

// district is the place of a district, without id where it is new.
func (a *atlas) district(name string) survey.Place {
	return a.known[placeKey{district: nameKey(name)}]
}
