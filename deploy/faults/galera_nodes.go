package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"meihao/survey"
)

// tableSums are the number of rows and the checksum of each table, as text.
type tableSums map[string]string

// sums of all tables of the product on one node, when it has applied all that
// the cluster knows.
func (g *galera) sums(ctx context.Context, node string) (tableSums, error) {
	found := tableSums{}
	err := g.owner(node).with(func(db *sql.DB) error {
		db.SetMaxOpenConns(1)
		if _, err := db.ExecContext(ctx, "SET SESSION wsrep_sync_wait = 1"); err != nil {
			return err
		}
		tables, err := tablesOf(ctx, db)
		if err != nil {
			return err
		}
		for _, table := range tables {
			var rows int64
			if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+table).Scan(&rows); err != nil {
				return err
			}
			var name string
			var sum sql.NullInt64
			if err := db.QueryRowContext(ctx, "CHECKSUM TABLE "+table+" EXTENDED").Scan(&name, &sum); err != nil {
				return err
			}
			found[table] = fmt.Sprintf("%d rows, checksum %d", rows, sum.Int64)
		}
		return nil
	})
	return found, err
}

func tablesOf(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		tables = append(tables, name)
	}
	return tables, rows.Err()
}

// differ names what differs on another node. Two that hold nothing prove
// nothing.
func (s tableSums) differ(name, otherName string, other tableSums) []string {
	var found []string
	if len(other) != len(s) || len(s) == 0 {
		found = append(found, fmt.Sprintf("%s has %d tables, %s %d", name, len(s), otherName, len(other)))
	}
	for _, table := range slices.Sorted(maps.Keys(s)) {
		if s[table] != other[table] {
			found = append(found, fmt.Sprintf("%s has %s in %s, %s has %s", name, s[table], table, otherName, other[table]))
		}
	}
	return found
}

// differences name what is not alike on all nodes.
func (g *galera) differences(ctx context.Context) ([]string, error) {
	var found []string
	first, err := g.sums(ctx, nodes()[0])
	for _, node := range nodes()[1:] {
		other, problem := g.sums(ctx, node)
		err = errors.Join(err, problem)
		found = append(found, first.differ(nodes()[0], node, other)...)
	}
	return found, err
}

// verify runs the product's own recount on one node.
func (g *galera) verify(ctx context.Context, w *world, node string) (bool, string, error) {
	config := filepath.Join(w.folder, node+".toml")
	text := w.config[:strings.Index(w.config, "[database]")] + fmt.Sprintf("[database]\ndsn = %q\n", g.dsn(node))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return false, "", err
	}
	alone := world{server: &server{binary: g.binary, config: config}}
	return alone.verify(ctx)
}

// sameEverywhere: every node holds the same, and it adds up on each.
func (t *trial) sameEverywhere(ctx context.Context, g *galera, w *world) error {
	found, err := g.differences(ctx)
	if err != nil {
		return err
	}
	for _, difference := range found {
		t.fault("%s", difference)
	}
	for _, node := range nodes() {
		clean, said, err := g.verify(ctx, w, node)
		if err != nil {
			return fmt.Errorf("verify on %s: %w: %s", node, err, said)
		}
		if !clean {
			t.verified = false
			t.fault("verify on %s finds: %s", node, strings.TrimSpace(said))
		}
		stored, err := mariaDBVault(g.dsn(node)).receipts(ctx, w.campaign)
		if err != nil {
			return err
		}
		if entries, err := w.ledger.all(); err != nil || stored.rows() != len(entries) {
			t.fault("%s holds %d responses, %d keys were sent (%v)", node, stored.rows(), len(entries), err)
		}
	}
	return nil
}

// galeraControls are negative: a row that is missing on one node alone, and an
// acknowledgement of what was never sent, must be found. One that is not
// fails the trial.
func (t *trial) galeraControls(ctx context.Context, g *galera, w *world) error {
	node := nodes()[2]
	if err := g.removeAlone(ctx, w, node); err != nil {
		return err
	}
	found, err := g.differences(ctx)
	if err != nil {
		return err
	}
	clean, said, err := g.verify(ctx, w, node)
	if err != nil {
		return fmt.Errorf("verify on %s: %w: %s", node, err, said)
	}
	if len(found) != 1 || !strings.Contains(found[0], " in responses,") || clean {
		t.fault("NOT FOUND: a row that is missing on %s alone (verify clean: %t, differences: %v)", node, clean, found)
	}
	then, err := mariaDBVault(g.dsn(nodes()[0])).receipts(ctx, w.campaign)
	if err != nil {
		return err
	}
	entries, err := w.ledger.all()
	entries = append(entries, entry{answer: answer{key: "a-key-never-sent"}, receipt: "0123456789ABCDEFGH"})
	if lost := weigh(entries, then).lost; lost != 1 {
		t.fault("NOT FOUND: an acknowledgement of what was never sent (%d lost)", lost)
	}
	return err
}

// removeAlone takes a response away behind the cluster's back.
func (g *galera) removeAlone(ctx context.Context, w *world, node string) error {
	receipt, err := w.some()
	if err != nil {
		return err
	}
	digest := survey.DigestOf(receipt)
	return g.owner(node).with(func(db *sql.DB) error {
		db.SetMaxOpenConns(1)
		if _, err := db.ExecContext(ctx, "SET SESSION wsrep_on = OFF"); err != nil {
			return err
		}
		_, err := db.ExecContext(ctx, "DELETE FROM responses WHERE receipt = ?", digest[:])
		return err
	})
}
