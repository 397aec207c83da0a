package admin

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/household"
	"meihao/survey/roster"
)

// The form of a campaign's frozen homes answers: what was wrong at opening,
// and what does putting it right change?
type frozenFormView struct {
	page.Frame
	faults
	Campaign campaignRow
	Project  survey.Project // of the register, as it is now
	Form     frozenForm
	Missing  []missingBuilding  // of the register, that may be added
	Again    bool               // somebody changed it meanwhile
	Differs  bool               // from the register
	Preview  *correctionPreview // what would happen; nil while the form is filled in
	Path     string
	Back     string
	Held     int64
	Sealed   bool // it takes a second person
}

// frozenForm is the form as it was typed.
type frozenForm struct {
	homesForm
	Buildings    []buildingForm
	Added        map[survey.ID]bool
	Reason, Seen string
	Now          map[string]string
}

type missingBuilding struct {
	survey.Building
	Chosen bool
}

// showFrozenForm shows what was frozen, to be put right; with "register" in
// the address as the register has it now.
func (h *Handlers) showFrozenForm(c *gin.Context) error {
	campaign, e, register, err := h.toCorrect(c)
	if err != nil {
		return err
	}
	form, taken := formOfEnrolment(e), c.Query("register") != ""
	if taken {
		form.take(e, register)
	}
	v := h.frozenView(c, campaign, e, register, form)
	v.Differs = v.Differs && !taken
	return h.renderFrozenForm(c, http.StatusOK, v)
}

// toCorrect loads what the path names, if the actor may correct it; a draft
// has nothing frozen.
func (h *Handlers) toCorrect(c *gin.Context) (survey.Campaign, survey.Enrolment, survey.Project, error) {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return campaign, survey.Enrolment{}, survey.Project{}, err
	}
	e, register, err := h.enrolledOf(c, campaign)
	switch {
	case err != nil:
	case !scope(c).Manages(campaign.Owner):
		err = survey.NotFoundError("error.not_found")
	default:
		err = campaign.Correctable()
	}
	return campaign, e, register, err
}

// saveFrozenForm shows what a correction would change, goes back to the form,
// or makes it.
func (h *Handlers) saveFrozenForm(c *gin.Context) error {
	campaign, e, register, err := h.toCorrect(c)
	if err != nil {
		return err
	}
	form, step := typedFrozen(c), c.PostForm("step")
	to, err := form.correction()
	pending := false
	var p *correctionPreview
	if err == nil && step != "edit" {
		p, err = h.previewCorrection(c, campaign, e, register, to)
	}
	if err == nil && step == "apply" {
		if err = survey.CheckReason(form.Reason); err == nil {
			pending, err = h.Store.CorrectEnrolment(c.Request.Context(), actor(c), campaign.ID, e.Project.ID, to, form.Reason)
		}
	}
	f, status, mendable := h.faultsOf(c, err)
	if !mendable && err != nil {
		return err
	}
	if err == nil && step == "apply" {
		return see(c, enrolledPath(campaign.ID, e.Project.ID)+"?done="+map[bool]string{true: "asked", false: "corrected"}[pending])
	}
	if err == nil {
		status = http.StatusOK
	}
	v := h.frozenView(c, campaign, e, register, form)
	v.faults, v.Preview = f, p
	if v.Again = survey.KeyOf(err) == "error.correction.meanwhile"; v.Again {
		if campaign, e, register, err = h.toCorrect(c); err != nil {
			return err
		}
		v = h.frozenView(c, campaign, e, register, form.beside(e))
		v.faults, v.Again = f, true
	}
	return h.renderFrozenForm(c, status, v)
}

func (h *Handlers) frozenView(c *gin.Context, campaign survey.Campaign, e survey.Enrolment, register survey.Project, form frozenForm) frozenFormView {
	v := frozenFormView{
		Campaign: rowOf(campaign, actor(c), h.Now()), Project: register, Form: form, Back: enrolledPath(campaign.ID, e.Project.ID),
		Held: e.Tally.InState(survey.Held), Sealed: campaign.Stage == survey.SealedStage,
	}
	v.Path, v.Form.Buildings = v.Back+"/correct", withLists(form.Buildings, e.Project.Buildings)
	_, missing := besideRegister(e, register.Buildings)
	for _, b := range missing {
		v.Missing = append(v.Missing, missingBuilding{b, form.Added[b.ID]})
	}
	v.Differs = !e.Homes.SameHomes(register.Homes) || !survey.SameBuildings(e.Project.Buildings, register.Buildings)
	return v
}

func (h *Handlers) renderFrozenForm(c *gin.Context, status int, v frozenFormView) error {
	title := h.text(c, "correction.frozen")
	v.Frame = h.campaignFrame(c, v.Campaign.Campaign, title, page.Crumb{Text: v.Project.Name, Path: v.Back})
	h.Pages.Show(c, status, "staff/frozen_form", v)
	return nil
}

