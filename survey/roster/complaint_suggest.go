package roster

import (
	"cmp"
	"slices"
	"strings"

	"meihao/survey"
)

// mostSuggested is how many projects are suggested for a ticket.
const mostSuggested = 3

// Suggester finds the projects that a ticket may be about whose name no
// project has exactly.
type Suggester struct {
	projects []suggestible
}

type suggestible struct {
	project survey.Project
	key     string
	pairs   map[[2]rune]bool
}

// NewSuggester suggests among projects.
func NewSuggester(projects []survey.Project) *Suggester {
	s := &Suggester{projects: make([]suggestible, len(projects))}
	for i, p := range projects {
		key := plainKey(p.Name)
		s.projects[i] = suggestible{p, key, pairsOf(key)}
	}
	return s
}

// Suggest are the projects whose names look most like that of a ticket, the
// likest first: those of its district before others, and none where nothing
// looks alike. It never decides anything.
func (s *Suggester) Suggest(c survey.Complaint) []survey.Project {
	name, district, community := plainKey(c.Named), nameKey(c.District), nameKey(c.Community)
	if name == "" {
		return nil
	}
	pairs := pairsOf(name)
	type like struct{ at, points int }
	var found []like
	for i, x := range s.projects {
		points := x.likeness(name, pairs)
		if points == 0 || district != "" && nameKey(x.project.Area.District) != district && points < 100 {
			continue
		}
		if district != "" && nameKey(x.project.Area.District) == district {
			points += 5
		}
		if community != "" && nameKey(x.project.Area.Community) == community {
			points += 10
		}
		found = append(found, like{i, points})
	}
	slices.SortStableFunc(found, func(a, b like) int { return cmp.Compare(b.points, a.points) })
	var list []survey.Project
	for _, f := range found[:min(mostSuggested, len(found))] {
		list = append(list, s.projects[f.at].project)
	}
	return list
}

// likeness is 100 for equal names, 80 where one contains the other, else the
// share in percent of pairs of letters that both have, from 40 on; 0 below.
func (x suggestible) likeness(name string, pairs map[[2]rune]bool) int {
	switch {
	case x.key == name:
		return 100
	case len([]rune(x.key)) > 1 && strings.Contains(name, x.key), len([]rune(name)) > 1 && strings.Contains(x.key, name):
		return 80
	}
	both := 0
	for p := range pairs {
		if x.pairs[p] {
			both++
		}
	}
	all := len(pairs) + len(x.pairs)
	if all == 0 || 200*both < 40*all {
		return 0
	}
	return 200 * both / all
}

// plainKey is a name without the word that some write behind every name.
func plainKey(name string) string {
	key := nameKey(name)
	if plain := strings.TrimSuffix(key, "小区"); plain != "" {
		return plain
	}
	return key
}

func pairsOf(name string) map[[2]rune]bool {
	pairs := map[[2]rune]bool{}
	letters := []rune(name)
	for i := 1; i < len(letters); i++ {
		pairs[[2]rune{letters[i-1], letters[i]}] = true
	}
	return pairs
}
