package v1

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// filter narrows projects as the pages do: by a part of the name or register
// number, an area, a company and a kind.
type filter struct {
	search         string
	place, company survey.ID
	kind           string
}

// lights are the words of a traffic light (RULES §5).
func lights() []string { return []string{"high", "middle", "low", "small", "none"} }

// filterOf reads the filter of an address. An id that is none is Invalid; one
// of nothing in scope leaves nothing.
func filterOf(c *gin.Context) (filter, error) {
	f := filter{search: strings.ToLower(survey.NameKey(c.Query("q"))), kind: survey.KindKey(c.Query("kind"))}
	for _, one := range []struct {
		name string
		into *survey.ID
	}{{"place", &f.place}, {"company", &f.company}} {
		text := c.Query(one.name)
		if text == "" {
			continue
		}
		id, err := survey.ParseID(text)
		if err != nil {
			return f, survey.Fail(survey.Invalid, "error.filter").Field(one.name, "error.filter")
		}
		*one.into = id
	}
	return f, nil
}

// keeps says whether a project passes.
func (f *filter) keeps(p *survey.Project) bool {
	return (f.search == "" || strings.Contains(strings.ToLower(survey.NameKey(p.Name)), f.search) ||
		strings.Contains(strings.ToLower(p.Register), f.search)) &&
		(f.place == 0 || p.District == f.place || p.Subdistrict == f.place || p.Place.Community == f.place) &&
		(f.company == 0 || p.Company.ID == f.company) && (f.kind == "" || survey.KindKey(p.Kind) == f.kind)
}

// oneOf reads a word of a fixed list, "" for none: Invalid for another.
func oneOf(c *gin.Context, name string, words []string) (string, error) {
	text := c.Query(name)
	if text == "" || slices.Contains(words, text) {
		return text, nil
	}
	return "", survey.Fail(survey.Invalid, "error.filter").Field(name, "error.filter")
}
