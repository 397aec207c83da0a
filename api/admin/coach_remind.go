package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The reminders' page answers: what can I put up, send or show so that
// neighbours answer?
type remindersView struct {
	page.Frame
	Campaign campaignRow
	Project  survey.Project
	Groups   []remindedGroup
	Notices  []reminded // to print: of all buildings, or of those that the address names
	Choice   string     // "zh", "en" or "both"
	Choices  []string
	Path     string // of this page
	Ready    bool   // answers are or will be taken
	Add      string // where a poster is added, the building's id comes after it; "" for who may not
	AsOf     time.Time
	Back     string
}

// remindersOf makes the view that page and print have in common.
func (h *Handlers) remindersOf(c *gin.Context) (remindersView, error) {
	k, err := h.coachedOf(c)
	if err != nil {
		return remindersView{}, err
	}
	row := rowOf(k.campaign, actor(c), h.Now())
	back := row.Path + "/coach/" + k.Project.ID.String()
	v := remindersView{
		Frame:    h.coachFrame(c, k.campaign, h.text(c, "coach.reminders.title"), page.Crumb{Text: k.Project.Name, Path: back}),
		Campaign: row, Project: k.Project, Choice: choiceOf(c), Choices: []string{"zh", "en", "both"},
		Path: back + "/reminders", Ready: row.Takes(), AsOf: h.Now(), Back: back,
	}
	if may(c, survey.ManagePosters) {
		v.Add = "/admin/posters/add?" + url.Values{"campaign": {k.campaign.ID.String()}, "project": {k.Project.ID.String()}}.Encode() + "&building="
	}
	if v.Ready {
		v.Groups, err = h.reminders(c, k, v.Choice)
	}
	for _, g := range v.Groups {
		v.Notices = append(v.Notices, g.Buildings...)
	}
	return v, err
}

// choiceOf is the language that neighbours read, whatever staff do.
func choiceOf(c *gin.Context) string {
	switch choice := c.Query("words"); choice {
	case "en", "both":
		return choice
	}
	return "zh"
}

// showReminders shows text, picture and notice for each building.
func (h *Handlers) showReminders(c *gin.Context) error {
	v, err := h.remindersOf(c)
	if err != nil {
		return err
	}
	h.Pages.Show(c, http.StatusOK, "staff/coach_reminders", v)
	return nil
}

// printReminders prints the notices, one sheet for each building: of the
// project, of a building group, or the one that the address names.
func (h *Handlers) printReminders(c *gin.Context) error {
	v, err := h.remindersOf(c)
	if err != nil {
		return err
	}
	if c.Query("group") != "" {
		if v.Notices, err = noticesOf(c, v.Groups); err != nil {
			return err
		}
	}
	if len(v.Notices) == 0 {
		return survey.NotFoundError("error.not_found")
	}
	v.Back = v.Path + "?words=" + v.Choice
	h.Pages.Show(c, http.StatusOK, "print/coach_notice", v)
	return nil
}

// sendReminder sends the picture of one building.
func (h *Handlers) sendReminder(c *gin.Context) error {
	v, err := h.remindersOf(c)
	if err != nil {
		return err
	}
	notices, err := noticesOf(c, v.Groups)
	if err != nil {
		return err
	}
	if len(notices) != 1 { // a picture has one code
		return survey.NotFoundError("error.not_found")
	}
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, "image/svg+xml; charset=utf-8", []byte(notices[0].Picture()))
	return nil
}

// noticesOf are the reminders of the building group in the address, or of the
// one of its buildings that is there too.
func noticesOf(c *gin.Context, groups []remindedGroup) ([]reminded, error) {
	group, err := nth(c.Query("group"), len(groups))
	if err != nil {
		return nil, err
	}
	notices := groups[group].Buildings
	if c.Query("building") == "" {
		return notices, nil
	}
	building, err := nth(c.Query("building"), len(notices))
	if err != nil {
		return nil, err
	}
	return notices[building : building+1], nil
}

// nth reads a number from 1 on as an index of a list.
func nth(number string, length int) (int, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > length {
		return 0, survey.NotFoundError("error.not_found")
	}
	return n - 1, nil
}
