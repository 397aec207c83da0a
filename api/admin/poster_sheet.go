package admin

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
	"meihao/api/page"
	"meihao/api/poster"
	"meihao/survey"
)

// The forms in which posters are printed.
const (
	a4Form    = "a4"
	a3Form    = "a3"
	stripForm = "strip"
)

// posterForms in the order in which they are offered.
func posterForms() []string { return []string{a4Form, a3Form, stripForm} }

// posterSheet is one sheet of paper.
type posterSheet struct {
	Form           string
	Both, Demo     bool
	Emblem         string // address of the picture, "" for none
	Project, Place string
	ZH, EN         survey.PosterText
	QR, TabQR      template.HTML
	Before, After  string // the address in clear, cut before the code
	Long           bool   // the address takes two lines
	Code           string // in groups
	Phone          string
	Until, Ends    string // the end with its minute, and the day alone
	Tabs           []struct{}
}

// Strip says that there are tabs to tear off.
func (s posterSheet) Strip() bool { return s.Form == stripForm }

// stripTabs is how many tabs a strip has: 33 mm each.
const stripTabs = 6

// posterPress is what the sheets of one campaign share.
type posterPress struct {
	campaign survey.Campaign
	words    survey.PosterWords // with the defaults filled in
	public   string
	sheet    posterSheet // the common part
}

// press makes ready to print a campaign's posters in a form.
func (h *Handlers) press(c *gin.Context, campaign survey.Campaign, form string) (*posterPress, error) {
	ctx := c.Request.Context()
	words, err := h.Store.PosterWords(ctx, scope(c), campaign.ID)
	if err != nil {
		return nil, err
	}
	emblem, err := h.Store.Emblem(ctx, scope(c), campaign.ID)
	if err != nil {
		return nil, err
	}
	p := &posterPress{campaign: campaign, words: h.filled(words, campaign), public: h.Public}
	p.sheet = posterSheet{
		Form: form, Both: words.Bilingual, Demo: h.demonstrates(campaign), Emblem: emblemAddress(campaign.ID, emblem),
		ZH: p.words.ZH, EN: p.words.EN,
		Until: page.Moment(lang.Default, campaign.Closes), Ends: dayOfPoster(campaign.Closes),
	}
	if words.Bilingual {
		p.sheet.Until = campaign.Closes.In(page.Beijing()).Format("2006-01-02 15:04")
	}
	if form == stripForm {
		p.sheet.Tabs = make([]struct{}, stripTabs)
	}
	return p, nil
}

// dayOfPoster is a day as it stands on a tab.
func dayOfPoster(t time.Time) string { return t.In(page.Beijing()).Format("1月2日") }

// emblemAddress is where the picture is; another one has another address.
func emblemAddress(campaign survey.ID, png []byte) string {
	if png == nil {
		return ""
	}
	sum := sha256.Sum256(png)
	return strings.Replace(emblemPath, ":campaign", campaign.String(), 1) + "?v=" + hex.EncodeToString(sum[:6])
}

// Widths of a line of text on A4, in tenths of an em of its size.
const (
	lineOfText    = 260 // 186 mm at 20 pt
	lineOfAddress = 186 // at 28 pt
	lineOfPlace   = 230 // at 22 pt
	lineOfCorners = 170 // between the emblem and the mark of a demonstration
)

// filled puts the defaults where a campaign has no words of its own. Who asks
// stands in the Chinese line; a name that fills two lines leaves no room for
// the English one.
func (h *Handlers) filled(w survey.PosterWords, campaign survey.Campaign) survey.PosterWords {
	for code, text := range map[string]*survey.PosterText{"zh": &w.ZH, "en": &w.EN} {
		for key, field := range map[string]*string{"poster.default.title": &text.Title, "poster.default.help": &text.Help, "poster.default.safety": &text.Safety} {
			if *field == "" {
				*field = h.Pages.TextIn(code, key, nil)
			}
		}
	}
	if w.ZH.Why == "" {
		w.ZH.Why = h.whyOf("zh", campaign)
	}
	if w.EN.Why == "" && survey.PrintWidth(w.ZH.Why) <= lineOfText {
		w.EN.Why = h.whyOf("en", campaign)
	}
	return w
}

// whyOf is the default of who asks and why.
func (h *Handlers) whyOf(code string, campaign survey.Campaign) string {
	if campaign.Asker == "" {
		return h.Pages.TextIn(code, "poster.default.why", nil)
	}
	return h.Pages.TextIn(code, "poster.default.asker", survey.Args{"Asker": campaign.Asker})
}

// print is the sheet of one poster.
func (p *posterPress) print(place survey.PosterPlace) (posterSheet, error) {
	address := poster.Address(p.public, place.Code)
	one := p.sheet
	var err error
	if one.Strip() {
		one.QR, one.TabQR, err = poster.Twice(address, "qr-"+place.Code)
	} else {
		one.QR, err = poster.SVG(address)
	}
	if err != nil {
		return posterSheet{}, err
	}
	clear := strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	one.Before, one.After, one.Code = strings.TrimSuffix(clear, place.Code), place.Code, survey.GroupCode(place.Code, 4)
	one.Long = survey.PrintWidth(clear) > lineOfAddress
	one.Phone = place.Project.Phone
	if one.Phone == "" {
		one.Phone = p.campaign.Phone
	}
	one.Project, one.Place = heading(place, one.Emblem != "" || one.Demo)
	return one, nil
}

// heading is the project and the place as they fit into the two lines above
// the title. Where it hangs is needed most, so the project's name gives way.
func heading(place survey.PosterPlace, corners bool) (project, spot string) {
	line := lineOfPlace
	if corners {
		line = lineOfCorners
	}
	both := 2*line - 20 // a line breaks between two symbols
	spot = survey.CutToWidth(place.Name(), both-80)
	return survey.CutToWidth(place.Project.Name, both-survey.PrintWidth(spot)-4), spot
}
