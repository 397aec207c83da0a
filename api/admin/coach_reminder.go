package admin

import (
	"html/template"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
	"meihao/api/page"
	"meihao/api/poster"
	"meihao/survey"
)

// reminder is what neighbours of one building group are told, in one
// language: how many answers are still missing, or thanks. It has no name, no
// score and no household; its sentences invite and do not press.
type reminder struct {
	Language       string // "zh" or "en"
	Project, Place string
	Headline       string // "3号楼还差21户"
	Aim            string // what that is good for
	Facts, Until   string
	Open           string // who else may answer
	Thanks         string // to those who did, "" where the headline is the thanks
	Number         string // the poster's code, for who types it
	Asker, Phone   string // "" where there is none
}

// reminded is a building group with its reminders and a way to answer.
type reminded struct {
	Number  int
	Coach   survey.Coach
	Word    word
	Words   []reminder // one per language chosen
	Address string     // of a poster of the group, "" where none hangs
	Before  string     // the address in clear, cut before the code
	After   string
	QR      template.HTML
	Demo    string // the mark of a demonstration, "" for none
}

// languages that a reminder may have: one of them or both, Chinese first.
func remindIn(choice string) []string {
	switch choice {
	case "en":
		return []string{"en"}
	case "both":
		return lang.Languages()
	}
	return []string{lang.Default}
}

// reminders are those of all building groups, in their order.
func (h *Handlers) reminders(c *gin.Context, k coached, choice string) ([]reminded, error) {
	posters, err := h.Store.Posters(c.Request.Context(), scope(c), k.campaign.ID, k.Project.ID)
	if err != nil {
		return nil, err
	}
	list := make([]reminded, len(k.groups))
	for i, g := range k.groups {
		r := reminded{Number: g.Group.Number, Coach: g, Word: coachWord(g.State)}
		if k.campaign.Demonstration {
			r.Demo = h.Pages.TextIn(remindIn(choice)[0], "staff.demo", nil)
		}
		code := posterOf(g.Group, posters)
		if code != "" {
			r.Address = poster.Address(h.Public, code)
			clear := strings.TrimPrefix(strings.TrimPrefix(r.Address, "https://"), "http://")
			r.Before, r.After = strings.TrimSuffix(clear, code), code
			if r.QR, err = poster.SVG(r.Address); err != nil {
				return nil, err
			}
		}
		for _, language := range remindIn(choice) {
			r.Words = append(r.Words, h.reminder(language, k, g, code))
		}
		list[i] = r
	}
	return list, nil
}

// posterOf is a poster in use at the first building of a group that has one.
func posterOf(g survey.Group, posters []survey.PosterPlace) string {
	for _, b := range g.Buildings {
		for _, p := range posters {
			if p.Building.ID == b.ID && !p.Retired {
				return p.Code
			}
		}
	}
	return ""
}

// reminder writes the words for one group in one language.
func (h *Handlers) reminder(language string, k coached, g survey.Coach, code string) reminder {
	args := survey.Args{
		"Place": g.Group.Label(), "Count": g.Owner.Short, "N": page.Number(g.Owner.Short),
		"Until": page.Moment(language, k.campaign.Closes), "Asker": k.campaign.Asker,
		"Code": survey.GroupCode(code, 4),
	}
	say := func(key string) string { return h.Pages.TextIn(language, "coach.say."+key, args) }
	r := reminder{
		Language: language, Project: k.Project.Name, Place: g.Group.Label(),
		Headline: say("missing"), Aim: say("aim"), Facts: say("facts"), Until: say("until"), Open: say("open"), Thanks: say("thanks"),
		Number: say("number"), Phone: k.Project.Phone,
	}
	if len(g.Group.Buildings) > 1 {
		r.Aim = say("aim.joined")
	}
	if g.Owner.Short == 0 {
		r.Headline, r.Aim, r.Open, r.Thanks = say("enough"), say("enough.aim"), say("enough.open"), ""
	}
	if k.campaign.Asker != "" {
		r.Asker = say("asker")
	}
	if r.Phone == "" {
		r.Phone = k.campaign.Phone
	}
	if r.Phone != "" {
		args["Phone"] = r.Phone
		r.Phone = say("phone")
	}
	return r
}

// Text is the reminder for a chat group, with the address to tap.
func (r reminded) Text() string {
	var parts []string
	for _, w := range r.Words {
		lines := []string{w.Headline, w.Aim, w.Facts, w.Until}
		if r.Address != "" {
			lines = append(lines, r.Address)
		}
		lines = append(lines, w.Open, w.Thanks, w.Asker, w.Phone)
		var said []string
		for _, line := range lines {
			if line != "" {
				said = append(said, line)
			}
		}
		parts = append(parts, w.Project+" · "+strings.Join(said, "\n"))
	}
	text := strings.Join(parts, "\n\n")
	if r.Demo != "" {
		text = "[" + r.Demo + "] " + text
	}
	return text
}
