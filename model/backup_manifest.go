package model

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// backupFormat is the number of the format that backup_file.go describes.
const backupFormat = 1

// Manifest is what a backup says of itself.
type Manifest struct {
	Format  int              `json:"format"`
	Schema  int64            `json:"schema"`  // number of the last migration
	Engine  string           `json:"engine"`  // it was taken from: sqlite or mysql
	Program string           `json:"program"` // version of the program that made it
	Taken   time.Time        `json:"taken"`   // UTC; what was acknowledged before is in it
	Tables  map[string]int64 `json:"tables"`  // rows of each
	Head    Head             `json:"head"`    // of the audit chain

	// Unrecorded is why the audit chain does not know of the backup.
	Unrecorded error `json:"-"`
}

// Responses are the responses in it.
func (m Manifest) Responses() int64 { return m.Tables["responses"] }

func (m Manifest) write(ctx context.Context, db *sql.DB) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "CREATE TABLE backup (manifest TEXT NOT NULL) STRICT"); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "INSERT INTO backup (manifest) VALUES (?)", string(text))
	return err
}

func readManifest(ctx context.Context, db *sql.DB) (Manifest, error) {
	var m Manifest
	var text string
	if err := db.QueryRowContext(ctx, "SELECT manifest FROM backup").Scan(&text); err != nil {
		return m, fmt.Errorf("manifest: %w", err)
	}
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return m, fmt.Errorf("manifest: %w", err)
	}
	return m, nil
}
