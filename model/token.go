package model

import (
	"context"
	"fmt"
	"strings"

	"meihao/survey"
)

type tokenRow struct {
	ID      survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Account survey.ID
	Name    string
	Digest  []byte
	Role    survey.Role
	Scope   scopeRow `gorm:"embedded"`
	Expires int64
	Revoked bool
	Added   int64
	Used    int64 // see Store.used
}

// TableName is gorm's question.
func (tokenRow) TableName() string { return "tokens" }

func (r tokenRow) token() survey.Token {
	return survey.Token{
		ID: r.ID, Account: r.Account, Name: r.Name, Role: r.Role, Scope: r.Scope.scope(),
		Expires: moment(r.Expires), Added: moment(r.Added), Used: moment(r.Used),
	}
}

// AddToken makes a bearer token of an account; only the digest of its text
// is stored. Its role and scope may not go beyond the account's: Forbidden.
// All but administrators make their own alone.
func (s *Store) AddToken(ctx context.Context, actor survey.Actor, t survey.Token, digest [32]byte) (survey.Token, error) {
	err := s.change(ctx, actor, func(c *change) error {
		if err := managesTokens(actor, t.Account); err != nil {
			return err
		}
		l := c.lookup()
		account, err := l.accountRow("id = ?", t.Account)
		if err != nil {
			return err
		}
		if err := t.Role.CheckScope(t.Scope); err != nil {
			return err
		}
		if ok, err := l.covers(account.account(), t.Role, t.Scope); err != nil || !ok {
			return firstOf(err, survey.Fail(survey.Forbidden, "error.forbidden"))
		}
		t.ID, t.Name, t.Added = newID(), strings.TrimSpace(t.Name), c.at
		row := tokenRow{
			ID: t.ID, Account: t.Account, Name: t.Name, Digest: digest[:], Role: t.Role,
			Scope: rowOfScope(t.Scope), Expires: millis(t.Expires), Added: millis(c.at),
		}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("token: %w", err)
		}
		return c.record("token.added", object("token", t.ID), "",
			detail{"account": account.Username, "name": t.Name, "role": t.Role})
	})
	return t, err
}

// managesTokens is nil for who may make and revoke an account's tokens; others'
// are not there for anybody but an administrator.
func managesTokens(actor survey.Actor, account survey.ID) error {
	if err := permitted(actor, survey.ManageTokens); err != nil {
		return err
	}
	if actor.Role != "" && actor.Role != survey.Administrator && actor.Account != account {
		return survey.NotFoundError("error.not_found")
	}
	return nil
}

// Tokens are the tokens that were not revoked, expired ones among them: an
// administrator's list is of all accounts, anybody else's of their own; by
// account and name.
func (s *Store) Tokens(ctx context.Context, actor survey.Actor) ([]survey.Token, error) {
	if err := permitted(actor, survey.ManageTokens); err != nil {
		return nil, err
	}
	l := s.lookup(ctx)
	query := l.db.Table("tokens").Select("tokens.*, a.username AS account_name").
		Joins("JOIN accounts a ON a.id = tokens.account").Where("tokens.revoked = ?", false)
	if actor.Role != "" && actor.Role != survey.Administrator {
		query = query.Where("tokens.account = ?", actor.Account)
	}
	var views []struct {
		Row         tokenRow `gorm:"embedded"`
		AccountName string
	}
	if err := query.Order("a.username_key, tokens.name, tokens.id").Find(&views).Error; err != nil {
		return nil, fmt.Errorf("tokens: %w", err)
	}
	tokens := make([]survey.Token, len(views))
	names := map[survey.Scope]string{}
	for i, v := range views {
		t := v.Row.token()
		t.AccountName = v.AccountName
		name, known := names[t.Scope]
		if !known {
			var err error
			if name, err = l.placeName(t.Scope); err != nil {
				return nil, err
			}
			names[t.Scope] = name
		}
		t.ScopeName, tokens[i] = name, t
	}
	return tokens, nil
}

// RevokeToken ends a token for good; NotFound if there is none, or it is not
// the actor's to revoke.
func (s *Store) RevokeToken(ctx context.Context, actor survey.Actor, id survey.ID) error {
	return s.change(ctx, actor, func(c *change) error {
		var rows []tokenRow
		if err := c.tx.Where("id = ? AND revoked = ?", id, false).Find(&rows).Error; err != nil {
			return fmt.Errorf("token: %w", err)
		}
		if len(rows) == 0 {
			return survey.NotFoundError("error.not_found")
		}
		if err := managesTokens(actor, rows[0].Account); err != nil {
			return err
		}
		if err := c.tx.Exec("UPDATE tokens SET revoked = ? WHERE id = ?", true, id).Error; err != nil {
			return fmt.Errorf("token: %w", err)
		}
		return c.record("token.revoked", object("token", id), "", detail{"name": rows[0].Name})
	})
}

// TokenActor is who acts with a token: its account, with the token's role
// and scope. Unauthorized when the token is unknown, expired or revoked, its
// account disabled, or no longer allowed what the token may.
func (s *Store) TokenActor(ctx context.Context, digest [32]byte) (survey.Actor, error) {
	refused := survey.Fail(survey.Unauthorized, "error.unauthorized")
	l := s.lookup(ctx)
	var rows []tokenRow
	if err := l.db.Where("digest = ?", digest[:]).Find(&rows).Error; err != nil {
		return survey.Actor{}, fmt.Errorf("token: %w", err)
	}
	if len(rows) == 0 {
		return survey.Actor{}, refused
	}
	t := rows[0].token()
	if rows[0].Revoked || t.Expired(s.now()) {
		return survey.Actor{}, refused
	}
	account, err := l.accountRow("id = ?", t.Account)
	if err != nil {
		return survey.Actor{}, firstOf(faultOnly(err), refused)
	}
	if ok, err := l.covers(account.account(), t.Role, t.Scope); err != nil || !ok || account.Disabled {
		return survey.Actor{}, firstOf(err, refused)
	}
	s.uses.note(s, bearerUsed, t.ID, t.Used)
	actor := account.account().Actor()
	actor.Role, actor.Scope, actor.Token = t.Role, t.Scope, true
	return actor, nil
}
