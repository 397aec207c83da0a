package v1

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// SumsJSON are the sums of a level's places, in register order.
type SumsJSON struct {
	AsOf  string    `json:"as_of"`
	Level string    `json:"level"`
	Items []SumJSON `json:"items"`
	Next  *string   `json:"next"`
}

// SumJSON adds a place's projects up: counts, never means of percentages, and
// no verdict (RULES §3).
type SumJSON struct {
	Place    PlaceJSON     `json:"place"`
	Projects int           `json:"projects"`
	Shown    int           `json:"shown"` // of which figures may be seen; the sums are made of these
	Owner    SumOfBaseJSON `json:"owner"`
	Resident SumOfBaseJSON `json:"resident"`
	Turnout  TurnoutJSON   `json:"turnout"`
	Held     int64         `json:"held"`
}

// PlaceJSON is a district, subdistrict or community with what is above it.
type PlaceJSON struct {
	ID          string `json:"id"`
	District    string `json:"district"`
	Subdistrict string `json:"subdistrict"`
	Community   string `json:"community"`
}

// SumOfBaseJSON is one base of a sum.
type SumOfBaseJSON struct {
	Households int64     `json:"households"`
	Answered   *int64    `json:"answered"` // null where no project's figures may be seen
	Satisfied  *int64    `json:"satisfied"`
	Rate       *string   `json:"rate"`
	Lights     LightJSON `json:"lights"`
}

// LightJSON counts projects by traffic light, as far as it may be seen.
type LightJSON struct {
	High   int `json:"high"`
	Middle int `json:"middle"`
	Low    int `json:"low"`
	Small  int `json:"small"`
}

// levels by their words.
func levels() map[string]survey.Level {
	return map[string]survey.Level{
		"district": survey.DistrictLevel, "subdistrict": survey.SubdistrictLevel, "community": survey.CommunityLevel,
	}
}

// showSums answers GET /campaigns/{id}/sums. Places above the token's own are
// none: a sum of a part must not carry the name of the whole.
func (h *Handlers) showSums(c *gin.Context) {
	word, err := oneOf(c, "level", []string{"district", "subdistrict", "community"})
	if err != nil {
		h.fail(c, err)
		return
	}
	if word == "" {
		word = "community"
	}
	level := levels()[word]
	_, kept, err := h.glances(c)
	if err != nil {
		h.fail(c, err)
		return
	}
	var sums []survey.Sum
	if level >= actorOf(c).Scope.Level() {
		sums = survey.Sums(kept, level)
	}
	some, next, err := pageOf(c, sums, func(s *survey.Sum) string { return placeID(s.Place).String() })
	if err != nil {
		h.fail(c, err)
		return
	}
	list := SumsJSON{AsOf: moment(h.Now()), Level: word, Items: make([]SumJSON, len(some)), Next: next}
	for i := range some {
		list.Items[i] = sumJSON(&some[i])
	}
	h.send(c, list)
}

func sumJSON(s *survey.Sum) SumJSON {
	return SumJSON{
		Place:    PlaceJSON{placeID(s.Place).String(), s.Place.Area.District, s.Place.Area.Subdistrict, s.Place.Area.Community},
		Projects: s.Projects, Shown: s.Shown, Turnout: TurnoutJSON(s.Turnout), Held: s.Held,
		Owner: sumOfBaseJSON(&s.Owner), Resident: sumOfBaseJSON(&s.Resident),
	}
}

func sumOfBaseJSON(s *survey.SumOfBase) SumOfBaseJSON {
	j := SumOfBaseJSON{Households: s.Households, Lights: LightJSON{s.High, s.Middle, s.Low, s.Small}}
	if s.Seen() {
		answered, satisfied := s.Answered, s.Satisfied
		j.Answered, j.Satisfied, j.Rate = &answered, &satisfied, word(s.Rate())
	}
	return j
}

// placeID is the id of a place's own level.
func placeID(p survey.Place) survey.ID {
	switch {
	case p.Community != 0:
		return p.Community
	case p.Subdistrict != 0:
		return p.Subdistrict
	}
	return p.District
}
