package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"meihao/survey"
)

// vault is the system's database as somebody sees it who does not go through
// the product: to count what is stored, and in controls to tamper with it.
// It connects for each question, because the disk below it comes and goes.
type vault struct{ driver, dsn string }

func sqliteVault(path string) vault {
	return vault{sqlite, "file:" + (&url.URL{Path: path}).EscapedPath() + "?_pragma=busy_timeout(5000)"}
}

func mariaDBVault(dsn string) vault { return vault{"mysql", dsn} }

// with opens the database for f.
func (v vault) with(f func(db *sql.DB) error) error {
	db, err := sql.Open(v.driver, v.dsn)
	if err != nil {
		return err
	}
	return errors.Join(f(db), db.Close())
}

// receipts are the digests of all responses of a campaign.
func (v vault) receipts(ctx context.Context, campaign survey.ID) (stored, error) {
	found := stored{}
	err := v.with(func(db *sql.DB) error {
		rows, err := db.QueryContext(ctx, "SELECT receipt FROM responses WHERE campaign = ?", campaign)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var digest []byte
			if err := rows.Scan(&digest); err != nil {
				return err
			}
			if len(digest) != len(survey.Digest{}) {
				return fmt.Errorf("a receipt of %d bytes is stored", len(digest))
			}
			found[survey.Digest(digest)]++
		}
		return rows.Err()
	})
	return found, err
}

// project is the project of the response with a receipt.
func (v vault) project(ctx context.Context, receipt string) (project survey.ID, err error) {
	digest := survey.DigestOf(receipt)
	err = v.with(func(db *sql.DB) error {
		return db.QueryRowContext(ctx, "SELECT project FROM responses WHERE receipt = ?", digest[:]).Scan(&project)
	})
	return project, err
}

// tamper changes exactly one row behind the product's back.
func (v vault) tamper(ctx context.Context, statement string, args ...any) error {
	return v.with(func(db *sql.DB) error {
		done, err := db.ExecContext(ctx, statement, args...)
		if err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return fmt.Errorf("%s: %d rows changed, so it proves nothing (%w)", statement, n, err)
		}
		return nil
	})
}

// answers says whether the database can be reached.
func (v vault) answers(ctx context.Context) bool {
	return v.with(func(db *sql.DB) error { return db.PingContext(ctx) }) == nil
}
