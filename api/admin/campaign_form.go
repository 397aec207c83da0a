package admin

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// cityOwner is the form's word for the city as an owner.
const cityOwner = "city"

// campaignForm is the form as it was typed, so that it comes back unchanged.
type campaignForm struct {
	Name, Owner, Activity, Admission string
	Feedback                         bool
	Opens, Closes                    string // datetime-local, Beijing time
	Publishes                        string // date
	Asker, Phone                     string
	Full, Provisional                string // percent
}

type campaignFormView struct {
	page.Frame
	faults
	Form       campaignForm
	New        bool
	Owners     []placeChoice
	Activities []survey.Activity
	Path, Back string
}

func typedCampaign(c *gin.Context) campaignForm {
	return campaignForm{
		Name: typed(c, "name"), Owner: typed(c, "owner"), Activity: typed(c, "activity"),
		Admission: typed(c, "admission"), Feedback: c.PostForm("feedback") != "",
		Opens: typed(c, "opens"), Closes: typed(c, "closes"), Publishes: typed(c, "publishes"),
		Asker: typed(c, "asker"), Phone: typed(c, "phone"),
		Full: typed(c, "full"), Provisional: typed(c, "provisional"),
	}
}

// campaign is the draft that the form describes; what cannot be read stays
// zero and is refused by Check.
func (f campaignForm) campaign() survey.Campaign {
	return survey.Campaign{
		Name: f.Name, Admission: survey.Admission(f.Admission), Feedback: f.Feedback && f.Admission != string(survey.ByOpen),
		Opens: minute(f.Opens), Closes: minute(f.Closes), Publishes: day(f.Publishes), Asker: f.Asker, Phone: f.Phone,
		Margins: survey.Margins{Full: permille(f.Full), Provisional: permille(f.Provisional)},
	}
}

// check refuses what campaign would silently leave out.
func (f campaignForm) check() error {
	if f.Publishes != "" && day(f.Publishes).IsZero() {
		return survey.Fail(survey.Invalid, "error.campaign.fields").Field("publishes", "error.publication.day")
	}
	return nil
}

func formOf(c survey.Campaign) campaignForm {
	return campaignForm{
		Name: c.Name, Admission: string(c.Admission), Feedback: c.Feedback,
		Opens: page.Minute(c.Opens), Closes: page.Minute(c.Closes), Publishes: dayValue(c.Publishes), Asker: c.Asker, Phone: c.Phone,
		Full: percent(c.Margins.Full), Provisional: percent(c.Margins.Provisional),
	}
}

// permille reads a percentage with at most one decimal; -1 for anything else.
func permille(s string) int64 {
	whole, tenth, found := strings.Cut(strings.TrimSuffix(s, "%"), ".")
	n, err := strconv.ParseInt(whole, 10, 32)
	if err != nil || n < 0 {
		return -1
	}
	if !found {
		return n * 10
	}
	d, err := strconv.ParseInt(tenth, 10, 32)
	if err != nil || len(tenth) != 1 || d < 0 {
		return -1
	}
	return n*10 + d
}

// percent writes permille as a percentage: 50 is "5", 75 is "7.5".
func percent(permille int64) string {
	if permille%10 == 0 {
		return strconv.FormatInt(permille/10, 10)
	}
	return fmt.Sprintf("%d.%d", permille/10, permille%10)
}
