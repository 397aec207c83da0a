package v1

import (
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// PublishedListJSON lists published results, the newest campaign first.
type PublishedListJSON struct {
	Items []PublishedJSON `json:"items"`
	Next  *string         `json:"next"`
}

// PublishedJSON is one project's result as residents see it.
type PublishedJSON struct {
	Campaign  NamedJSON        `json:"campaign"`
	Project   ProjectJSON      `json:"project"`
	Published string           `json:"published"`
	Corrected *string          `json:"corrected"` // when it was last put right
	Owner     ResultJSON       `json:"owner"`
	Resident  ResultJSON       `json:"resident"`
	Undecided bool             `json:"undecided"` // held answers were sealed undecided: not counted
	Contested bool             `json:"contested"`
	Promises  PromiseCountJSON `json:"promises"`
}

// NamedJSON is something with its name.
type NamedJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// PromiseCountJSON counts the published promises.
type PromiseCountJSON struct {
	Promised int `json:"promised"`
	Late     int `json:"late"`
	Done     int `json:"done"`
}

// showResults answers GET /results: of all campaigns, or of one.
func (h *Handlers) showResults(c *gin.Context) {
	f := survey.ResultFilter{Search: strings.TrimSpace(c.Query("q")), Choice: survey.PublishedResult}
	if text := c.Query("campaign"); text != "" {
		id, err := survey.ParseID(text)
		if err != nil {
			h.fail(c, survey.Fail(survey.Invalid, "error.filter").Field("campaign", "error.filter"))
			return
		}
		f.Campaign = id
	}
	some, next, err := h.results(c, f)
	if err != nil {
		h.fail(c, err)
		return
	}
	list := PublishedListJSON{Items: make([]PublishedJSON, len(some)), Next: next}
	for i := range some {
		list.Items[i] = publishedJSON(&some[i])
	}
	h.send(c, list)
}

// results are those of the page that was asked for.
func (h *Handlers) results(c *gin.Context, f survey.ResultFilter) ([]survey.ResultRow, *string, error) {
	if _, err := limitOf(c); err != nil { // before all are read
		return nil, nil, err
	}
	all, _, err := h.Store.Results(c.Request.Context(), actorOf(c), f)
	if err != nil {
		return nil, nil, err
	}
	return pageOf(c, all, func(r *survey.ResultRow) string { return r.Campaign.ID.String() + r.Project.ID.String() })
}

func publishedJSON(r *survey.ResultRow) PublishedJSON {
	j := PublishedJSON{
		Campaign: NamedJSON{r.Campaign.ID.String(), r.Campaign.Name}, Project: projectJSON(&r.Project),
		Published: moment(r.Publication.At), Owner: resultJSON(r.Owner), Resident: resultJSON(r.Resident),
		Undecided: r.Undecided, Contested: r.Contested,
		Promises: PromiseCountJSON{Promised: r.Counts.Promised, Late: r.Counts.Late, Done: r.Counts.Done},
	}
	if n := len(r.Corrected); n > 0 {
		at := moment(r.Corrected[n-1])
		j.Corrected = &at
	}
	return j
}
