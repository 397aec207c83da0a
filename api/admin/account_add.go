package admin

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
	"meihao/api/page"
	"meihao/api/session"
	"meihao/survey"
)

type accountFormView struct {
	page.Frame
	faults
	Username, Name, Role, Place, Language string
	Roles                                 []survey.Role
	Groups                                []placeGroup
}

// placeGroup is the places of one level to choose from.
type placeGroup struct {
	Level  string
	Places []placeChoice
}

// oneTimeView shows a one-time password, this once.
type oneTimeView struct {
	page.Frame
	Account  survey.Account
	Password string
	New      bool
}

// showNewAccount asks for a new account.
func (h *Handlers) showNewAccount(c *gin.Context) error {
	return h.renderAccountForm(c, http.StatusOK, accountFormView{Language: lang.Default})
}

// saveNewAccount adds an account and shows its one-time password.
func (h *Handlers) saveNewAccount(c *gin.Context) error {
	v := accountFormView{
		Username: typed(c, "username"), Name: typed(c, "name"), Role: typed(c, "role"),
		Place: typed(c, "scope"), Language: typed(c, "language"),
	}
	password := session.OneTimePassword()
	added, err := h.addAccount(c, v, password)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v.faults = f
		return h.renderAccountForm(c, status, v)
	}
	if err != nil {
		return err
	}
	h.renderOneTime(c, added, password, true)
	return nil
}

func (h *Handlers) addAccount(c *gin.Context, v accountFormView, password string) (survey.Account, error) {
	if err := survey.CheckUsername(v.Username); err != nil {
		return survey.Account{}, err
	}
	role, err := survey.ParseRole(v.Role)
	if err != nil {
		return survey.Account{}, survey.Fail(survey.Invalid, "error.account.role", "Role", "").Field("role", "error.account.role", "Role", "")
	}
	scope, err := scopeOf(v.Place)
	if err == nil {
		err = role.CheckScope(scope)
	}
	if err != nil {
		return survey.Account{}, err
	}
	hash, err := session.HashPassword(password)
	if err != nil {
		return survey.Account{}, err
	}
	code := v.Language
	if !lang.Known(code) {
		code = lang.Default
	}
	return h.Store.AddAccount(c.Request.Context(), actor(c), survey.Account{
		Username: v.Username, Name: v.Name, Role: role, Scope: scope, Language: code, OneTime: true,
	}, hash)
}

// scopeOf reads "city", "district:3ZK0M7Q2D", "company:…" and so on.
func scopeOf(value string) (survey.Scope, error) {
	wrong := survey.Fail(survey.Invalid, "error.account.scope").Field("scope", "error.account.scope")
	if value == cityOwner {
		return survey.CityScope(), nil
	}
	level, text, _ := strings.Cut(value, ":")
	id, err := survey.ParseID(text)
	if err != nil {
		return survey.Scope{}, wrong
	}
	switch level {
	case "district":
		return survey.Scope{District: id}, nil
	case "subdistrict":
		return survey.Scope{Subdistrict: id}, nil
	case "community":
		return survey.Scope{Community: id}, nil
	case "company":
		return survey.Scope{Company: id}, nil
	}
	return survey.Scope{}, wrong
}

func (h *Handlers) renderAccountForm(c *gin.Context, status int, v accountFormView) error {
	ctx := c.Request.Context()
	places, err := h.Store.Places(ctx, scope(c))
	if err != nil {
		return err
	}
	companies, err := h.Store.Companies(ctx, scope(c))
	if err != nil {
		return err
	}
	v.Roles, v.Groups = survey.Roles(), placeGroups(places, companies)
	title := h.text(c, "account.new")
	v.Frame = h.frame(c, "accounts", title, page.Crumb{Text: h.text(c, "accounts.title"), Path: "/admin/accounts"}, page.Crumb{Text: title})
	h.Pages.Show(c, status, "staff/account_form", v)
	return nil
}

// placeGroups sorts places by level; a place is named with what is above it.
func placeGroups(places []survey.Place, companies []survey.Company) []placeGroup {
	groups := []placeGroup{{Level: "district"}, {Level: "subdistrict"}, {Level: "community"}, {Level: "company"}}
	for _, p := range places {
		id, level := own(p)
		g := &groups[level-1]
		name := strings.Join(nonEmpty(p.Area.District, p.Area.Subdistrict, p.Area.Community), " / ")
		g.Places = append(g.Places, placeChoice{g.Level + ":" + id.String(), name, level})
	}
	for _, company := range companies {
		groups[3].Places = append(groups[3].Places, placeChoice{"company:" + company.ID.String(), company.Name, 1})
	}
	return groups
}

func nonEmpty(words ...string) []string {
	var list []string
	for _, w := range words {
		if w != "" {
			list = append(list, w)
		}
	}
	return list
}

func (h *Handlers) renderOneTime(c *gin.Context, a survey.Account, password string, isNew bool) {
	title := h.text(c, "onetime.title")
	frame := h.frame(c, "accounts", title, page.Crumb{Text: h.text(c, "accounts.title"), Path: "/admin/accounts"}, page.Crumb{Text: title})
	frame.Path = "/admin/accounts" // this page itself is shown once
	h.Pages.Show(c, http.StatusOK, "staff/onetime", oneTimeView{Frame: frame, Account: a, Password: password, New: isNew})
}
