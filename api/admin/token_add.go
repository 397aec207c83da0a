package admin

import (
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type tokenFormView struct {
	page.Frame
	faults
	Account, Name, Role, Place, Expires string
	Latest                              string           // day on which one may expire at the latest
	Accounts                            []survey.Account // to choose from, for administrators
	Roles                               []survey.Role
	Groups                              []placeGroup
	City                                bool // the whole city may be chosen
}

// madeView shows a secret, this once.
type madeView struct {
	page.Frame
	Lead, Name, Secret string
	Open               bool // the secret is an address to open
	Facts              []fact
	Notes              []string
	Back, BackText     string
}

// tokenDays is how long a token is good unless somebody says otherwise.
const tokenDays = 365

// showNewToken asks for a new token.
func (h *Handlers) showNewToken(c *gin.Context) error {
	return h.renderTokenForm(c, http.StatusOK, tokenFormView{Expires: dayValue(h.Now().AddDate(0, 0, tokenDays))})
}

// saveNewToken makes a token and shows it.
func (h *Handlers) saveNewToken(c *gin.Context) error {
	v := tokenFormView{
		Account: typed(c, "account"), Name: typed(c, "name"), Role: typed(c, "role"), Place: typed(c, "scope"), Expires: typed(c, "expires"),
	}
	text := "mh_" + rand.Text() + rand.Text()[:6]
	added, err := h.addToken(c, v, text)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v.faults = f
		return h.renderTokenForm(c, status, v)
	}
	if err != nil {
		return err
	}
	h.renderToken(c, added, text)
	return nil
}

// addToken makes the token that a form asks for: of one's own account and with
// its role and scope where it says nothing else.
func (h *Handlers) addToken(c *gin.Context, v tokenFormView, text string) (survey.Token, error) {
	account, err := h.tokenAccount(c, v.Account)
	if err != nil {
		return survey.Token{}, err
	}
	t := survey.Token{Account: account.ID, AccountName: account.Username, Name: v.Name, Role: account.Role, Scope: account.Scope}
	if v.Role != "" {
		if t.Role, err = survey.ParseRole(v.Role); err != nil {
			return t, survey.Fail(survey.Invalid, "error.account.role", "Role", "").Field("role", "error.account.role", "Role", "")
		}
	}
	if v.Place != "" {
		if t.Scope, err = scopeOf(v.Place); err != nil {
			return t, err
		}
	}
	if t.Expires = day(v.Expires); !t.Expires.IsZero() {
		t.Expires = t.Expires.AddDate(0, 0, 1) // good for all of the day
	}
	if err := t.CheckNew(h.Now()); err != nil {
		return t, err
	}
	t, err = h.Store.AddToken(c.Request.Context(), actor(c), t, sha256.Sum256([]byte(text)))
	if survey.KindOf(err) == survey.Forbidden {
		err = survey.Fail(survey.Invalid, "error.token.beyond").Field("role", "error.token.beyond")
	}
	return t, err
}

// tokenAccount is the account that a token is for: one's own, or for an
// administrator any.
func (h *Handlers) tokenAccount(c *gin.Context, id string) (survey.Account, error) {
	own := actor(c)
	if id == "" || own.Role != survey.Administrator {
		return h.Store.Account(c.Request.Context(), own.Account)
	}
	wrong := survey.Fail(survey.Invalid, "error.token.account").Field("account", "error.token.account")
	of, err := survey.ParseID(id)
	if err != nil {
		return survey.Account{}, wrong
	}
	account, err := h.Store.Account(c.Request.Context(), of)
	if survey.KindOf(err) == survey.NotFound || err == nil && account.Disabled {
		return survey.Account{}, wrong
	}
	return account, err
}

func (h *Handlers) renderTokenForm(c *gin.Context, status int, v tokenFormView) error {
	ctx, own := c.Request.Context(), actor(c)
	var err error
	if own.Role == survey.Administrator {
		if v.Accounts, err = h.Store.Accounts(ctx); err != nil {
			return err
		}
	}
	places, err := h.Store.Places(ctx, own.Scope)
	if err != nil {
		return err
	}
	var companies []survey.Company
	if own.Scope.All { // below it no company lies as a whole
		if companies, err = h.Store.Companies(ctx, own.Scope); err != nil {
			return err
		}
	}
	if own.Scope.Company == 0 {
		v.Groups = placeGroups(placesUnder(places, own.Scope), companies)
	}
	for _, r := range survey.Roles() {
		if own.Role.Covers(r) || own.Role == survey.Administrator {
			v.Roles = append(v.Roles, r)
		}
	}
	v.City, v.Latest = own.Scope.All, dayValue(h.Now().AddDate(survey.TokenYears, 0, 0))
	title := h.text(c, "token.new")
	v.Frame = h.frame(c, "tokens", title, page.Crumb{Text: h.text(c, "tokens.title"), Path: tokensPath}, page.Crumb{Text: title})
	h.Pages.Show(c, status, "staff/token_form", v)
	return nil
}

// placesUnder leaves out the places above a scope, which lead to it.
func placesUnder(places []survey.Place, scope survey.Scope) []survey.Place {
	var list []survey.Place
	for _, p := range places {
		_, level := own(p)
		if scope.Subdistrict != 0 && level < 2 || scope.Community != 0 && level < 3 {
			continue
		}
		list = append(list, p)
	}
	return list
}

func (h *Handlers) renderToken(c *gin.Context, t survey.Token, text string) {
	title := h.text(c, "token.made")
	frame := h.frame(c, "tokens", title, page.Crumb{Text: h.text(c, "tokens.title"), Path: tokensPath}, page.Crumb{Text: title})
	frame.Path = tokensPath // this page itself is shown once
	h.Pages.Show(c, http.StatusOK, "staff/made", madeView{
		Frame: frame, Lead: h.text(c, "token.made.lead", "Name", t.Name), Name: h.text(c, "token.text"), Secret: text,
		Facts: []fact{
			h.fact(c, "token.account", t.AccountName), h.fact(c, "account.role", h.text(c, "role."+string(t.Role))),
			h.fact(c, "token.expires", page.Moment(page.Language(c), t.Expires.Add(-time.Minute))),
		},
		Notes: []string{h.text(c, "token.made.header"), h.text(c, "made.once")},
		Back:  tokensPath, BackText: h.text(c, "token.back"),
	})
}
