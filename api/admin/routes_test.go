package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/work"
)

// Who walks the routes. The world's campaign is of the first district and
// enrols its three projects; stranger, lakeside and builder are the other
// district's: the district itself, a subdistrict of it, and the company of a
// project there. What is not theirs is not there (404).
var walkers = []string{"other", "stranger", "community", "subdistrict", "company", "auditor", "district", "admin", "city", "third", "lakeside", "builder"}

// walk says what each route answers to each walker, in their order, with an
// empty form where one is sent. The campaign is open, with 42 answers of
// which two are held. A visitor is always sent to the login.
var walk = []struct {
	route string
	want  [12]int
}{
	{"GET /admin", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/help", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/help/rubric", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/help/notice", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/help/rules", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/password", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"POST /admin/password", [12]int{422, 422, 422, 422, 422, 422, 422, 422, 422, 422, 422, 422}},
	{"POST /admin/language", [12]int{422, 422, 422, 422, 422, 422, 422, 422, 422, 422, 422, 422}},

	{"GET /admin/projects", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 403, 200, 200}},
	{"GET /admin/projects/template", [12]int{200, 200, 200, 200, 403, 403, 200, 200, 200, 403, 200, 403}},
	{"GET /admin/projects/import", [12]int{200, 200, 200, 200, 403, 403, 200, 200, 200, 403, 200, 403}},
	{"POST /admin/projects/import", [12]int{422, 422, 422, 422, 403, 403, 422, 422, 422, 403, 422, 403}},
	{"GET /admin/projects/import/:upload", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 303, 404, 404, 404}}, // the city's own, which failed
	{"POST /admin/projects/import/:upload", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 303, 404, 404, 404}},
	{"GET /admin/projects/:project", [12]int{404, 404, 200, 200, 200, 200, 200, 200, 200, 404, 404, 404}},

	{"GET /admin/campaigns", [12]int{200, 200, 200, 200, 403, 200, 200, 200, 200, 403, 200, 403}},
	{"GET /admin/campaigns/new", [12]int{403, 200, 403, 403, 403, 403, 200, 200, 200, 403, 403, 403}},
	{"POST /admin/campaigns/new", [12]int{403, 422, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"GET /admin/campaigns/:campaign", [12]int{200, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/edit", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/edit", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/projects", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/projects", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/open", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/open", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/close", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/close", [12]int{404, 404, 404, 404, 404, 404, 422, 422, 422, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/reopen", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/reopen", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/remove", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/remove", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/seal", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/seal", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/withdraw", [12]int{403, 404, 403, 403, 404, 403, 404, 404, 404, 404, 403, 404}}, // nothing waits
	{"GET /admin/campaigns/:campaign/standings", [12]int{200, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/standings/:project", [12]int{404, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/questions", [12]int{200, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/standings/:project/questions", [12]int{404, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/held", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/held/:project", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/held/:project", [12]int{404, 404, 404, 404, 404, 404, 422, 422, 422, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/held/:project/:proposal", [12]int{404, 404, 404, 404, 404, 404, 303, 404, 404, 404, 404, 404}}, // withdrawn, then gone
	{"GET /admin/campaigns/:campaign/sheets", [12]int{303, 404, 303, 303, 303, 303, 303, 303, 303, 303, 404, 404}},
	{"GET /admin/campaigns/:campaign/sheets/:project", [12]int{404, 404, 303, 303, 303, 303, 303, 303, 303, 303, 404, 404}},
	{"GET /admin/sheets", [12]int{303, 303, 303, 303, 303, 303, 303, 303, 303, 303, 303, 303}}, // straight to the only activity's
	{"GET /admin/sheets/:activity", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/sheets/:activity/progress", [12]int{404, 200, 404, 404, 404, 200, 200, 200, 200, 200, 404, 404}},
	{"GET /admin/sheets/:activity/adopt", [12]int{404, 200, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/sheets/:activity/adopt", [12]int{404, 422, 404, 404, 404, 404, 422, 422, 422, 404, 404, 404}},
	{"GET /admin/sheets/:activity/:project", [12]int{404, 404, 200, 200, 200, 200, 200, 200, 200, 200, 404, 404}},
	{"POST /admin/sheets/:activity/:project/self", [12]int{404, 403, 303, 303, 303, 403, 403, 403, 403, 403, 404, 404}}, // nothing was typed
	{"POST /admin/sheets/:activity/:project/marks", [12]int{403, 404, 403, 403, 403, 403, 303, 303, 303, 403, 403, 403}},
	{"POST /admin/sheets/:activity/:project/third", [12]int{403, 403, 403, 403, 403, 403, 403, 403, 403, 303, 403, 403}},
	{"GET /admin/sheets/:activity/:project/history", [12]int{404, 404, 200, 200, 200, 200, 200, 200, 200, 200, 404, 404}},
	{"GET /admin/sheets/:activity/:project/adopt", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/sheets/:activity/:project/adopt", [12]int{404, 404, 404, 404, 404, 404, 422, 422, 422, 404, 404, 404}},
	{"GET /admin/sheets/:activity/:project/items/:item", [12]int{404, 404, 200, 200, 200, 200, 200, 200, 200, 200, 404, 404}},
	{"POST /admin/sheets/:activity/:project/items/:item/settle", [12]int{403, 404, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"POST /admin/sheets/:activity/:project/items/:item/override", [12]int{403, 404, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"POST /admin/sheets/:activity/:project/items/:item/override/confirm", [12]int{403, 404, 403, 403, 403, 403, 409, 409, 409, 403, 403, 403}}, // nobody asked
	{"POST /admin/sheets/:activity/:project/items/:item/override/withdraw", [12]int{403, 404, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"POST /admin/sheets/:activity/:project/items/:item/fees", [12]int{403, 404, 403, 403, 403, 403, 404, 404, 404, 403, 403, 403}}, // not of 3.2
	{"POST /admin/sheets/:activity/:project/items/:item/veto", [12]int{403, 404, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"POST /admin/sheets/:activity/:project/items/:item/borderline", [12]int{403, 404, 403, 403, 403, 403, 404, 404, 404, 403, 403, 403}}, // not of 6.1
	{"POST /admin/sheets/:activity/:project/items/:item/borderline/confirm", [12]int{403, 404, 403, 403, 403, 403, 404, 404, 404, 403, 403, 403}},
	{"POST /admin/sheets/:activity/:project/items/:item/borderline/withdraw", [12]int{403, 404, 403, 403, 403, 403, 404, 404, 404, 403, 403, 403}},

	{"GET /admin/sheets/:activity/:project/items/:item/evidence", [12]int{404, 404, 200, 200, 200, 404, 200, 200, 200, 200, 404, 404}},
	{"POST /admin/sheets/:activity/:project/items/:item/evidence", [12]int{404, 404, 422, 422, 422, 404, 422, 422, 422, 422, 404, 404}},
	{"GET /admin/evidence/:evidence", [12]int{404, 404, 404, 404, 404, 200, 200, 200, 200, 200, 404, 404}}, // the district's
	{"GET /admin/evidence/:evidence/remove", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 403, 404, 404}},
	{"POST /admin/evidence/:evidence/remove", [12]int{404, 404, 404, 404, 404, 404, 422, 422, 422, 403, 404, 404}},
	{"GET /admin/sheets/:activity/declarations", [12]int{404, 200, 404, 404, 404, 200, 200, 200, 200, 200, 404, 404}},
	{"POST /admin/sheets/:activity/declarations", [12]int{403, 403, 403, 403, 403, 403, 403, 403, 403, 422, 403, 403}},

	{"GET /admin/activities", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/activities/new", [12]int{403, 403, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403}},
	{"POST /admin/activities/new", [12]int{403, 403, 403, 403, 403, 403, 403, 422, 422, 403, 403, 403}},
	{"GET /admin/activities/:activity", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/activities/:activity/edit", [12]int{404, 404, 404, 404, 404, 404, 404, 200, 200, 404, 404, 404}},
	{"POST /admin/activities/:activity/edit", [12]int{404, 404, 404, 404, 404, 404, 404, 422, 422, 404, 404, 404}},
	{"GET /admin/activities/:activity/end", [12]int{404, 404, 404, 404, 404, 404, 404, 200, 200, 404, 404, 404}},
	{"POST /admin/activities/:activity/end", [12]int{404, 404, 404, 404, 404, 404, 404, 422, 422, 404, 404, 404}},
	{"GET /admin/activities/:activity/districts/:district", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/activities/:activity/districts/:district", [12]int{404, 404, 404, 404, 404, 404, 422, 422, 422, 404, 404, 404}},
	{"GET /admin/activities/:activity/tasks", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"POST /admin/activities/:activity/tasks", [12]int{403, 422, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"POST /admin/activities/:activity/tasks/:task/done", [12]int{403, 404, 403, 403, 403, 403, 303, 303, 303, 403, 403, 403}},
	{"POST /admin/activities/:activity/tasks/:task/undone", [12]int{403, 404, 403, 403, 403, 403, 303, 303, 303, 403, 403, 403}},
	{"POST /admin/activities/:activity/tasks/:task/remove", [12]int{403, 404, 403, 403, 403, 403, 303, 404, 404, 403, 403, 403}}, // removed, then gone
	{"GET /admin/activities/:activity/pool", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"POST /admin/activities/:activity/pool", [12]int{403, 403, 403, 403, 403, 403, 403, 303, 303, 403, 403, 403}},
	{"GET /admin/activities/:activity/applications", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/activities/:activity/applications/:project", [12]int{404, 404, 200, 200, 200, 200, 200, 200, 200, 200, 404, 404}},
	{"POST /admin/activities/:activity/applications/:project/apply", [12]int{404, 404, 422, 422, 422, 403, 422, 403, 403, 403, 404, 404}},
	{"POST /admin/activities/:activity/applications/:project/withdraw", [12]int{404, 404, 422, 422, 422, 403, 422, 403, 403, 403, 404, 404}},
	{"POST /admin/activities/:activity/applications/:project/review", [12]int{403, 404, 403, 403, 403, 403, 409, 409, 409, 403, 403, 403}}, // no mode is chosen
	{"POST /admin/activities/:activity/applications/:project/accept", [12]int{403, 404, 403, 403, 403, 403, 409, 409, 409, 403, 403, 403}},
	{"POST /admin/activities/:activity/applications/:project/decline", [12]int{403, 404, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"POST /admin/activities/:activity/applications/:project/return", [12]int{403, 404, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},

	{"GET /admin/companies", [12]int{200, 200, 200, 200, 403, 200, 200, 200, 200, 403, 200, 403}},
	{"GET /admin/companies/:company", [12]int{200, 200, 200, 200, 404, 200, 200, 200, 200, 404, 200, 404}},

	{"GET /admin/campaigns/:campaign/comments", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/comments/export", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/comments/export", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404}}, // it does not say as what
	{"GET /admin/campaigns/:campaign/standings/:project/comments", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/standings/:project/comments/export", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/standings/:project/comments/export", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/standings/:project/comments/release", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/standings/:project/comments/release", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}}, // the campaign runs
	{"POST /admin/campaigns/:campaign/standings/:project/comments/release/back", [12]int{404, 404, 404, 404, 404, 404, 422, 422, 422, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/standings/:project/comments/:comment/hide", [12]int{404, 404, 404, 404, 403, 404, 422, 422, 422, 404, 404, 403}},
	{"POST /admin/campaigns/:campaign/standings/:project/comments/:comment/show", [12]int{404, 404, 404, 404, 403, 404, 409, 409, 409, 404, 404, 403}},
	{"GET /admin/complaints", [12]int{403, 200, 403, 200, 403, 200, 200, 200, 200, 403, 200, 403}},
	{"GET /admin/complaints/ranking", [12]int{403, 200, 403, 200, 403, 200, 200, 200, 200, 403, 200, 403}},
	{"GET /admin/complaints/batches", [12]int{403, 200, 403, 200, 403, 200, 200, 200, 200, 403, 200, 403}},
	{"GET /admin/complaints/projects/:project", [12]int{404, 404, 404, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/complaints/template", [12]int{403, 200, 403, 403, 403, 403, 200, 200, 200, 403, 403, 403}},
	{"GET /admin/complaints/import", [12]int{403, 200, 403, 403, 403, 403, 200, 200, 200, 403, 403, 403}},
	{"POST /admin/complaints/import", [12]int{403, 422, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"GET /admin/complaints/import/:upload", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 303, 404, 404, 404}}, // no file of complaints
	{"POST /admin/complaints/import/:upload", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 303, 404, 404, 404}},
	{"GET /admin/complaints/unmatched", [12]int{403, 200, 403, 403, 403, 403, 200, 200, 200, 403, 403, 403}},
	{"POST /admin/complaints/unmatched", [12]int{403, 422, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"GET /admin/complaints/batches/:batch/remove", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/complaints/batches/:batch/remove", [12]int{404, 404, 404, 404, 404, 404, 422, 422, 422, 404, 404, 404}},

	{"GET /admin/lexicon", [12]int{403, 200, 403, 403, 403, 403, 200, 200, 200, 403, 403, 403}},
	{"POST /admin/lexicon", [12]int{403, 422, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"POST /admin/lexicon/restore", [12]int{403, 422, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},

	{"GET /admin/coach", [12]int{303, 200, 303, 303, 403, 303, 303, 303, 303, 403, 200, 403}},
	{"GET /admin/campaigns/:campaign/charts", [12]int{200, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/compare", [12]int{200, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/coach", [12]int{200, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/coach/round", [12]int{200, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/coach/:project", [12]int{404, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/coach/:project/round", [12]int{404, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/coach/:project/reminders", [12]int{404, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/coach/:project/reminders/print", [12]int{404, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/coach/:project/reminder.svg", [12]int{404, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},

	{"GET /admin/projects/:project/edit", [12]int{404, 404, 200, 200, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/projects/:project/edit", [12]int{404, 404, 409, 409, 404, 404, 409, 409, 409, 404, 404, 404}}, // it does not say what it saw
	{"GET /admin/campaigns/:campaign/projects/:project", [12]int{404, 404, 200, 200, 404, 200, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/projects/:project/correct", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/projects/:project/correct", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/correct", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404}}, // nothing waits
	{"POST /admin/campaigns/:campaign/correct", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404}},

	{"GET /admin/posters", [12]int{200, 200, 200, 200, 403, 403, 200, 200, 200, 403, 200, 403}},
	{"GET /admin/posters/print", [12]int{404, 404, 200, 200, 403, 403, 200, 200, 200, 403, 404, 403}},
	{"POST /admin/posters/printed", [12]int{404, 404, 404, 404, 403, 403, 404, 404, 404, 403, 404, 403}}, // of no campaign
	{"GET /admin/posters/check", [12]int{200, 200, 200, 200, 403, 403, 200, 200, 200, 403, 200, 403}},
	{"POST /admin/posters/check", [12]int{200, 200, 200, 200, 403, 403, 200, 200, 200, 403, 200, 403}},
	{"POST /admin/posters/ticked", [12]int{404, 404, 404, 404, 403, 403, 404, 404, 404, 403, 404, 403}}, // of no campaign
	{"GET /admin/posters/add", [12]int{404, 404, 200, 200, 403, 403, 200, 200, 200, 403, 404, 403}},
	{"POST /admin/posters/add", [12]int{404, 404, 404, 404, 403, 403, 404, 404, 404, 403, 404, 403}}, // of no campaign
	{"GET /admin/posters/:poster", [12]int{404, 404, 200, 200, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/posters/:poster/qr.svg", [12]int{404, 404, 200, 200, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"GET /admin/posters/:poster/qr.png", [12]int{404, 404, 200, 200, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/posters/:poster/replace", [12]int{404, 404, 422, 422, 404, 404, 422, 422, 422, 404, 404, 404}},
	{"POST /admin/posters/:poster/retire", [12]int{404, 404, 422, 422, 404, 404, 422, 422, 422, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/poster", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/poster", [12]int{404, 404, 404, 404, 404, 404, 303, 303, 303, 404, 404, 404}},
	{"GET /admin/campaigns/:campaign/emblem", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404}}, // there is none
	{"POST /admin/campaigns/:campaign/emblem", [12]int{404, 404, 404, 404, 404, 404, 422, 422, 422, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/emblem/remove", [12]int{404, 404, 404, 404, 404, 404, 303, 303, 303, 404, 404, 404}},
	{"GET /admin/accounts", [12]int{403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403}},
	{"GET /admin/accounts/new", [12]int{403, 403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403}},
	{"POST /admin/accounts/new", [12]int{403, 403, 403, 403, 403, 403, 403, 422, 403, 403, 403, 403}},
	{"POST /admin/accounts/:account/disable", [12]int{404, 404, 404, 404, 404, 404, 404, 303, 404, 404, 404, 404}},
	{"POST /admin/accounts/:account/enable", [12]int{404, 404, 404, 404, 404, 404, 404, 303, 404, 404, 404, 404}},
	{"POST /admin/accounts/:account/password", [12]int{404, 404, 404, 404, 404, 404, 404, 200, 404, 404, 404, 404}},
	{"GET /admin/events", [12]int{403, 403, 403, 403, 403, 200, 403, 200, 200, 403, 403, 403}},

	{"GET /admin/tokens", [12]int{403, 200, 403, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/tokens/new", [12]int{403, 200, 403, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"POST /admin/tokens/new", [12]int{403, 422, 403, 422, 422, 422, 422, 422, 422, 422, 422, 422}},
	{"GET /admin/tokens/:token/revoke", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 404, 404, 404, 404}}, // the district's own
	{"POST /admin/tokens/:token/revoke", [12]int{404, 404, 404, 404, 404, 404, 303, 404, 404, 404, 404, 404}},
	{"GET /admin/walls", [12]int{403, 200, 403, 403, 403, 403, 200, 200, 200, 403, 403, 403}},
	{"GET /admin/walls/new", [12]int{403, 200, 403, 403, 403, 403, 200, 200, 200, 403, 403, 403}},
	{"POST /admin/walls/new", [12]int{403, 422, 403, 403, 403, 403, 422, 422, 422, 403, 403, 403}},
	{"GET /admin/walls/:wall/revoke", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/walls/:wall/revoke", [12]int{404, 404, 404, 404, 404, 404, 303, 404, 404, 404, 404, 404}}, // revoked, then gone

	{"GET /admin/campaigns/:campaign/publish", [12]int{404, 404, 404, 404, 404, 404, 200, 200, 200, 404, 404, 404}},
	{"POST /admin/campaigns/:campaign/publish", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},     // it is not sealed
	{"POST /admin/campaigns/:campaign/publish/day", [12]int{404, 404, 404, 404, 404, 404, 303, 303, 303, 404, 404, 404}}, // none
	{"POST /admin/campaigns/:campaign/publish/retract", [12]int{404, 404, 404, 404, 404, 404, 409, 409, 409, 404, 404, 404}},
	{"GET /admin/results", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 403, 200, 200}},
	{"GET /admin/results/:campaign/:project", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404}}, // nothing is sealed, see TestResultRoutes
	{"POST /admin/results/:campaign/:project/promises", [12]int{403, 403, 403, 403, 404, 403, 403, 403, 403, 404, 403, 404}},
	{"POST /admin/results/:campaign/:project/promises/:promise", [12]int{403, 403, 403, 403, 404, 403, 403, 403, 403, 404, 403, 404}},
	{"POST /admin/results/:campaign/:project/promises/:promise/report", [12]int{403, 403, 403, 403, 404, 403, 403, 403, 403, 404, 403, 404}},
	{"POST /admin/results/:campaign/:project/promises/:promise/remove", [12]int{403, 403, 403, 403, 404, 403, 403, 403, 403, 404, 403, 404}},
	{"POST /admin/results/:campaign/:project/promises/:promise/publish", [12]int{403, 404, 403, 403, 403, 403, 404, 404, 404, 404, 403, 403}},
	{"POST /admin/results/:campaign/:project/promises/:promise/return", [12]int{403, 404, 403, 403, 403, 403, 404, 404, 404, 404, 403, 403}},
	{"POST /admin/results/:campaign/:project/promises/:promise/takedown", [12]int{403, 404, 403, 403, 403, 403, 404, 404, 404, 404, 403, 403}},

	{"GET /admin/work", [12]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200}},
	{"GET /admin/work/:job", [12]int{404, 404, 404, 404, 404, 404, 404, 200, 404, 404, 404, 404}},      // somebody else's
	{"GET /admin/work/:job/file", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404}}, // no export
	{"POST /admin/work/:job/stop", [12]int{404, 404, 404, 404, 404, 404, 404, 303, 404, 404, 404, 404}},
	{"POST /admin/work/:job/again", [12]int{404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404}},
}

// unseen are words that no page shows to a walker: other people's projects,
// and before closing the rate (35 of 40) to whoever is below the district or
// looks from outside.
var unseen = map[string][]string{
	"other":       {"晨光花园", "紫藤苑", "湖畔居", "观澜台", "87.5%", "35/40"},
	"stranger":    {"晨光花园", "紫藤苑", "银杏里", "晨光区", "2026年业主满意度调查", "87.5%"},
	"community":   {"银杏里", "湖畔居", "观澜台", "87.5%", "35/40"},
	"subdistrict": {"湖畔居", "观澜台", "87.5%", "35/40"},
	"company":     {"观澜台", "87.5%", "35/40", "42/60"}, // nothing of a result before it is published
	"auditor":     {"87.5%", "35/40"},
	"district":    {"湖畔居", "观澜台", "星河区"},
	"city":        nil, // sees all of the city
	"third":       {"湖畔居", "观澜台", "星河区", "87.5%", "35/40"},
	"lakeside":    {"晨光花园", "紫藤苑", "银杏里", "晨光区", "2026年业主满意度调查", "87.5%"},
	"builder":     {"晨光花园", "紫藤苑", "银杏里", "湖畔居", "晨光区", "2026年业主满意度调查", "安居物业", "87.5%", "35/40", "42/60"},
}

func TestRoutes(t *testing.T) {
	s := newSite(t)
	values := s.paths()
	people := map[string]*person{
		"other": s.signIn(s.OtherCommunity), "stranger": s.signIn(s.Stranger), "community": s.signIn(s.Community),
		"subdistrict": s.signIn(s.Subdistrict), "company": s.signIn(s.Company), "auditor": s.signIn(s.Auditor),
		"district": s.signIn(s.District), "admin": s.signIn(s.Admin), "city": s.signIn(s.City),
		"third":    s.signIn(s.staff("third", survey.ThirdParty, survey.Scope{District: s.Project.Place.District})),
		"lakeside": s.signIn(s.staff("lakeside", survey.SubdistrictRole, survey.Scope{Subdistrict: s.Foreign.Place.Subdistrict})),
		"builder":  s.signIn(s.staff("builder", survey.CompanyRole, survey.Scope{Company: s.otherCompany()})),
	}
	for _, row := range walk {
		method, path, _ := strings.Cut(row.route, " ")
		path = values.Replace(path)
		visitor := s.visitor()
		if r := visitor.send(method, path, emptyForm(method)); r.Status != 303 || !strings.HasPrefix(r.To, "/admin/login") {
			t.Errorf("%s as visitor: %d to %q", row.route, r.Status, r.To)
		}
		for i, name := range walkers {
			p := people[name]
			var r reply
			if method == http.MethodPost {
				r = p.post(path, nil)
			} else {
				r = p.get(path)
			}
			what := row.route + " as " + name
			r.expect(t, what, row.want[i])
			for _, word := range unseen[name] {
				r.expect(t, what, row.want[i], "!"+word)
			}
			if r.Status == http.StatusNotFound {
				r.expect(t, what, r.Status, "没有找到")
			}
		}
	}
	people["district"].get(s.path("/standings")).expect(t, "standings as district", 200, "87.5%", "35/40", "晨光花园")
	people["community"].get(s.path("/standings")).expect(t, "standings as community", 200, "42/60", "晨光花园", "结束后可见")
}

// paths fills the places of every route with something of the district's.
func (s *site) paths() *strings.Replacer {
	s.T.Helper()
	s.answers(35, 7)
	held, err := s.Store.Held(s.Ctx(), survey.CityScope(), s.Campaign.ID, s.Project.ID)
	s.Must(err)
	if len(held) != 2 {
		s.T.Fatalf("%d answers are held, want 2", len(held))
	}
	proposal, err := s.Store.Propose(s.Ctx(), s.Colleague, s.Campaign.ID, s.Project.ID, []int64{held[0].ID}, true, "核实为分户居住")
	s.Must(err)
	upload, err := s.Store.AddUpload(s.Ctx(), s.City, "x.csv", []byte("x"))
	s.Must(err)
	job, err := s.Store.AddJob(s.Ctx(), s.Colleague, work.Job{Kind: "plan", Name: "x.csv", Argument: `{"Upload":"` + upload.String() + `"}`}, time.Time{})
	s.Must(err)
	token, err := s.Store.AddToken(s.Ctx(), s.District, survey.Token{
		Account: s.District.Account, Name: "x", Role: s.District.Role, Scope: s.District.Scope}, [32]byte{1})
	s.Must(err)
	wall, err := s.Store.AddWall(s.Ctx(), s.District, survey.Wall{
		Campaign: s.Campaign.ID, Name: "x", Scope: s.District.Scope, Expires: s.Clock.Now().Add(time.Hour)}, [32]byte{2})
	s.Must(err)
	activities, err := s.Store.Activities(s.Ctx())
	s.Must(err)
	s.Must(s.Store.AddTask(s.Ctx(), s.District, survey.Task{
		Activity: activities[0].ID, District: s.Project.Place.District, Title: "报送名单", Due: s.Clock.Now()}))
	tasks, err := s.Store.Tasks(s.Ctx(), s.District.Scope, activities[0].ID)
	s.Must(err)
	return strings.NewReplacer(
		":evidence", s.evidence(s.District, "2.1").String(), ":item", "2.1",
		":activity", activities[0].ID.String(), ":district", s.Project.Place.District.String(), ":task", tasks[0].ID.String(),
		":batch", s.complaintBatch().String(), ":token", token.ID.String(), ":wall", wall.ID.String(),
		":campaign", s.Campaign.ID.String(), ":project", s.Project.ID.String(), ":comment", "0000000000000001", ":company", s.Project.Company.ID.String(), ":proposal", proposal.ID.String(),
		":upload", upload.String(), ":job", job.ID.String(), ":account", s.Colleague.Account.String(),
		"/reminder.svg", "/reminder.svg?group=1",
		"/posters/printed", "/posters/printed", "/posters/print", "/posters/print?campaign="+s.Campaign.ID.String()+"&project="+s.Project.ID.String(),
		"/posters/add", "/posters/add?campaign="+s.Campaign.ID.String()+"&project="+s.Project.ID.String(), ":poster", s.Poster.Code,
	)
}

// complaintBatch is a file of the district's that was imported.
func (s *site) complaintBatch() survey.ID {
	s.T.Helper()
	file := roster.ComplaintFile{Name: "x.csv", Form: roster.Months, Rows: []roster.ComplaintRow{
		{Number: 2, District: s.Project.Area.District, Project: s.Project.Name, Month: 202601, Count: 3}}}
	_, err := s.Store.ImportComplaints(s.Ctx(), s.District, file, roster.Apply{Apply: true})
	s.Must(err)
	list, err := s.Store.ComplaintBatches(s.Ctx(), s.District.Scope)
	s.Must(err)
	return list[0].ID
}

// staff adds an account.
func (s *site) staff(name string, role survey.Role, of survey.Scope) survey.Actor {
	s.T.Helper()
	account, err := s.Store.AddAccount(s.Ctx(), s.Admin, survey.Account{Username: name, Name: name, Role: role, Scope: of, Language: "zh"}, "hash")
	s.Must(err)
	return account.Actor()
}

// otherCompany registers a project of another company, in the other district.
func (s *site) otherCompany() survey.ID {
	s.T.Helper()
	rows := modeltest.Rows()[6:]
	rows[0].Project, rows[0].Company = "观澜台", "临湖物业服务有限公司"
	_, err := s.Store.ImportProjects(s.Ctx(), s.City, roster.File{Rows: rows}, roster.Apply{Apply: true, Strict: true})
	s.Must(err)
	list, _, err := s.Store.Projects(s.Ctx(), survey.CityScope(), survey.ProjectFilter{Search: "观澜台"})
	s.Must(err)
	return list[0].Company.ID
}

// The walk knows every route there is, and no other.
func TestWalkIsComplete(t *testing.T) {
	s := newSite(t)
	listed := map[string]bool{}
	for _, row := range walk {
		listed[row.route] = true
	}
	for _, r := range s.handlers.Routes() {
		route := r.Method + " " + r.Path
		if !listed[route] {
			t.Errorf("%s is not in the walk", route)
		}
		delete(listed, route)
		if len(survey.Permissions()[r.Action]) == 0 {
			t.Errorf("%s needs %q, which nobody may do", route, r.Action)
		}
	}
	for route := range listed {
		t.Errorf("%s is in the walk and does not exist", route)
	}
}

func emptyForm(method string) url.Values {
	if method == http.MethodPost {
		return url.Values{}
	}
	return nil
}
