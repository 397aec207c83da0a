package admin

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// lexiconEvents is how many changes the page lists.
const lexiconEvents = 10

// The page of themes answers: by which words are comments sorted, and how many
// would these find?
type lexiconView struct {
	page.Frame
	faults
	Owner    survey.ID
	City     bool   // it is the city's
	Source   string // whose is in force: "own", "city" or "default"
	Seen     int
	Themes   []themeForm
	Preview  *lexiconPreview
	Sampled  bool // there is a campaign to try it on
	Events   []survey.Event
	Most     int
	Previews string // name of the campaign on which it is tried
}

// themeForm is one theme as it was typed.
type themeForm struct {
	Number         int
	Key, ZH, EN    string
	Words, Without string
	Remove         bool
	Matches        int
	Matched        bool // Matches says something
	Share          string
}

// lexiconPreview is what the typed lexicon would find.
type lexiconPreview struct {
	Comments, None int
	Share          string // of those that have a theme
	Few            bool
}

// showLexicon shows the themes in force.
func (h *Handlers) showLexicon(c *gin.Context) error {
	v, stored, err := h.lexiconOf(c)
	if err != nil {
		return err
	}
	v.Themes = formsOf(stored.Lexicon)
	h.Pages.Show(c, http.StatusOK, "staff/lexicon", v)
	return nil
}

// lexiconOwner is whose lexicon the actor edits: their district's, or the
// city's.
func lexiconOwner(c *gin.Context) survey.ID { return scope(c).District }

// lexiconOf is the page without its themes, and what is in force.
func (h *Handlers) lexiconOf(c *gin.Context) (lexiconView, survey.StoredLexicon, error) {
	ctx, a, owner, title := c.Request.Context(), actor(c), lexiconOwner(c), h.text(c, "lexicon.title")
	v := lexiconView{Frame: h.frame(c, "campaigns", title, page.Crumb{Text: title}), Owner: owner, City: owner == 0, Source: "default", Most: survey.MostThemes}
	stored, err := h.lexicon(c, owner)
	if err != nil {
		return v, stored, err
	}
	if stored.Version > 0 {
		v.Source = "city"
		if stored.Owner == owner {
			v.Source, v.Seen = "own", stored.Version
		}
	}
	if v.Events, err = h.Store.LexiconEvents(ctx, a, owner, lexiconEvents); err != nil {
		return v, stored, err
	}
	campaign, err := h.triedOn(c)
	if campaign != nil {
		v.Sampled, v.Previews = true, campaign.Name
	}
	return v, stored, err
}

// triedOn is the campaign on whose comments a lexicon is tried: the newest that
// has ended, of the owner's before others.
func (h *Handlers) triedOn(c *gin.Context) (*survey.Campaign, error) {
	campaigns, err := h.Store.Campaigns(c.Request.Context(), scope(c))
	if err != nil {
		return nil, err
	}
	campaigns = slices.DeleteFunc(campaigns, func(one survey.Campaign) bool { return !one.Ended(h.Now()) })
	for i := range campaigns {
		if campaigns[i].Owner == lexiconOwner(c) {
			return &campaigns[i], nil
		}
	}
	if len(campaigns) > 0 {
		return &campaigns[0], nil
	}
	return nil, nil
}

// formsOf are the forms of a lexicon, with an empty one for one more.
func formsOf(l survey.Lexicon) []themeForm {
	list := make([]themeForm, 0, len(l.Themes)+1)
	for _, t := range l.Themes {
		list = append(list, themeForm{Number: len(list), Key: t.Key, ZH: t.ZH, EN: t.EN, Words: strings.Join(t.Words, "、"), Without: strings.Join(t.Without, "、")})
	}
	if len(list) < survey.MostThemes {
		list = append(list, themeForm{Number: len(list)})
	}
	return list
}

