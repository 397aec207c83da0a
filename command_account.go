package main

import (
	"bufio"
	"fmt"
	"strings"

	"meihao/api/session"
	"meihao/model"
	"meihao/survey"
)

type accountCommand struct {
	Add    accountAddCommand    `cmd:"" help:"Add an account; prints a one-time password."`
	Passwd accountPasswdCommand `cmd:"" help:"Set a new password: read from standard input, or a one-time one that is printed."`
}

type accountAddCommand struct {
	Username    string `arg:""`
	Role        string `required:"" help:"administrator, city, district, subdistrict, community, company, third_party or auditor."`
	Name        string `help:"The person's name."`
	District    string `help:"Name of the district the account works for."`
	Subdistrict string `help:"Name of the subdistrict."`
	Community   string `help:"Name of the community."`
	Company     string `help:"Name of the company."`
	Language    string `help:"zh or en." default:"zh" enum:"zh,en"`
}

// Run adds the account under the operator's name.
func (a accountAddCommand) Run(c *console) error {
	role, err := survey.ParseRole(a.Role)
	if err != nil {
		return usageError{fmt.Errorf("no role is named %q", a.Role)}
	}
	store, err := c.openOrMake()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	scope, err := a.scope(c, store, role)
	if err != nil {
		return err
	}
	password := session.OneTimePassword()
	hash, err := session.HashPassword(password)
	if err != nil {
		return err
	}
	_, err = store.AddAccount(c.ctx, operator(), survey.Account{Username: a.Username, Name: a.Name, Role: role,
		Scope: scope, Language: a.Language, OneTime: true}, hash)
	if err != nil {
		return err
	}
	c.say("%s  %s", a.Username, password)
	return nil
}

// scope finds the place by its names: the deepest one that is given.
func (a accountAddCommand) scope(c *console, store *model.Store, role survey.Role) (survey.Scope, error) {
	if role.SeesAll() {
		return survey.CityScope(), nil
	}
	if a.Company != "" {
		companies, err := store.Companies(c.ctx, survey.CityScope())
		if err != nil {
			return survey.Scope{}, err
		}
		for _, one := range companies {
			if one.Name == a.Company {
				return survey.Scope{Company: one.ID}, nil
			}
		}
		return survey.Scope{}, usageError{fmt.Errorf("no company is named %q", a.Company)}
	}
	places, err := store.Places(c.ctx, survey.CityScope())
	if err != nil {
		return survey.Scope{}, err
	}
	var found []survey.Scope
	for _, p := range places {
		if p.Area.District != a.District || p.Area.Subdistrict != a.Subdistrict || p.Area.Community != a.Community {
			continue
		}
		scope := survey.Scope{Community: p.Community}
		if p.Community == 0 {
			scope = survey.Scope{Subdistrict: p.Subdistrict}
		}
		if p.Subdistrict == 0 {
			scope = survey.Scope{District: p.District}
		}
		found = append(found, scope)
	}
	if len(found) != 1 {
		return survey.Scope{}, usageError{fmt.Errorf("no place is named by --district, --subdistrict and --community %q", strings.TrimSpace(a.District+" "+a.Subdistrict+" "+a.Community))}
	}
	return found[0], role.CheckScope(found[0])
}

type accountPasswdCommand struct {
	Username string `arg:""`
}

// Run sets the password; sessions of the account end.
func (a accountPasswdCommand) Run(c *console) error {
	store, err := c.open()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	account, err := c.account(store, a.Username)
	if err != nil {
		return err
	}
	password, oneTime := session.OneTimePassword(), true
	if !c.terminalAnswer() {
		line, _ := bufio.NewReader(c.in).ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			password, oneTime = line, false
			if err := survey.CheckPassword(a.Username, password); err != nil {
				return err
			}
		}
	}
	hash, err := session.HashPassword(password)
	if err != nil {
		return err
	}
	if err := store.ChangePassword(c.ctx, operator(), account.ID, hash, oneTime); err != nil {
		return err
	}
	if oneTime {
		c.say("%s  %s", account.Username, password)
	}
	return nil
}

// account finds who is named on the command line; nobody is wrong use.
func (c *console) account(store *model.Store, username string) (survey.Account, error) {
	account, _, err := store.Credentials(c.ctx, username)
	if survey.KindOf(err) == survey.NotFound {
		return account, usageError{fmt.Errorf("no account is named %q", username)}
	}
	return account, err
}
