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

// reminder is what neighbours of one building are told, in one language: how
// many answers its building group still lacks, or thanks. It has no name, no
// score and no household; its sentences invite and do not press.
type reminder struct {
	Language       string // "zh" or "en"
	Project        string
	Where, Missing string // "3号楼" and "还差21户", or thanks
	Headline       string // both in one: "3号楼还差21户"
	Aim            string // what that is good for
	Facts, Until   string
	Open           string // who else may answer
	Thanks         string // to those who did, "" where the headline is the thanks
	Elsewhere      string // how to answer where no code is on it, else ""
	Number         string // the poster's code, for who types it
	Asker, Phone   string // "" where there is none
}

// reminded is a building with its reminders and a way to answer: a poster's of
// this very building, since whoever answers by it claims a home there.
type reminded struct {
	Number   int // among all of the project, from 1
	Place    int // among those of its building group, from 1
	Building survey.Building
	Joined   bool       // it shares its number with other buildings
	Words    []reminder // one per language chosen
	Address  string     // of the building's poster, "" where none is in use
	Before   string     // the address in clear, cut before the code
	After    string
	QR       template.HTML
	Demo     string // the mark of a demonstration, "" for none
}

// remindedGroup is a building group with the reminders of its buildings.
type remindedGroup struct {
	survey.Coach
	Word      word
	Buildings []reminded
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
func (h *Handlers) reminders(c *gin.Context, k coached, choice string) ([]remindedGroup, error) {
	posters, err := h.Store.Posters(c.Request.Context(), scope(c), k.campaign.ID, k.Project.ID)
	if err != nil {
		return nil, err
	}
	demo := ""
	if h.demonstrates(k.campaign) {
		demo = h.Pages.TextIn(remindIn(choice)[0], "staff.demo", nil)
	}
	list := make([]remindedGroup, len(k.groups))
	number := 0
	for i, g := range k.groups {
		list[i] = remindedGroup{Coach: g, Word: coachWord(g.State)}
		for place, b := range g.Group.Buildings {
			number++
			r := reminded{Number: number, Place: place + 1, Building: b, Joined: len(g.Group.Buildings) > 1, Demo: demo}
			code := posterOf(b, posters)
			if err := r.lead(h.Public, code); err != nil {
				return nil, err
			}
			for _, language := range remindIn(choice) {
				r.Words = append(r.Words, h.reminder(language, k, g, code))
			}
			list[i].Buildings = append(list[i].Buildings, r)
		}
	}
	return list, nil
}

// lead puts in how to answer by a poster; "" is none.
func (r *reminded) lead(public, code string) (err error) {
	if code == "" {
		return nil
	}
	r.Address = poster.Address(public, code)
	clear := strings.TrimPrefix(strings.TrimPrefix(r.Address, "https://"), "http://")
	r.Before, r.After = strings.TrimSuffix(clear, code), code
	r.QR, err = poster.SVG(r.Address)
	return err
}

// posterOf is the code of a poster in use that is the whole building's, one
// without a place of its own if there is one; "" for none. A unit's would lead
// the other units' neighbours to a home that is not theirs.
func posterOf(b survey.Building, posters []survey.PosterPlace) string {
	code := ""
	for _, p := range posters {
		switch {
		case p.Building.ID != b.ID || p.Retired || p.Unit != 0:
		case p.Place == "":
			return p.Code
		case code == "":
			code = p.Code
		}
	}
	return code
}

// reminder writes the words for a building of a group in one language.
func (h *Handlers) reminder(language string, k coached, g survey.Coach, code string) reminder {
	args := survey.Args{
		"Place": h.whereOf(language, g.Group), "Count": g.Owner.Short, "N": page.Number(g.Owner.Short),
		"Until": page.Moment(language, k.campaign.Closes), "Asker": k.campaign.Asker,
		"Code": survey.GroupCode(code, 4),
	}
	say := func(key string) string { return h.Pages.TextIn(language, "coach.say."+key, args) }
	r := reminder{
		Language: language, Project: k.Project.Name, Where: h.whereOf(language, g.Group), Missing: say("short"),
		Headline: say("missing"), Aim: say("aim"), Facts: say("facts"), Until: say("until"), Open: say("open"), Thanks: say("thanks"),
		Number: say("number"), Phone: k.Project.Phone,
	}
	if len(g.Group.Buildings) > 1 {
		r.Aim = say("aim.joined")
	}
	if g.Owner.Short == 0 {
		r.Headline, r.Missing, r.Aim, r.Open, r.Thanks = say("enough"), say("enough.short"), say("enough.aim"), say("enough.open"), ""
	}
	if code == "" {
		r.Elsewhere = say("elsewhere")
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

// Widths of what stands on a notice, in tenths of an em.
const (
	lineOfProject = 160 // at 24 pt between the corners
	lineOfOwn     = 205 // at 24 pt
	twoOfWhere    = 190 // two lines of 52 pt
	othersWidth   = 105 // "等5栋", " etc. (5 buildings)"
)

// whereOf names the buildings of a group in two large lines: all of up to
// three, else the first two and how many there are.
func (h *Handlers) whereOf(language string, g survey.Group) string {
	if label := g.Label(); len(g.Buildings) <= 3 && survey.PrintWidth(label) <= twoOfWhere {
		return label
	}
	if len(g.Buildings) == 1 {
		return survey.CutToWidth(g.Label(), twoOfWhere)
	}
	names := g.Buildings[0].Name
	if two := names + "、" + g.Buildings[1].Name; len(g.Buildings) > 2 && survey.PrintWidth(two) <= twoOfWhere-othersWidth {
		names = two
	}
	return h.Pages.TextIn(language, "coach.say.others", survey.Args{
		"Names": survey.CutToWidth(names, twoOfWhere-othersWidth), "N": len(g.Buildings),
	})
}

// Above is the project as it stands above the number on paper, in one line
// where the building follows below it.
func (r reminded) Above() string {
	if r.Joined {
		return survey.CutToWidth(r.Words[0].Project, lineOfProject)
	}
	return survey.CutToWidth(r.Words[0].Project, 2*lineOfProject)
}

// Own is the building whose notice it is, where the number is of several.
func (r reminded) Own() string { return survey.CutToWidth(r.Whose(), lineOfOwn) }

// AskerLines is who asks, in at most two lines of a sheet.
func (r reminder) AskerLines() string { return survey.CutToWidth(r.Asker, 2*lineOfText-20) }

// Whose names the building where only its own neighbours may answer.
func (r reminded) Whose() string {
	if r.Joined {
		return r.Building.Name
	}
	return ""
}

// Text is the reminder for a chat group, with the address to tap.
func (r reminded) Text() string {
	var parts []string
	for _, w := range r.Words {
		lines := []string{w.Headline, w.Aim, w.Facts, w.Until}
		switch {
		case r.Address == "":
			lines = append(lines, w.Elsewhere)
		case r.Joined:
			lines = append(lines, r.Building.Name+": "+r.Address)
		default:
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
