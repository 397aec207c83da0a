package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/poster"
	"meihao/survey"
)

// The page answers: what do the posters of this campaign say?
type posterWordsView struct {
	page.Frame
	faults
	Campaign  campaignRow
	Words     survey.PosterWords // as typed
	Default   survey.PosterWords
	Languages []wordsLanguage // Fields are those of faults
	Sheet     posterSheet     // the preview
	Emblem    string
	MB, Side  int
}

// wordsLanguage are the fields of one language.
type wordsLanguage struct {
	Code   string
	Fields []wordsField
}

// wordsField is one text of a poster with its default.
type wordsField struct {
	Name, Key, Value, Default string
	Most                      int // Chinese symbols, or twice as many letters
}

// showPosterWords asks for the words of a campaign's posters.
func (h *Handlers) showPosterWords(c *gin.Context) error {
	campaign, err := h.ownCampaign(c)
	if err != nil {
		return err
	}
	words, err := h.Store.PosterWords(c.Request.Context(), scope(c), campaign.ID)
	if err != nil {
		return err
	}
	return h.renderPosterWords(c, http.StatusOK, campaign, words, faults{})
}

// ownCampaign is the campaign of the path if the actor manages it.
func (h *Handlers) ownCampaign(c *gin.Context) (survey.Campaign, error) {
	campaign, err := h.campaignOf(c)
	if err == nil && !scope(c).Manages(campaign.Owner) {
		err = survey.NotFoundError("error.not_found")
	}
	if err == nil && campaign.Stage == survey.SealedStage {
		err = survey.Fail(survey.Conflict, "error.poster_words.sealed")
	}
	return campaign, err
}

// savePosterWords keeps the words; an emptied one is the default again.
func (h *Handlers) savePosterWords(c *gin.Context) error {
	campaign, err := h.ownCampaign(c)
	if err != nil {
		return err
	}
	words := survey.PosterWords{
		Bilingual: c.PostForm("language") == "both",
		ZH:        survey.PosterText{Title: typed(c, "zh_title"), Why: typed(c, "zh_why"), Help: typed(c, "zh_help"), Safety: typed(c, "zh_safety")},
		EN:        survey.PosterText{Title: typed(c, "en_title"), Why: typed(c, "en_why"), Help: typed(c, "en_help"), Safety: typed(c, "en_safety")},
	}
	err = h.Store.ChangePosterWords(c.Request.Context(), actor(c), campaign.ID, func(w *survey.PosterWords, stage survey.Stage) error {
		return w.Change(words, stage)
	})
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderPosterWords(c, status, campaign, words, f)
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.ID.String()+"/poster?done=poster_words")
}

func (h *Handlers) renderPosterWords(c *gin.Context, status int, campaign survey.Campaign, words survey.PosterWords, f faults) error {
	press, err := h.press(c, campaign, a4Form)
	if err != nil {
		return err
	}
	v := posterWordsView{faults: f, Campaign: rowOf(campaign, actor(c), h.Now()), Words: words, Default: h.filled(survey.PosterWords{}, campaign)}
	v.Emblem, v.MB, v.Side = press.sheet.Emblem, poster.MostEmblemBytes>>20, poster.MostEmblemPixels
	v.Languages = []wordsLanguage{
		{"zh", wordsFields("zh", words.ZH, v.Default.ZH, survey.PosterLimitsZH())},
		{"en", wordsFields("en", words.EN, v.Default.EN, survey.PosterLimitsEN())},
	}
	example, err := h.examplePoster(c, campaign)
	if err != nil {
		return err
	}
	if v.Sheet, err = press.print(example); err != nil {
		return err
	}
	v.Frame = h.campaignFrame(c, campaign, h.text(c, "posters.words"))
	v.Frame.Path = v.Campaign.Path + "/poster" // the emblem's form is sent elsewhere
	h.Pages.Show(c, status, "staff/poster_words", v)
	return nil
}

func wordsFields(code string, own, standard survey.PosterText, most survey.PosterLimits) []wordsField {
	return []wordsField{
		{code + "_title", "title", own.Title, standard.Title, most.Title},
		{code + "_why", "why", own.Why, standard.Why, most.Why},
		{code + "_help", "help", own.Help, standard.Help, most.Help},
		{code + "_safety", "safety", own.Safety, standard.Safety, most.Safety},
	}
}

// examplePoster is a poster of the campaign to look at: the first one in use,
// or of a draft one that leads nowhere.
func (h *Handlers) examplePoster(c *gin.Context, campaign survey.Campaign) (survey.PosterPlace, error) {
	ctx := c.Request.Context()
	enrolments, err := h.Store.Enrolments(ctx, scope(c), campaign.ID)
	if err != nil {
		return survey.PosterPlace{}, err
	}
	example := survey.PosterPlace{
		Code: survey.NewPosterCode([survey.PosterCodeLength - 1]byte{}), Place: h.text(c, "posters.words.place"),
		Project: survey.Project{Name: h.text(c, "posters.words.project")},
	}
	if len(enrolments) == 0 {
		return example, nil
	}
	example.Project = enrolments[0].Project
	posters, err := h.Store.Posters(ctx, scope(c), campaign.ID, example.Project.ID)
	for _, p := range posters {
		if !p.Retired {
			return p, nil
		}
	}
	return example, err
}
