package model

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"meihao/survey"
)

// backup is a backup that is being read.
type backup struct {
	path     string
	db       *gorm.DB
	manifest Manifest
	tables   []table // of its schema, by this program's migrations
}

// openBackup opens a backup that is whole and of a schema that is known.
func openBackup(ctx context.Context, path string) (*backup, error) {
	if err := checkFile(path); err != nil {
		return nil, err
	}
	b := &backup{path: path}
	// Nothing in it may run: what it has beside tables is not read.
	var err error
	b.db, err = openPool(ctx, b.uri()+"&_pragma=query_only(1)&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)&_pragma=temp_store(MEMORY)", 2)
	if err != nil {
		return nil, err
	}
	if err := b.read(ctx); err != nil {
		_ = b.close() // only read
		return nil, err
	}
	return b, nil
}

// uri opens it as a file that nobody changes: without locks, and without
// looking for a journal that somebody laid beside it.
func (b *backup) uri() string { return sqliteURI(b.path) + "?mode=ro&immutable=1" }

func (b *backup) close() error { return poolOf(b.db).Close() }

func (b *backup) read(ctx context.Context) error {
	var err error
	if b.manifest, err = readManifest(ctx, poolOf(b.db)); err != nil {
		return fmt.Errorf("%s: %w", b.path, err)
	}
	if b.manifest.Format != backupFormat {
		return survey.Fail(survey.Conflict, "error.backup.format", "Format", b.manifest.Format, "Known", backupFormat)
	}
	known, err := knownSchema()
	if err != nil {
		return err
	}
	if b.manifest.Schema > known {
		return survey.Fail(survey.Conflict, "error.backup.newer", "Schema", b.manifest.Schema, "Known", known)
	}
	b.tables, err = tablesAt(ctx, b.manifest.Schema)
	return err
}

// check is everything that can be known before something is written. Findings
// come with an error unless they are accepted.
func (b *backup) check(ctx context.Context, settings Settings, o RestoreOptions) ([]survey.Finding, error) {
	if err := b.checkTables(ctx); err != nil {
		return nil, err
	}
	head, err := headOf(ctx, poolOf(b.db))
	if err != nil {
		return nil, err
	}
	if head != b.manifest.Head {
		return nil, survey.Fail(survey.Invalid, "error.backup.head", "Have", head.String(), "Want", b.manifest.Head.String())
	}
	if o.Expected != (Head{}) {
		if err := checkHead(ctx, poolOf(b.db), o.Expected); err != nil {
			return nil, err
		}
	}
	wrap, err := newWrap(settings.MasterKey)
	if err != nil {
		return nil, err
	}
	s := &Store{read: b.db, wrap: wrap}
	if err := b.checkKeys(ctx, s); err != nil {
		return nil, err
	}
	v := &verifier{store: s, ctx: ctx, look: s.lookup(ctx)}
	if err := v.events(); err != nil {
		return nil, err
	}
	return v.findings, o.accepted(v.findings)
}

// checkKeys refuses another master key than the backup's; older schemas have
// the campaigns' keys alone to tell by.
func (b *backup) checkKeys(ctx context.Context, s *Store) error {
	if err := s.checkCampaignKeys(ctx); err != nil {
		return err
	}
	if !slices.ContainsFunc(b.tables, func(t table) bool { return t.name == (keyCheckRow{}).TableName() }) {
		return nil
	}
	_, err := s.checkKeyCheck(ctx)
	return err
}

// checkTables wants the tables of the schema with their columns and as many
// rows as the manifest says, all of them tables and nothing that computes, and
// no row whose parent is missing.
func (b *backup) checkTables(ctx context.Context) error {
	db := poolOf(b.db)
	counts := map[string]int64{}
	for _, t := range b.tables {
		same, err := t.same(ctx, db, "main")
		if err != nil {
			return err
		}
		if !same {
			return survey.Fail(survey.Invalid, "error.backup.columns", "Table", t.name, "Schema", b.manifest.Schema)
		}
		var n int64
		if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM `"+t.name+"`").Scan(&n); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		counts[t.name] = n
	}
	if err := b.compare(counts); err != nil {
		return err
	}
	orphans, err := columnOf(ctx, db, `SELECT DISTINCT "table" FROM pragma_foreign_key_check`)
	if err == nil && len(orphans) > 0 {
		err = survey.Fail(survey.Invalid, "error.backup.orphans", "Table", orphans[0])
	}
	return err
}

// compare wants as many rows as the manifest says.
func (b *backup) compare(counts map[string]int64) error {
	for _, t := range b.tables {
		if have, want := counts[t.name], b.manifest.Tables[t.name]; have != want {
			return survey.Fail(survey.Invalid, "error.backup.counts", "Table", t.name, "Have", have, "Want", want)
		}
	}
	return nil
}
