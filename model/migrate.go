package model

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

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
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return nil
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
