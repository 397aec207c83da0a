package admin

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The list of results answers: what is public, what do companies promise, and
// which promises wait? A company reads its own results here.
type resultsView struct {
	page.Frame
	Search, Campaign, Choice string
	Campaigns                []placeChoice
	Choices                  []survey.ResultChoice
	Rows                     []resultRow
	Pager                    pager
	Waiting                  int // projects with promises that wait for the actor; shown where nothing narrows
	Company                  bool
}

// resultRow is one project's result of one campaign as residents see it.
type resultRow struct {
	survey.ResultRow
	Owner, Resident resultCell
	Word            word // whether it is public
	Path            string
}

// Any says whether there is a promise to count.
func (r resultRow) Any() bool { return r.Counts != survey.PromiseCounts{} }

func resultRowOf(r survey.ResultRow) resultRow {
	return resultRow{
		ResultRow: r, Owner: cellOf(r.Owner), Resident: cellOf(r.Resident),
		Word: publishedWord(r.Publication.Published()), Path: resultPath(r.Campaign.ID, r.Project.ID),
	}
}

// publishedWord says whether a result is public.
func publishedWord(published bool) word {
	if published {
		return word{"results.state.published", "good", "✓"}
	}
	return word{"results.state.unpublished", "none", "○"}
}

// Narrows says whether the address may leave anything out.
func (v resultsView) Narrows() bool { return v.Search != "" || v.Campaign != "" || v.Choice != "" }

// showResults lists the sealed results in scope.
func (h *Handlers) showResults(c *gin.Context) error {
	ctx, a, title := c.Request.Context(), actor(c), h.text(c, "results.title")
	v := resultsView{
		Frame:  h.frame(c, "results", title, page.Crumb{Text: title}),
		Search: strings.TrimSpace(c.Query("q")), Company: a.Role == survey.CompanyRole,
	}
	f := survey.ResultFilter{Search: v.Search, Limit: perPage}
	if id, err := survey.ParseID(c.Query("campaign")); err == nil {
		f.Campaign, v.Campaign = id, id.String()
	}
	if err := h.resultChoices(c, &v, &f); err != nil {
		return err
	}
	f.Offset = (pageOf(c) - 1) * perPage
	if exporting(c) {
		f.Offset, f.Limit = 0, 0
	}
	rows, total, err := h.Store.Results(ctx, a, f)
	if err != nil {
		return err
	}
	if v.Pager = pagerOf(c, total); len(rows) == 0 && total > 0 { // beyond the end is the last page
		f.Offset = v.Pager.From - 1
		if rows, _, err = h.Store.Results(ctx, a, f); err != nil {
			return err
		}
	}
	for _, r := range rows {
		v.Rows = append(v.Rows, resultRowOf(r))
	}
	return h.present(c, http.StatusOK, "staff/results", v)
}

// resultChoices are what a list can be narrowed to; companies have few
// projects, all of them published.
func (h *Handlers) resultChoices(c *gin.Context, v *resultsView, f *survey.ResultFilter) error {
	if v.Company {
		return nil
	}
	v.Choices = []survey.ResultChoice{survey.WaitingResult, survey.PublishedResult, survey.UnpublishedResult}
	for _, choice := range v.Choices {
		if string(choice) == c.Query("show") {
			f.Choice, v.Choice = choice, string(choice)
		}
	}
	campaigns, err := h.Store.Campaigns(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	for _, one := range campaigns {
		if one.Stage == survey.SealedStage {
			v.Campaigns = append(v.Campaigns, placeChoice{Value: one.ID.String(), Name: one.Name})
		}
	}
	if !v.Narrows() && may(c, survey.PublishPromises) {
		v.Waiting, err = h.waitingResults(c)
	}
	return err
}

// waitingResults is how many projects have promises that wait for the
// district.
func (h *Handlers) waitingResults(c *gin.Context) (int, error) {
	_, n, err := h.Store.Results(c.Request.Context(), actor(c), survey.ResultFilter{Choice: survey.WaitingResult, Limit: 1})
	return n, err
}
