package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/roster"
)

// The register's form answers: what is wrong in the register, and what is
// right?
type registerFormView struct {
	page.Frame
	faults
	Project   survey.Project // as it is stored
	Companies []survey.Company
	Form      registerForm
	Again     bool // somebody changed it meanwhile: what is stored stands beside
	Path      string
	Back      string
	Frozen    []frozenNote
}

// registerForm is the form as it was typed.
type registerForm struct {
	Name, Phone, Company, Kind, Reason, Seen string
	homesForm
	Buildings []buildingForm
	Spare     []int             // numbers of the lines for new buildings
	Now       map[string]string // as buildingForm.Now
}

// showRegisterForm shows what the register says, to be put right.
func (h *Handlers) showRegisterForm(c *gin.Context) error {
	p, err := h.projectOf(c)
	if err != nil {
		return err
	}
	return h.renderRegisterForm(c, http.StatusOK, p, formOfProject(p), false, faults{})
}

// saveRegisterForm puts the register right, or shows the form again.
func (h *Handlers) saveRegisterForm(c *gin.Context) error {
	p, err := h.projectOf(c)
	if err != nil {
		return err
	}
	form := typedProject(c)
	to, err := form.correction(p)
	var lines []survey.Correction
	if err == nil {
		lines, err = h.Store.CorrectRegister(c.Request.Context(), actor(c), p.ID, to)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		again := survey.KeyOf(err) == "error.correction.meanwhile"
		if again { // read anew: it is older than what the store refused
			if p, err = h.projectOf(c); err != nil {
				return err
			}
			form.beside(p)
		}
		return h.renderRegisterForm(c, status, p, form, again, f)
	}
	if err != nil {
		return err
	}
	done := "corrected"
	if len(lines) == 0 {
		done = "unchanged"
	}
	return see(c, "/admin/projects/"+p.ID.String()+"?done="+done)
}

// projectOf loads the project of the path, as the actor may see it.
func (h *Handlers) projectOf(c *gin.Context) (survey.Project, error) {
	id, err := idParam(c, "project")
	if err != nil {
		return survey.Project{}, err
	}
	return h.Store.Project(c.Request.Context(), scope(c), id)
}

func (h *Handlers) renderRegisterForm(c *gin.Context, status int, p survey.Project, form registerForm, again bool, f faults) error {
	companies, err := h.Store.Companies(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	form.Buildings = withLists(form.Buildings, p.Buildings)
	for range spare {
		form.Spare = append(form.Spare, len(form.Buildings)+len(form.Spare))
	}
	title := h.text(c, "correction.register")
	v := registerFormView{
		faults: f, Project: p, Companies: companies, Form: form, Again: again, Back: "/admin/projects/" + p.ID.String(),
		Frame: h.frame(c, "projects", title, page.Crumb{Text: h.text(c, "projects.title"), Path: "/admin/projects"},
			page.Crumb{Text: p.Name, Path: "/admin/projects/" + p.ID.String()}, page.Crumb{Text: title}),
	}
	v.Path = v.Back + "/edit"
	if v.Frozen, err = h.frozenNotes(c, p); err != nil {
		return err
	}
	h.Pages.Show(c, status, "staff/register_form", v)
	return nil
}

func formOfProject(p survey.Project) registerForm {
	return registerForm{
		Name: p.Name, Phone: p.Phone, Company: p.Company.Name, Kind: p.Kind, Seen: p.Digest(),
		homesForm: homesFormOf(p.Homes), Buildings: formsOfBuildings(p.Buildings),
	}
}

func typedProject(c *gin.Context) registerForm {
	return registerForm{
		Name: typed(c, "name"), Phone: typed(c, "phone"), Company: typed(c, "company"), Kind: typed(c, "kind"), Reason: typed(c, "reason"), Seen: typed(c, "seen"),
		homesForm: homesForm{typed(c, "households"), typed(c, "occupied")}, Buildings: typedBuildings(c),
	}
}

// correction is what the form asks for. Where something of it cannot be read
// an error names that, and beside it all else that is wrong.
func (f registerForm) correction(p survey.Project) (survey.RegisterCorrection, error) {
	r := newReading()
	to := survey.RegisterCorrection{
		Name: roster.Text(f.Name), Phone: roster.Text(f.Phone), Company: roster.Text(f.Company), Kind: roster.Text(f.Kind),
		Homes: r.homes("", f.homesForm), Seen: f.Seen, Reason: f.Reason,
	}
	if len([]rune(f.Reason)) > survey.LongestReason {
		r.faults.Field("reason", "error.correction.long", "Max", survey.LongestReason)
	}
	for i, b := range f.Buildings {
		building, err := r.building(fieldOf(i), b)
		if err != nil {
			return to, err
		}
		to.Buildings = append(to.Buildings, survey.CorrectedBuilding{Building: building, Remove: b.Remove})
	}
	if r.err() != nil {
		if after, _, err := p.Correct(to); err == nil {
			r.also(roster.CheckRegister(after, to.Buildings))
		}
	}
	return to, r.err()
}

// beside puts what is stored beside what was typed; sent again, the form
// means to change that.
func (f *registerForm) beside(p survey.Project) {
	f.Seen, f.Now = p.Digest(), map[string]string{}
	is := formOfProject(p)
	for field, pair := range map[string][2]string{
		"name": {f.Name, is.Name}, "phone": {f.Phone, is.Phone}, "company": {f.Company, is.Company}, "kind": {f.Kind, is.Kind},
		"households": {f.Households, is.Households}, "occupied": {f.Occupied, is.Occupied},
	} {
		if pair[0] != pair[1] {
			f.Now[field] = orNothing(pair[1])
		}
	}
	f.Buildings = compare(f.Buildings, p.Buildings)
}