// typedLexicon reads the forms: as they were typed, and as a lexicon without
// those that are empty or to be removed.
func typedLexicon(c *gin.Context) ([]themeForm, survey.Lexicon) {
	var forms []themeForm
	var l survey.Lexicon
	used := map[string]bool{}
	for i := range survey.MostThemes + 1 {
		at := "-" + strconv.Itoa(i)
		if _, sent := c.GetPostForm("name" + at); !sent {
			break
		}
		f := themeForm{
			Number: len(l.Themes), Key: typed(c, "key"+at), ZH: typed(c, "name"+at), EN: typed(c, "english"+at),
			Words: typed(c, "words"+at), Without: typed(c, "without"+at), Remove: c.PostForm("remove"+at) != "",
		}
		if f.Remove || f.ZH == "" && f.EN == "" && f.Words == "" && f.Without == "" {
			continue
		}
		if f.Key == "" || used[f.Key] {
			f.Key = freeKey(c, used)
		}
		used[f.Key] = true
		forms = append(forms, f)
		l.Themes = append(l.Themes, survey.Theme{Key: f.Key, ZH: f.ZH, EN: f.EN, Words: survey.TypedWords(f.Words), Without: survey.TypedWords(f.Without)})
	}
	return forms, l
}

// freeKey is a key that no theme of the form has.
func freeKey(c *gin.Context, used map[string]bool) string {
	for n := 1; ; n++ {
		key := fmt.Sprintf("own_%d", n)
		taken := used[key]
		for i := range survey.MostThemes + 1 {
			taken = taken || typed(c, "key-"+strconv.Itoa(i)) == key
		}
		if !taken {
			return key
		}
	}
}

// saveLexicon saves the typed themes, or says what they would find.
func (h *Handlers) saveLexicon(c *gin.Context) error {
	v, stored, err := h.lexiconOf(c)
	if err != nil {
		return err
	}
	forms, to := typedLexicon(c)
	if c.PostForm("preview") != "" {
		if err = to.Check(); err == nil {
			return h.previewLexicon(c, v, forms, to)
		}
	} else {
		err = h.Store.ChangeLexicon(c.Request.Context(), actor(c), v.Owner, seen(c), stored.Lexicon, to)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v.faults, v.Seen = f, seen(c)
		v.Themes = withOneMore(forms)
		h.Pages.Show(c, status, "staff/lexicon", v)
		return nil
	}
	if err != nil {
		return err
	}
	return see(c, lexiconPath+"?done=lexicon_saved")
}

func withOneMore(forms []themeForm) []themeForm {
	if len(forms) < survey.MostThemes {
		forms = append(forms, themeForm{Number: len(forms)})
	}
	return forms
}

// previewLexicon says how many comments of a campaign that has ended the typed
// themes would find. Nothing is saved.
func (h *Handlers) previewLexicon(c *gin.Context, v lexiconView, forms []themeForm, l survey.Lexicon) error {
	campaign, err := h.triedOn(c)
	if err != nil {
		return err
	}
	v.Seen = seen(c)
	if campaign != nil {
		found, err := h.Store.Comments(c.Request.Context(), actor(c), campaign.ID, survey.CommentFilter{Lexicon: l, Count: true})
		if err != nil {
			return err
		}
		counts := found.Themes
		v.Preview = &lexiconPreview{Comments: counts.Comments, None: counts.None, Few: counts.Counts == nil}
		if counts.Counts != nil {
			v.Preview.Share = survey.Rate(int64(counts.Comments-counts.None), int64(counts.Comments))
			for i := range forms {
				forms[i].Matches, forms[i].Matched = counts.Counts[i], true
				forms[i].Share = survey.Rate(int64(forms[i].Matches), int64(counts.Comments))
			}
		}
	}
	v.Themes = withOneMore(forms)
	h.Pages.Show(c, http.StatusOK, "staff/lexicon", v)
	return nil
}

// restoreLexicon removes the owner's own lexicon.
func (h *Handlers) restoreLexicon(c *gin.Context) error {
	v, stored, err := h.lexiconOf(c)
	if err != nil {
		return err
	}
	if c.PostForm("sure") == "" {
		err = survey.Fail(survey.Invalid, "error.lexicon.sure").Field("sure", "error.lexicon.sure")
	} else {
		err = h.Store.RestoreLexicon(c.Request.Context(), actor(c), v.Owner, seen(c))
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v.faults, v.Themes = f, formsOf(stored.Lexicon)
		h.Pages.Show(c, status, "staff/lexicon", v)
		return nil
	}
	if err != nil {
		return err
	}
	return see(c, lexiconPath+"?done=lexicon_restored")
}
