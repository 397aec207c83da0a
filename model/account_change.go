package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

// AddAccount makes an account with a password's hash. A user name that is
// taken, in any letter case, is a Conflict.
func (s *Store) AddAccount(ctx context.Context, actor survey.Actor, a survey.Account, hash string) (survey.Account, error) {
	if err := checkAccount(a); err != nil {
		return survey.Account{}, err
	}
	var added survey.Account
	err := s.change(ctx, actor, func(c *change) error {
		row := accountRow{ID: newID(), Hash: hash, Added: millis(c.at)}
		row.take(a)
		if err := c.scopeExists(a.Scope); err != nil {
			return err
		}
		if err := c.tx.Create(&row).Error; err != nil {
			return taken(err, a.Username)
		}
		var err error
		if added, err = c.lookup().named(row); err != nil {
			return err
		}
		return c.record("account.added", object("account", row.ID), "", detailOf(added))
	})
	return added, err
}

func detailOf(a survey.Account) detail {
	return detail{"username": a.Username, "role": a.Role, "place": a.ScopeName, "disabled": a.Disabled}
}

// scopeExists refuses a scope whose place is none of ours.
func (c *change) scopeExists(scope survey.Scope) error {
	if scope.All {
		return nil
	}
	name, err := c.lookup().placeName(scope)
	if err == nil && name == "" {
		return survey.Fail(survey.Invalid, "error.account.scope").Field("scope", "error.account.scope")
	}
	return err
}

// ChangeAccount changes an account by f. Disabling it, or changing its role
// or scope, ends its sessions. The last enabled administrator stays one:
// Conflict.
func (s *Store) ChangeAccount(ctx context.Context, actor survey.Actor, id survey.ID, f func(*survey.Account) error) (survey.Account, error) {
	var changed survey.Account
	err := s.change(ctx, actor, func(c *change) error {
		l := c.lookup()
		row, err := l.accountRow("id = ?", id)
		if err != nil {
			return err
		}
		before, err := l.named(row)
		if err != nil {
			return err
		}
		after := before
		if err := f(&after); err != nil {
			return err
		}
		if err := checkAccount(after); err != nil {
			return err
		}
		if err := c.scopeExists(after.Scope); err != nil {
			return err
		}
		row.take(after)
		if row.Disabled != before.Disabled || after.Role != before.Role || after.Scope != before.Scope {
			row.Generation++
		}
		if err := c.tx.Select("*").Updates(&row).Error; err != nil {
			return taken(err, after.Username)
		}
		if err := c.oneAdministrator(); err != nil {
			return err
		}
		if changed, err = l.named(row); err != nil {
			return err
		}
		return c.record("account.changed", object("account", id), "",
			detail{"old": detailOf(before), "new": detailOf(changed)})
	})
	return changed, err
}

// oneAdministrator is a Conflict when no enabled administrator is left.
func (c *change) oneAdministrator() error {
	var left int64
	err := c.tx.Model(&accountRow{}).Where("role = ? AND disabled = ?", survey.Administrator, false).Count(&left).Error
	if err != nil {
		return fmt.Errorf("accounts: %w", err)
	}
	if left == 0 {
		return survey.Fail(survey.Conflict, "error.account.last_administrator")
	}
	return nil
}

// ChangePassword sets a password's hash and ends the account's sessions, but
// for one that takes the new generation over. oneTime says that somebody
// else set it.
func (s *Store) ChangePassword(ctx context.Context, actor survey.Actor, id survey.ID, hash string, oneTime bool) error {
	return s.change(ctx, actor, func(c *change) error {
		done := c.tx.Exec("UPDATE accounts SET hash = ?, one_time = ?, generation = generation + 1 WHERE id = ?", hash, oneTime, id)
		if done.Error != nil {
			return fmt.Errorf("account: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return survey.NotFoundError("error.not_found")
		}
		return c.record("account.password_changed", object("account", id), "", detail{"one_time": oneTime})
	})
}

// SignedIn remembers that an account signed in.
func (s *Store) SignedIn(ctx context.Context, id survey.ID) error {
	row, err := s.lookup(ctx).accountRow("id = ?", id)
	if err != nil {
		return err
	}
	return s.change(ctx, row.account().Actor(), func(c *change) error {
		if err := c.tx.Exec("UPDATE accounts SET last_seen = ? WHERE id = ?", millis(c.at), id).Error; err != nil {
			return fmt.Errorf("account: %w", err)
		}
		return c.record("account.signed_in", object("account", id), "", nil)
	})
}
