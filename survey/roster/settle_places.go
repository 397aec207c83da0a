package roster

import (
	"strings"

	"meihao/survey"
)

// A place is the same with and without the word for its level: 朝阳 is 朝阳区
// where that is known, or where other rows of the register write it so.

// placesOf is how the places that rows name are written where they are known
// by another name; places that stay as they are written are not in it.
func (pl *planner) placesOf(rows []Row) map[survey.Area]survey.Area {
	first, order := map[survey.Area]*Row{}, []survey.Area(nil)
	var last survey.Area
	for i := range rows {
		r := &rows[i]
		a := survey.Area{District: r.District, Subdistrict: r.Subdistrict, Community: r.Community}
		if a == last || first[a] != nil {
			continue
		}
		last, first[a] = a, r
		order = append(order, a)
	}
	known := map[survey.Area]survey.Area{}
	as := func(a survey.Area) survey.Area {
		if now, is := known[a]; is {
			return now
		}
		return a
	}
	told := map[[2]string]bool{}
	for _, level := range placeLevels() {
		named := map[placeKey]string{}
		for _, a := range order {
			named[level.key(as(a))] = *level.name(&a)
		}
		for _, a := range order {
			now := as(a)
			name := level.name(&now)
			was := *name
			if was == "" || now.District == "" {
				continue
			}
			if *name = pl.placeName(level, now, named); *name != was {
				known[a] = now
				if pair := [2]string{was, *name}; !told[pair] {
					told[pair] = true
					pl.note(first[a], "roster.note.place_same", "Here", was, "There", *name)
				}
			}
		}
	}
	return known
}

// placeLevel is one level of places, and the words its names may end in.
type placeLevel struct {
	name  func(*survey.Area) *string
	words []string
}

func placeLevels() []placeLevel {
	return []placeLevel{
		{func(a *survey.Area) *string { return &a.District }, []string{"区", "县"}},
		{func(a *survey.Area) *string { return &a.Subdistrict }, []string{"街道", "镇", "乡", "地区", "办事处", "街道办事处"}},
		{func(a *survey.Area) *string { return &a.Community }, []string{"社区", "居委会", "社区居委会", "村", "村委会"}},
	}
}

// key is the key of an area's place of the level.
func (l placeLevel) key(a survey.Area) placeKey {
	switch l.name(&a) {
	case &a.District:
		a.Subdistrict, a.Community = "", ""
	case &a.Subdistrict:
		a.Community = ""
	}
	return keyOf(a)
}

// placeName is the name by which a place of the level is known.
func (pl *planner) placeName(l placeLevel, a survey.Area, named map[placeKey]string) string {
	name := *l.name(&a)
	if _, is := pl.atlas.called(l.key(a)); is {
		return name
	}
	longer, shorter := l.others(name)
	found := map[string]bool{}
	look := func(names []string, in func(placeKey) (string, bool)) string {
		for _, other := range names {
			*l.name(&a) = other
			if as, is := in(l.key(a)); is {
				found[as] = true
			}
		}
		for as := range found {
			if len(found) == 1 {
				return as
			}
		}
		return ""
	}
	if as := look(append(longer, shorter...), pl.atlas.called); as != "" || len(found) > 0 {
		if as == "" {
			return name
		}
		return as
	}
	as := look(longer, func(k placeKey) (string, bool) { as, is := named[k]; return as, is })
	if as == "" {
		return name
	}
	return as
}

// others are the names that differ from this one by the word of its level.
func (l placeLevel) others(name string) (longer, shorter []string) {
	for _, word := range l.words {
		longer = append(longer, name+word)
		if short, is := strings.CutSuffix(name, word); is && short != "" {
			shorter = append(shorter, short)
		}
	}
	if l.words[0] == "街道" {
		if strings.HasSuffix(name, "街") {
			longer = append(longer, name+"道")
		} else if short, is := strings.CutSuffix(name, "街道"); is && short != "" {
			shorter = append(shorter, short+"街")
		}
	}
	return longer, shorter
}

// called is the name of a known place; a community is also known without its
// subdistrict.
func (a *atlas) called(k placeKey) (string, bool) {
	if p, is := a.known[k]; is {
		return p.Name(), true
	}
	if in := a.under[placeKey{district: k.district, community: k.community}]; k.subdistrict == "" && k.community != "" && len(in) > 0 {
		return a.known[placeKey{k.district, in[0].subdistrict, k.community}].Area.Community, true
	}
	return "", false
}
