package modeltest

import (
	"crypto/sha256"
	"fmt"
)

// Digest is of every row of every table but those that remember visits and what
// happened: two are equal where nothing was changed between them. It knows
// SQLite only.
func (w *World) Digest() string {
	w.T.Helper()
	db := w.SQL()
	rows := func(query string) (list []string) {
		found, err := db.QueryContext(w.Ctx(), query)
		w.Must(err)
		defer func() { w.Must(found.Close()) }()
		columns, err := found.Columns()
		w.Must(err)
		cells, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			places[i] = &cells[i]
		}
		for found.Next() {
			w.Must(found.Scan(places...))
			list = append(list, fmt.Sprint(cells...))
		}
		w.Must(found.Err())
		return list
	}
	sum := sha256.New()
	for _, table := range rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('events', 'sessions', 'uses') ORDER BY name") {
		_, _ = fmt.Fprintln(sum, table, rows("SELECT * FROM "+table))
	}
	w.Must(db.Close())
	return string(sum.Sum(nil))
}
