package model

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"meihao/survey"
)

// RestoreOptions say who restores and what must hold.
type RestoreOptions struct {
	Actor    survey.Actor
	Expected Head // a head of the audit chain that must be in the backup; zero asks for none
	Accept   bool // restore although Verify finds something
	Progress Progress
}

// Restore makes the database that the settings name out of a backup, on
// whatever engine either is. It writes over nothing: a database that holds
// anything is refused. Before anything is written the backup is checked: that
// it is one and whole, of a schema that this program knows, that its rows are
// as many as it says, that its audit chain is unbroken, ends where it says and
// contains the expected head, and that the master key is its own. An older
// schema is brought up to date. What was restored is verified (Store.Verify)
// and only then becomes a database that a server starts on; its chain goes on
// with "database.restored".
//
// With findings, of the chain or of Verify, it restores only where they are
// accepted: error.backup.findings otherwise.
func Restore(ctx context.Context, settings Settings, file string, o RestoreOptions) (Restored, error) {
	b, err := openBackup(ctx, file)
	if err != nil {
		return Restored{}, err
	}
	defer func() { _ = b.close() }() // only read
	r := Restored{Manifest: b.manifest}
	o.Progress.say("", 0)
	if r.Findings, err = b.check(ctx, settings, o); err != nil {
		return r, err
	}
	into := restoreSQLite
	if settings.DSN != "" {
		into = restoreMySQL
	}
	err = into(ctx, settings, b, o, &r)
	return r, err
}

// Restored is what is known after a restore, or of one that failed.
type Restored struct {
	Manifest Manifest         // what the backup says of itself
	Findings []survey.Finding // of the chain alone, where nothing was restored yet
	Head     Head             // of the restored chain
}

// accepted is the error that findings are, unless they are accepted.
func (o RestoreOptions) accepted(findings []survey.Finding) error {
	if len(findings) == 0 || o.Accept {
		return nil
	}
	return survey.Fail(survey.Conflict, "error.backup.findings", "Count", len(findings))
}

// verifyRestored is Verify and, where it is content, the event.
func (s *Store) verifyRestored(ctx context.Context, b *backup, o RestoreOptions, r *Restored) error {
	o.Progress.say("", 0)
	var err error
	r.Findings, err = s.Verify(ctx, 0)
	if err = firstOf(err, o.accepted(r.Findings)); err != nil {
		return err
	}
	d := detail{"file": filepath.Base(b.path), "taken": b.manifest.Taken.Format(time.RFC3339), "head": b.manifest.Head.String()}
	if len(r.Findings) > 0 {
		d["findings"] = len(r.Findings)
	}
	err = s.change(ctx, o.Actor, func(c *change) error {
		return c.record("database.restored", "database", "", d)
	})
	if err == nil {
		r.Head, err = s.Head(ctx)
	}
	return err
}

// restoreSQLite makes the database aside, in a folder of the data directory,
// and moves it into its place when it is verified: whatever interrupts it,
// there is a whole database or none.
func restoreSQLite(ctx context.Context, settings Settings, b *backup, o RestoreOptions, r *Restored) error {
	data := settings.Data
	if there, err := existsIn(data); err != nil || there {
		return firstOf(err, survey.Fail(survey.Conflict, "error.backup.occupied", "Where", settings.where()))
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	settings.Data = filepath.Join(data, "restore.new")
	if err := os.Mkdir(settings.Data, 0o700); errors.Is(err, os.ErrExist) {
		return survey.Fail(survey.Conflict, "error.backup.leftover", "Folder", settings.Data)
	} else if err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	defer func() { _ = os.RemoveAll(settings.Data) }() // empty when all went well
	if err := b.load(ctx, filepath.Join(settings.Data, fileName), o.Progress); err != nil {
		return err
	}
	s, err := Open(ctx, settings)
	if err != nil {
		return err
	}
	err = s.verifyRestored(ctx, b, o, r)
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	return settle(settings.Data, data)
}

// load copies the backup into a new SQLite file of the same schema.
func (b *backup) load(ctx context.Context, path string, tell Progress) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // SQLite would make it readable for all
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	db, err := openAside(ctx, path)
	if err != nil {
		return err
	}
	err = makeTables(ctx, db, b.manifest.Schema)
	if err == nil {
		var counts map[string]int64
		counts, err = copyAttached(ctx, db, b.uri(), b.tables, table.takeAnew, b.manifest.Schema, tell)
		err = firstOf(err, b.compare(counts))
	}
	return errors.Join(err, db.Close())
}

// settle puts a complete database into its place, on the disk, too.
func settle(from, to string) error {
	file, err := os.Open(filepath.Join(from, fileName))
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := Move(from, to); err != nil {
		return err
	}
	return syncFolder(to)
}
