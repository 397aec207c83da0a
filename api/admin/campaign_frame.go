package admin

import (
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// campaignFrame is the frame of a page below a campaign. The steps between
// and the tabs carry the filter of the page along.
func (h *Handlers) campaignFrame(c *gin.Context, campaign survey.Campaign, title string, between ...page.Crumb) page.Frame {
	crumbs := []page.Crumb{
		{Text: h.text(c, "campaigns.title"), Path: "/admin/campaigns"},
		{Text: campaign.Name, Path: "/admin/campaigns/" + campaign.ID.String() + carry(c)},
	}
	for _, step := range between {
		if step.Path != "" && !strings.Contains(step.Path, "?") {
			step.Path += carryTo(c, lastWord(step.Path))
		}
		crumbs = append(crumbs, step)
	}
	f := h.frame(c, "campaigns", title, append(crumbs, page.Crumb{Text: title})...)
	if f.Staff != nil {
		f.Staff.Tabs = h.campaignTabs(c, campaign)
	}
	return f
}

// campaignTab is a page of a campaign that the others lead to.
type campaignTab struct {
	word   string // of its address
	key    string // of its name
	action survey.Action
}

func campaignTabs() []campaignTab {
	return []campaignTab{
		{"standings", "tab.standings", survey.ViewStandings},
		{"questions", "tab.questions", survey.ViewStandings},
		{"comments", "tab.comments", survey.ViewComments},
		{"charts", "tab.charts", survey.ViewStandings},
		{"compare", "tab.compare", survey.ViewStandings},
		{"coach", "tab.coach", survey.ViewCoach},
	}
}

// campaignTabs are the pages of a campaign that has begun, for who may see
// them. Its forms have none: they are left by sending them or going back.
func (h *Handlers) campaignTabs(c *gin.Context, campaign survey.Campaign) []page.Tab {
	if campaign.Stage == survey.Draft {
		return nil
	}
	base := "/admin/campaigns/" + campaign.ID.String()
	here := tabOf(strings.TrimPrefix(page.PathOf(c), base))
	known := here == ""
	var tabs []page.Tab
	for _, t := range campaignTabs() {
		if may(c, t.action) {
			tabs = append(tabs, page.Tab{Text: h.text(c, t.key), Path: base + "/" + t.word + carryTo(c, t.word), Here: t.word == here})
			known = known || t.word == here
		}
	}
	if !known {
		return nil
	}
	return tabs
}

// tabOf is the tab under which the rest of an address lies: what is asked
// about a project ("/standings/7/questions") lies under its own.
func tabOf(rest string) string {
	words := strings.Split(strings.Trim(rest, "/"), "/")
	if len(words) >= 3 && words[0] == "standings" {
		return words[2]
	}
	return words[0]
}

// carry is the part of the address that every page of a campaign understands,
// as a query: "" or "?…". It goes along to its other and deeper pages.
func carry(c *gin.Context) string { return carrying(c, "q", "place", "company", "kind") }

// carryTo is carry for a page of a campaign by the word of its address: the
// standings understand more.
func carryTo(c *gin.Context, word string) string {
	keys := []string{"q", "place", "company", "kind"}
	if word == "standings" {
		keys = append(keys, standingsKeys()...)
	}
	return carrying(c, keys...)
}

// lastWord of an address.
func lastWord(path string) string { return path[strings.LastIndex(path, "/")+1:] }

func carrying(c *gin.Context, keys ...string) string {
	values := url.Values{}
	for _, key := range keys {
		if value := c.Query(key); value != "" {
			values.Set(key, value)
		}
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}