func formOfEnrolment(e survey.Enrolment) frozenForm {
	return frozenForm{homesForm: homesFormOf(e.Homes), Buildings: formsOfBuildings(e.Project.Buildings), Seen: e.Digest()}
}

// take fills the form with what the register says now.
func (f *frozenForm) take(e survey.Enrolment, register survey.Project) {
	f.homesForm, f.Added = homesFormOf(register.Homes), map[survey.ID]bool{}
	today := map[string]buildingForm{}
	for _, b := range formsOfBuildings(register.Buildings) {
		today[b.ID] = b
	}
	registered := make(map[survey.ID]survey.Building, len(register.Buildings))
	for _, b := range register.Buildings {
		registered[b.ID] = b
	}
	for i, b := range e.Project.Buildings {
		is, there := registered[b.ID]
		if !there {
			continue
		}
		now := today[b.ID.String()]
		now.Listed, now.Rooms = b.Listed(), household.WriteMore(b.RoomsBeyond(is))
		if !survey.UnitsMayBecome(b.Units, is.Units) {
			now.Units = countOf(b.Units) // it stays while the campaign runs
		}
		f.Buildings[i] = now
	}
	_, missing := besideRegister(e, register.Buildings)
	for _, b := range missing {
		f.Added[b.ID] = true
	}
}

func typedFrozen(c *gin.Context) frozenForm {
	f := frozenForm{
		homesForm: homesForm{typed(c, "households"), typed(c, "occupied")}, Buildings: typedBuildings(c),
		Reason: typed(c, "reason"), Seen: typed(c, "seen"), Added: map[survey.ID]bool{},
	}
	for _, value := range c.PostFormArray("add") {
		if id, err := survey.ParseID(value); err == nil {
			f.Added[id] = true
		}
	}
	return f
}

// correction is what the form asks for; an error names what cannot be read.
func (f frozenForm) correction() (survey.FrozenCorrection, error) {
	r := newReading()
	to := survey.FrozenCorrection{Homes: r.homes("", f.homesForm), Seen: f.Seen}
	for i, b := range f.Buildings {
		building, err := r.building(fieldOf(i), b)
		if err != nil {
			return to, err
		}
		to.Buildings = append(to.Buildings, building)
	}
	for id := range f.Added {
		to.Added = append(to.Added, id)
	}
	return to, r.err()
}

// beside puts what is frozen now beside what was typed.
func (f frozenForm) beside(e survey.Enrolment) frozenForm {
	f.Seen, f.Now = e.Digest(), differing(buildingForm{homesForm: f.homesForm}, buildingForm{homesForm: homesFormOf(e.Homes)})
	f.Buildings = compare(f.Buildings, e.Project.Buildings)
	return f
}

// correctionPreview is what a correction would change.
type correctionPreview struct {
	Lines []survey.Correction
	Bases []basePreview
}

// basePreview compares one base before and after.
type basePreview struct {
	Base         string // "owner" or "resident"
	Before, Then resultCell
}

// Moves says that another number of households is counted by: all else
// follows from it.
func (b basePreview) Moves() bool { return b.Before.Households != b.Then.Households }

// Few says that the words after it are left out, as answers are few.
func (b basePreview) Few() bool { return b.Then.Answered != nil && b.Then.Item11 == "" }

// Few says so of any base.
func (p correctionPreview) Few() bool { return slices.ContainsFunc(p.Bases, basePreview.Few) }

// previewCorrection works a correction out without making it. Of figures it shows what
// the actor may see.
func (h *Handlers) previewCorrection(c *gin.Context, campaign survey.Campaign, e survey.Enrolment, register survey.Project, to survey.FrozenCorrection) (*correctionPreview, error) {
	if e.Digest() != to.Seen {
		return nil, survey.Fail(survey.Conflict, "error.correction.meanwhile")
	}
	if campaign.Stage == survey.SealedStage && len(to.Added) > 0 {
		return nil, survey.Fail(survey.Conflict, "error.correction.sealed_building")
	}
	after, lines, err := e.Correct(to, register.Buildings)
	if err != nil {
		return nil, err
	}
	if err := roster.CheckFrozen(e, after, nil); err != nil { // of names that were, the store knows
		return nil, err
	}
	if len(lines) == 0 {
		return nil, survey.Fail(survey.Invalid, "error.correction.nothing")
	}
	now, role := h.Now(), actor(c).Role
	p := &correctionPreview{Lines: lines}
	was, then := survey.Stand(campaign, e, role, now), survey.Stand(campaign, after, role, now)
	p.Bases = []basePreview{
		{Base: "owner", Before: cellOf(was.Owner), Then: cellOf(then.Owner.Supposed(was.Owner))},
		{Base: "resident", Before: cellOf(was.Resident), Then: cellOf(then.Resident.Supposed(was.Resident))},
	}
	return p, nil
}
