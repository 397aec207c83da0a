package admin

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// commentsPerPage is how many comments a page shows.
const commentsPerPage = 30

// The page of comments answers: what do people write, and about what?
type commentsView struct {
	page.Frame
	faults
	listFilter
	Campaign campaignRow
	Project  *survey.Project // nil on the page of all projects
	Path     string
	Back     string // to the project's standing or result
	Why      string // nothing can be read, see survey.ReadsComments; "few" for too few answers
	Term     string
	Theme    string // key of the chosen one
	Hidden   bool   // only those that are hidden
	Keep     []pair // of the address, for the form of the search
	Chips    []themeChip
	Themes   survey.ThemeCounts
	Chosen   int
	Few      int
	Groups   []commentGroup
	Count    int    // comments on this page
	Next     string // the address that goes on, "" at the end
	Clear    string // the address without search and theme
	First    string // the address of the beginning, "" where it is this
	Export   string
	Lexicon  string // where the themes are edited, "" for who may not
	Release  string // where they are released to the company, "" for who may not
	Released time.Time
	Office   bool   // the actor sees what is hidden, and decides on it where it is theirs
	Here     string // this address, to come back to
	Opened   string // the comment whose form is open, since it comes back
	Reason   string
}

// pair is a value of an address that a form keeps.
type pair struct{ Name, Value string }

// themeChip is a theme to choose with how many comments are of it.
type themeChip struct {
	Name  string
	Count int
	Share string // of those that were looked at, where they are a sample
	Path  string
	Here  bool
}

// commentGroup are a page's comments of one project.
type commentGroup struct {
	Project  survey.Project
	Path     string
	Comments []commentCard
}

// commentCard is one comment. Nothing in it says where in the project it comes
// from, by which way it came, or when.
type commentCard struct {
	survey.Comment
	Names []string // of its themes
	Path  string
	May   bool // the actor may hide it
	Open  bool
}

// showComments shows the comments of a campaign, or of one of its projects.
func (h *Handlers) showComments(c *gin.Context) error {
	v, _, err := h.commentsOf(c, survey.CommentFilter{Limit: commentsPerPage, Count: true})
	if err != nil {
		return err
	}
	h.Pages.Show(c, http.StatusOK, "staff/comments", v)
	return nil
}

// commentsOf reads the comments that the address asks for; more says how many.
func (h *Handlers) commentsOf(c *gin.Context, more survey.CommentFilter) (commentsView, survey.CommentFilter, error) {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return commentsView{}, more, err
	}
	a := actor(c)
	v := commentsView{
		Campaign: rowOf(campaign, a, h.Now()), Term: strings.TrimSpace(c.Query("text")), Theme: c.Query("theme"),
		Office: may(c, survey.HideComments), Here: c.Request.URL.RequestURI(),
	}
	v.Hidden = v.Office && c.Query("hidden") != ""
	v.Path = v.Campaign.Path + "/comments"
	stored, err := h.lexicon(c, campaign.Owner)
	if err != nil {
		return v, more, err
	}
	f := more
	f.Search, f.Theme, f.Lexicon, f.Hidden = v.Term, v.Theme, stored.Lexicon, v.Hidden
	f.After = survey.ParseCommentCursor(c.Query("after"))
	if c.Param("project") != "" {
		if f.Project, err = idParam(c, "project"); err != nil {
			return v, f, err
		}
		v.Path = v.Campaign.Path + "/standings/" + f.Project.String() + "/comments"
	} else {
		f.Choose = func(enrolments []survey.Enrolment) []*survey.Enrolment {
			v.listFilter = filterAmong(c, enrolments)
			return v.keptOf(enrolments)
		}
	}
	found, err := h.Store.Comments(c.Request.Context(), a, campaign.ID, f)
	if err != nil {
		return v, f, err
	}
	return v, f, h.fillComments(c, &v, f, found)
}

// fillComments makes the view of what was found.
func (h *Handlers) fillComments(c *gin.Context, v *commentsView, f survey.CommentFilter, found survey.CommentPage) error {
	v.Why, v.Themes, v.Chosen, v.Few, v.Released = found.Why, found.Themes, found.Chosen, found.Few, found.Released
	if f.Project != 0 {
		p, err := h.Store.Project(c.Request.Context(), scope(c), f.Project)
		if err != nil {
			return err
		}
		v.Project = &p
		if found.Few > 0 {
			v.Why = "few"
		}
	}
	v.frame(h, c)
	v.offers(c)
	if found.Next != (survey.CommentCursor{}) {
		v.Next = v.Path + query(c, "after", found.Next.String())
	}
	if f.After != (survey.CommentCursor{}) {
		v.First = v.Path + query(c, "after", "")
	}
	v.chips(h, c, f.Lexicon)
	for _, one := range found.List {
		p := found.Projects[one.Project]
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Project.ID != p.ID {
			v.Groups = append(v.Groups, commentGroup{Project: p, Path: v.Campaign.Path + "/standings/" + p.ID.String() + "/comments"})
		}
		group := &v.Groups[len(v.Groups)-1]
		group.Comments = append(group.Comments, v.card(c, one, group.Path, p, f.Lexicon))
		v.Count++
	}
	return nil
}

