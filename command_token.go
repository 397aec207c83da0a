package main

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"time"

	"meihao/api/page"
	"meihao/model"
	"meihao/survey"
)

type tokenCommand struct {
	Add    tokenAddCommand    `cmd:"" help:"Make a bearer token that acts for an account; printed once."`
	List   tokenListCommand   `cmd:"" help:"List the tokens that were not revoked."`
	Revoke tokenRevokeCommand `cmd:"" help:"End a token for good."`
}

type tokenAddCommand struct {
	Account string `required:"" help:"Username of the account it acts for, with its role and scope."`
	Name    string `required:"" help:"What it is for."`
	Days    int    `help:"Days until it expires; 0 for never." default:"365"`
}

// Run makes the token; only its digest is stored.
func (t tokenAddCommand) Run(c *console) error {
	if t.Days < 0 {
		return usageError{fmt.Errorf("--days wants 0 or more, not %d", t.Days)}
	}
	store, err := c.open()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	account, err := c.account(store, t.Account)
	if err != nil {
		return err
	}
	token := survey.Token{Account: account.ID, Name: t.Name, Role: account.Role, Scope: account.Scope}
	if t.Days > 0 {
		token.Expires = time.Now().AddDate(0, 0, t.Days)
	}
	text, err := addToken(c, store, token)
	if err == nil {
		c.say("%s", text)
	}
	return err
}

// addToken makes a token's text and stores its digest.
func addToken(c *console, store *model.Store, token survey.Token) (string, error) {
	text := "mh_" + rand.Text() + rand.Text()[:6]
	_, err := store.AddToken(c.ctx, operator(), token, sha256.Sum256([]byte(text)))
	return text, err
}

type tokenListCommand struct{}

// Run lists a token a line: id, last day, hour of last use, account, role and
// name.
func (tokenListCommand) Run(c *console) error {
	store, err := c.open()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	tokens, err := store.Tokens(c.ctx, operator())
	if err != nil {
		return err
	}
	for _, t := range tokens {
		c.say("%s  %-10s  %-13s  %s  %s  %s", t.ID, expiry(t), lastUse(t), t.AccountName, t.Role, t.Name)
	}
	return nil
}

// lastUse is the hour in which a token was last used, in Beijing, "unused" for
// one that never was.
func lastUse(t survey.Token) string {
	if t.Used.IsZero() {
		return "unused"
	}
	return t.Used.In(page.Beijing()).Format("2006-01-02T15")
}

// expiry is the day on which a token ends, "never" for one that does not.
func expiry(t survey.Token) string {
	if t.Expires.IsZero() {
		return "never"
	}
	return t.Expires.Format(time.DateOnly)
}

type tokenRevokeCommand struct {
	ID string `arg:"" help:"Its id, as token list prints it."`
}

// Run revokes the token under the operator's name.
func (t tokenRevokeCommand) Run(c *console) error {
	unknown := usageError{fmt.Errorf("no token has the id %q: see meihao token list", t.ID)}
	id, err := survey.ParseID(t.ID)
	if err != nil {
		return unknown
	}
	store, err := c.open()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	err = store.RevokeToken(c.ctx, operator(), id)
	if survey.KindOf(err) == survey.NotFound {
		return unknown
	}
	if err == nil {
		c.say("%s", c.text(survey.Message{Key: "command.token.revoked", Args: survey.Args{"ID": id.String()}}))
	}
	return err
}
