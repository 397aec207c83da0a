package model

import (
	"context"
	"fmt"

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
}

// TableName is gorm's question.
func (tokenRow) TableName() string { return "tokens" }

func (r tokenRow) token() survey.Token {
	return survey.Token{ID: r.ID, Account: r.Account, Name: r.Name, Role: r.Role, Scope: r.Scope.scope(), Expires: moment(r.Expires)}
}

// AddToken makes a bearer token of an account; only the digest of its text
// is stored. Its role and scope may not go beyond the account's: Forbidden.
func (s *Store) AddToken(ctx context.Context, actor survey.Actor, t survey.Token, digest [32]byte) (survey.Token, error) {
	err := s.change(ctx, actor, func(c *change) error {
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
		t.ID = newID()
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

// Tokens are an account's tokens that were not revoked, by name.
func (s *Store) Tokens(ctx context.Context, account survey.ID) ([]survey.Token, error) {
	var rows []tokenRow
	err := s.lookup(ctx).db.Where("account = ? AND revoked = ?", account, false).Order("name, id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("tokens: %w", err)
	}
	tokens := make([]survey.Token, len(rows))
	for i, r := range rows {
		tokens[i] = r.token()
	}
	return tokens, nil
}

// RevokeToken ends a token for good; NotFound if there is none.
func (s *Store) RevokeToken(ctx context.Context, actor survey.Actor, id survey.ID) error {
	return s.change(ctx, actor, func(c *change) error {
		done := c.tx.Exec("UPDATE tokens SET revoked = ? WHERE id = ? AND revoked = ?", true, id, false)
		if done.Error != nil {
			return fmt.Errorf("token: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return survey.NotFoundError("error.not_found")
		}
		return c.record("token.revoked", object("token", id), "", nil)
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
	if rows[0].Revoked || !t.Expires.IsZero() && !s.now().Before(t.Expires) {
		return survey.Actor{}, refused
	}
	account, err := l.accountRow("id = ?", t.Account)
	if err != nil {
		return survey.Actor{}, firstOf(faultOnly(err), refused)
	}
	if ok, err := l.covers(account.account(), t.Role, t.Scope); err != nil || !ok || account.Disabled {
		return survey.Actor{}, firstOf(err, refused)
	}
	actor := account.account().Actor()
	actor.Role, actor.Scope, actor.Token = t.Role, t.Scope, true
	return actor, nil
}
