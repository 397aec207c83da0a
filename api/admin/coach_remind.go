package admin

import (
	"net/http"
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
	Groups   []reminded
	Choice   string // "zh", "en" or "both"
	Choices  []string
	Path     string // of this page
	Ready    bool   // there are posters to lead to, and answers are or will be taken
	Posters  string // "" for who may not print
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
		Path: back + "/reminders", Ready: row.Running() || row.Phase == waiting, AsOf: h.Now(), Back: back,
	}
	if may(c, survey.PrintPosters) {
		v.Posters = "/admin/posters?campaign=" + k.campaign.ID.String()
	}
	if v.Ready {
		v.Groups, err = h.reminders(c, k, v.Choice)
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

// showReminders shows text, picture and notice for each building group.
func (h *Handlers) showReminders(c *gin.Context) error {
	v, err := h.remindersOf(c)
	if err != nil {
		return err
	}
	h.Pages.Show(c, http.StatusOK, "staff/coach_reminders", v)
	return nil
}

// printReminders prints the notices, one sheet for each building group or
// the one that the address names.
func (h *Handlers) printReminders(c *gin.Context) error {
	v, err := h.remindersOf(c)
	if err != nil {
		return err
	}
	if group := c.Query("group"); group != "" {
		one, err := groupOf(v.Groups, group)
		if err != nil {
			return err
		}
		v.Groups = []reminded{one}
	}
	if len(v.Groups) == 0 {
		return survey.NotFoundError("error.not_found")
	}
	v.Back = v.Path + "?words=" + v.Choice
	h.Pages.Show(c, http.StatusOK, "print/coach_notice", v)
	return nil
}

// sendReminder sends the picture of one building group.
func (h *Handlers) sendReminder(c *gin.Context) error {
	v, err := h.remindersOf(c)
	if err != nil {
		return err
	}
	one, err := groupOf(v.Groups, c.Query("group"))
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, "image/svg+xml; charset=utf-8", []byte(one.Picture()))
	return nil
}

func groupOf(groups []reminded, number string) (reminded, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(groups) {
		return reminded{}, survey.NotFoundError("error.not_found")
	}
	return groups[n-1], nil
}