func (v *commentsView) card(c *gin.Context, one survey.Comment, path string, p survey.Project, l survey.Lexicon) commentCard {
	card := commentCard{Comment: one, Path: path + "/" + one.ID.String(), May: v.Office && scope(c).Manages(p.Place.District), Open: one.ID.String() == v.Opened}
	for _, i := range one.Themes {
		card.Names = append(card.Names, l.Themes[i].Name(page.Language(c)))
	}
	return card
}

// frame is that of the campaign, or to a company that of its results.
func (v *commentsView) frame(h *Handlers, c *gin.Context) {
	title := h.text(c, "comments.title")
	if v.Project == nil {
		v.Frame = h.campaignFrame(c, v.Campaign.Campaign, title)
		return
	}
	name := v.Project.Name
	if !may(c, survey.ViewStandings) {
		v.Back = resultPath(v.Campaign.ID, v.Project.ID)
		v.Frame = h.frame(c, "results", h.text(c, "comments.of", "Project", name),
			page.Crumb{Text: h.text(c, "results.title"), Path: "/admin/results"}, page.Crumb{Text: name, Path: v.Back}, page.Crumb{Text: title})
		return
	}
	v.Back = v.Campaign.Path + "/standings/" + v.Project.ID.String()
	v.Frame = h.campaignFrame(c, v.Campaign.Campaign, title,
		page.Crumb{Text: h.text(c, "comments.title"), Path: v.Campaign.Path + "/comments"}, page.Crumb{Text: name, Path: v.Back})
	v.Title = h.text(c, "comments.of", "Project", name)
}

// offers says what can be done from here.
func (v *commentsView) offers(c *gin.Context) {
	if v.Why != "" {
		return
	}
	v.Clear = v.Path + carry(c)
	v.Export = v.Path + "/export" + query(c, "after", "")
	if may(c, survey.EditLexicon) {
		v.Lexicon = lexiconPath
	}
	if v.Project != nil && may(c, survey.ReleaseComments) && scope(c).Manages(v.Project.Place.District) {
		v.Release = v.Path + "/release"
	}
	for _, key := range []string{"q", "place", "company", "kind", "theme", "hidden"} {
		if value := c.Query(key); value != "" {
			v.Keep = append(v.Keep, pair{key, value})
		}
	}
}

// chips are the themes with their counts; a click chooses one, another takes
// it away.
func (v *commentsView) chips(h *Handlers, c *gin.Context, l survey.Lexicon) {
	if v.Why != "" {
		return
	}
	for i, t := range l.Themes {
		chip := themeChip{Name: t.Name(page.Language(c)), Here: t.Key == v.Theme}
		if v.Themes.Counts != nil {
			if chip.Count = v.Themes.Counts[i]; chip.Count == 0 && !chip.Here {
				continue
			}
			if v.Themes.Sample {
				chip.Share = survey.Rate(int64(chip.Count), int64(v.Themes.Comments))
			}
		}
		if chip.Here {
			chip.Path = v.Path + query(c, "theme", "", "after", "")
		} else {
			chip.Path = v.Path + query(c, "theme", t.Key, "after", "")
		}
		v.Chips = append(v.Chips, chip)
	}
}

// Searched says whether a search or a theme leaves comments out.
func (v commentsView) Searched() bool { return v.Term != "" || v.Theme != "" || v.Hidden }

// HiddenPath chooses what is hidden, or everything again.
func (v commentsView) HiddenPath() string {
	values := url.Values{}
	for _, p := range v.Keep {
		values.Set(p.Name, p.Value)
	}
	if v.Term != "" {
		values.Set("text", v.Term)
	}
	values.Set("hidden", "1")
	if v.Hidden {
		values.Del("hidden")
	}
	return v.Path + "?" + values.Encode()
}

// resultComments is where the comments of a result are read, "" for who may not
// read them.
func (h *Handlers) resultComments(c *gin.Context, r survey.PublicResult) (string, error) {
	if !may(c, survey.ViewComments) {
		return "", nil
	}
	path := "/admin/campaigns/" + r.Campaign.ID.String() + "/standings/" + r.Project.ID.String() + "/comments"
	_, err := h.Store.Comments(c.Request.Context(), actor(c), r.Campaign.ID, survey.CommentFilter{Project: r.Project.ID})
	if survey.KindOf(err) == survey.NotFound {
		return "", nil // nothing was released to this company
	}
	return path, err
}
