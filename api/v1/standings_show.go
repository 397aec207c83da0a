package v1

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// Sizes of a page of standings.
const (
	usualLimit = 500
	mostLimit  = 1000
)

// showStandings answers GET /campaigns/{id}/standings.
func (h *Handlers) showStandings(c *gin.Context) {
	rows, next, campaign, err := h.standings(c)
	if err != nil {
		h.fail(c, err)
		return
	}
	now, role := h.Now(), actorOf(c).Role
	list := StandingsJSON{AsOf: moment(now), Items: make([]StandingJSON, len(rows)), Next: next}
	for i, row := range rows {
		list.Items[i] = standingJSON(survey.Stand(campaign, row, role, now))
	}
	c.JSON(http.StatusOK, list)
}

// standings reads the page that was asked for: one query whatever the number
// of responses (DESIGN §5).
func (h *Handlers) standings(c *gin.Context) ([]survey.Enrolment, *string, survey.Campaign, error) {
	scope := actorOf(c).Scope
	limit, err := limitOf(c)
	if err != nil {
		return nil, nil, survey.Campaign{}, err
	}
	id, err := survey.ParseID(c.Param("id"))
	if err != nil {
		return nil, nil, survey.Campaign{}, err
	}
	campaign, err := h.Store.Campaign(c.Request.Context(), scope, id)
	if err != nil {
		return nil, nil, survey.Campaign{}, err
	}
	rows, err := h.Store.Enrolments(c.Request.Context(), scope, id)
	if err != nil {
		return nil, nil, survey.Campaign{}, err
	}
	rows, next, err := pageOf(rows, c.Query("cursor"), limit)
	return rows, next, campaign, err
}

func limitOf(c *gin.Context) (int, error) {
	text := c.Query("limit")
	if text == "" {
		return usualLimit, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostLimit {
		return 0, survey.Fail(survey.Invalid, "error.limit").Field("limit", "error.limit")
	}
	return n, nil
}

// pageOf cuts a page out of rows in register order. The cursor is the id of
// the last project that was sent, so that a project added between two pages
// neither repeats nor loses another.
func pageOf(rows []survey.Enrolment, cursor string, limit int) ([]survey.Enrolment, *string, error) {
	if cursor != "" {
		last := slices.IndexFunc(rows, func(e survey.Enrolment) bool { return e.Project.ID.String() == cursor })
		if last < 0 {
			return nil, nil, survey.Fail(survey.Invalid, "error.cursor").Field("cursor", "error.cursor")
		}
		rows = rows[last+1:]
	}
	if len(rows) <= limit {
		return rows, nil, nil
	}
	rows = rows[:limit]
	next := rows[limit-1].Project.ID.String()
	return rows, &next, nil
}
