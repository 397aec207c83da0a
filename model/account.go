package model

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"meihao/survey"
)

type accountRow struct {
	ID          survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Username    string
	UsernameKey string
	Name        string
	Role        survey.Role
	Scope       scopeRow `gorm:"embedded"`
	Language    string
	Hash        string
	OneTime     bool
	Disabled    bool
	Generation  int
	Added       int64
	LastSeen    int64
}

// TableName is gorm's question.
func (accountRow) TableName() string { return "accounts" }

// usernameKey is how user names are compared: whatever the letter case.
func usernameKey(username string) string { return strings.ToLower(username) }

func (r accountRow) account() survey.Account {
	return survey.Account{
		ID: r.ID, Username: r.Username, Name: r.Name, Role: r.Role, Scope: r.Scope.scope(), Language: r.Language,
		Disabled: r.Disabled, OneTime: r.OneTime, Generation: r.Generation,
		Added: moment(r.Added), LastSeen: moment(r.LastSeen),
	}
}

// take copies what may be changed of an account into its row.
func (r *accountRow) take(a survey.Account) {
	r.Username, r.UsernameKey, r.Name = a.Username, usernameKey(a.Username), strings.TrimSpace(a.Name)
	r.Role, r.Scope, r.Language = a.Role, rowOfScope(a.Scope), a.Language
	r.Disabled, r.OneTime = a.Disabled, a.OneTime
}

func checkAccount(a survey.Account) error {
	if err := survey.CheckUsername(a.Username); err != nil {
		return err
	}
	if _, err := survey.ParseRole(string(a.Role)); err != nil {
		return err
	}
	return a.Role.CheckScope(a.Scope)
}

// FirstStart says whether there is no account yet.
func (s *Store) FirstStart(ctx context.Context) (bool, error) {
	var n int64
	if err := s.lookup(ctx).db.Model(&accountRow{}).Count(&n).Error; err != nil {
		return false, fmt.Errorf("accounts: %w", err)
	}
	return n == 0, nil
}

// Accounts lists all accounts by user name.
func (s *Store) Accounts(ctx context.Context) ([]survey.Account, error) {
	l := s.lookup(ctx)
	var rows []accountRow
	if err := l.db.Order("username_key").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("accounts: %w", err)
	}
	accounts := make([]survey.Account, len(rows))
	for i, r := range rows {
		var err error
		if accounts[i], err = l.named(r); err != nil {
			return nil, err
		}
	}
	return accounts, nil
}

// named is the account with the name of its place.
func (l lookup) named(r accountRow) (survey.Account, error) {
	a := r.account()
	name, err := l.placeName(a.Scope)
	a.ScopeName = name
	return a, err
}

// Account is one account; NotFound if there is none.
func (s *Store) Account(ctx context.Context, id survey.ID) (survey.Account, error) {
	l := s.lookup(ctx)
	r, err := l.accountRow("id = ?", id)
	if err != nil {
		return survey.Account{}, err
	}
	return l.named(r)
}

// Credentials are what signing in compares: the account of a user name, in
// any letter case, and its password's hash. NotFound if there is none.
func (s *Store) Credentials(ctx context.Context, username string) (survey.Account, string, error) {
	l := s.lookup(ctx)
	r, err := l.accountRow("username_key = ?", usernameKey(username))
	if err != nil {
		return survey.Account{}, "", err
	}
	a, err := l.named(r)
	return a, r.Hash, err
}

func (l lookup) accountRow(where string, arg any) (accountRow, error) {
	var rows []accountRow
	if err := l.db.Where(where, arg).Find(&rows).Error; err != nil {
		return accountRow{}, fmt.Errorf("account: %w", err)
	}
	if len(rows) == 0 {
		return accountRow{}, survey.NotFoundError("error.not_found")
	}
	return rows[0], nil
}

// taken is a Conflict for a user name that is somebody else's.
func taken(err error, username string) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return survey.Fail(survey.Conflict, "error.account.taken", "Username", username).
			Field("username", "error.account.taken", "Username", username)
	}
	return fmt.Errorf("account: %w", err)
}
