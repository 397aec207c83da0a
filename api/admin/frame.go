package admin

import (
	"net/url"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
)

// frame is the frame of a page: its title, where it stands in the navigation
// and the steps that lead to it (the overview comes first by itself).
func (h *Handlers) frame(c *gin.Context, here, title string, crumbs ...page.Crumb) page.Frame {
	f := page.Frame{Title: title, Path: page.PathOf(c), Staff: page.StaffOf(c), Excel: query(c, "as", "xlsx", "page", "", "live", ""), CSV: query(c, "as", "csv", "page", "", "live", "")}
	if f.Staff != nil {
		f.Staff.Here = here
		f.Staff.Crumbs = append([]page.Crumb{{Text: h.text(c, "staff.overview"), Path: "/admin"}}, crumbs...)
	}
	if key := doneKey(c.Query("done")); key != "" {
		f.Notice = h.text(c, key)
	}
	return f
}

// text is a message in the request's language.
func (h *Handlers) text(c *gin.Context, key string, pairs ...any) string {
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	return h.Pages.Text(c, key, args)
}

// doneKey is the sentence after something was done; what stands in an
// address and is none of ours says nothing.
func doneKey(word string) string {
	switch word {
	case "password", "imported", "nothing", "enrolled",
		"added", "changed", "removed", "opened", "closed", "reopened", "sealed",
		"asked", "withdrawn", "proposed", "released", "excluded",
		"printed", "posters_added", "poster_replaced", "poster_retired", "poster_words", "emblem", "emblem_removed",
		"disabled", "enabled", "corrected", "unchanged",
		"complaints_imported", "complaints_matched", "complaints_removed",
		"published", "planned", "retracted", "comment_hidden", "comment_shown", "comments_released", "comments_back", "lexicon_saved", "lexicon_restored", "token_revoked", "wall_revoked",
		"evidence_added", "evidence_removed", "declared",
		"promise_added", "promise_changed", "promise_reported", "promise_removed", "promise_published", "promise_returned", "promise_down",
		"marked", "settled", "override_asked", "override_confirmed", "override_withdrawn", "fees", "veto", "veto_asked", "veto_confirmed", "veto_withdrawn", "adopted",
		"activity_added", "activity_changed", "activity_ended", "part_changed", "task_added", "task_done", "task_undone", "task_removed", "pool_saved",
		"applied", "application_withdrawn", "application_reviewed", "application_accepted", "application_declined", "application_returned":
		return "done." + word
	}
	return ""
}

// query is the request's query with some values replaced; "" takes one out.
// The sentence of what was done does not travel on.
func query(c *gin.Context, pairs ...string) string {
	values := url.Values{}
	for key, list := range c.Request.URL.Query() {
		if key != "done" && key != "lang" {
			values[key] = list
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Del(pairs[i])
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return "?"
	}
	return "?" + values.Encode()
}
