package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"

	"meihao/survey"
)

// migrate brings the schema up to date, forward only. A schema newer than
// this program is refused: an older one must not write into it.
func migrate(ctx context.Context, db *sql.DB, e engine) error {
	provider, err := e.migrations(db)
	if err != nil {
		return err
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if current == restoring {
		return survey.Fail(survey.Conflict, "error.backup.restoring")
	}
	if current > target {
		return fmt.Errorf("the database has schema %d, this program knows %d: start the newer program", current, target)
	}
	for {
		_, err := provider.Up(ctx)
		if err == nil {
			return nil
		}
		done, all := alreadyThere(err)
		if !all {
			return fmt.Errorf("migrations: %w", err)
		}
		if err := noteMigration(ctx, db, done); err != nil {
			return fmt.Errorf("migrations: %w", err)
		}
	}
}

// alreadyThere is the migration that failed to add columns or a key because
// they are there. MySQL commits a migration before its number is noted and
// knows no IF NOT EXISTS for them: this program was killed between the two. A
// file of that folder holds one statement, so that all of it was done.
func alreadyThere(err error) (version int64, all bool) {
	var partial *goose.PartialError
	var e *mysql.MySQLError
	if !errors.As(err, &partial) || !errors.As(err, &e) || e.Number != mysqlColumnThere && e.Number != mysqlKeyThere {
		return 0, false
	}
	return partial.Failed.Source.Version, true
}

// noteMigration notes on MariaDB or MySQL that a migration was done.
func noteMigration(ctx context.Context, db *sql.DB, version int64) error {
	_, err := db.ExecContext(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, TRUE)", version)
	return err
}

// migrations are the engine's, about to be applied to a database.
func (e engine) migrations(db *sql.DB, more ...goose.ProviderOption) (*goose.Provider, error) {
	folder, err := fs.Sub(migrations, e.folder)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	provider, err := goose.NewProvider(e.goose, db, folder, append(more, goose.WithDisableGlobalRegistry(true))...)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return provider, nil
}
