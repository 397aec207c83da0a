package model

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strconv"
)

// Rows go from one engine to another in statements of many rows: at most
// batchRows, with at most batchArguments arguments (SQLite takes 32,766), and
// sent as soon as what waits takes batchBytes, so that the memory is bounded
// whatever the rows hold. MariaDB commits after commitBatches statements.
const (
	batchRows      = 500
	batchArguments = 30_000
	batchBytes     = 1 << 20
	commitBatches  = 20
)

// copyRows copies tables row by row in the order of their keys; a million
// rows take no more memory than a thousand. It says how many each has.
func copyRows(ctx context.Context, from querier, to *sql.Conn, tables []table, tell Progress) (map[string]int64, error) {
	counts := map[string]int64{}
	for _, t := range tables {
		n, err := copyTable(ctx, from, to, t, tell)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		counts[t.name] = n
	}
	return counts, nil
}

func copyTable(ctx context.Context, from querier, to *sql.Conn, t table, tell Progress) (int64, error) {
	tell.say(t.name, 0)
	rows, err := from.QueryContext(ctx, t.choose())
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	b, err := newCarrier(ctx, to, t)
	if err != nil {
		return 0, err
	}
	defer b.close()
	for rows.Next() {
		row := b.row()
		if err := rows.Scan(row...); err != nil {
			return b.total, err
		}
		if !b.took(row) {
			continue
		}
		if err := b.send(ctx); err != nil {
			return b.total, err
		}
		tell.say(t.name, b.total)
	}
	if err := rows.Err(); err != nil {
		return b.total, err
	}
	err = b.end(ctx)
	tell.say(t.name, b.total)
	return b.total, err
}

// carrier gathers rows of one table and inserts them together.
type carrier struct {
	table table
	to    *sql.Conn
	whole *sql.Stmt // inserts most rows at once
	most  int
	cells []any // *cell, most rows of them: scanned into and sent again and again
	rows  int   // that wait in cells
	bytes int   // about what they take
	sent  int   // batches since the last commit
	total int64
}

func newCarrier(ctx context.Context, to *sql.Conn, t table) (*carrier, error) {
	b := &carrier{table: t, to: to, most: min(batchRows, batchArguments/len(t.columns))}
	for range b.most {
		for _, kind := range t.kinds {
			b.cells = append(b.cells, &cell{kind: kind})
		}
	}
	var err error
	if b.whole, err = to.PrepareContext(ctx, t.insert(b.most)); err != nil {
		return nil, err
	}
	if _, err = to.ExecContext(ctx, "BEGIN"); err != nil {
		b.close()
	}
	return b, err
}

// row are the cells that the next row is scanned into.
func (b *carrier) row() []any {
	wide := len(b.table.columns)
	return b.cells[b.rows*wide : (b.rows+1)*wide]
}

// took counts a row that was scanned; true when all that wait must be sent
// before the next one.
func (b *carrier) took(row []any) bool {
	for _, c := range row {
		b.bytes += c.(*cell).size()
	}
	b.rows++
	return b.rows == b.most || b.bytes >= batchBytes
}

func (b *carrier) send(ctx context.Context) (err error) {
	args := b.cells[:b.rows*len(b.table.columns)]
	if b.rows == b.most {
		_, err = b.whole.ExecContext(ctx, args...)
	} else if b.rows > 0 {
		_, err = b.to.ExecContext(ctx, b.table.insert(b.rows), args...)
	}
	if err != nil {
		return err
	}
	b.total += int64(b.rows)
	b.rows, b.bytes = 0, 0
	if b.sent++; b.sent%commitBatches == 0 {
		if _, err := b.to.ExecContext(ctx, "COMMIT"); err != nil {
			return err
		}
		_, err = b.to.ExecContext(ctx, "BEGIN")
	}
	return err
}

func (b *carrier) end(ctx context.Context) error {
	if err := b.send(ctx); err != nil {
		return err
	}
	_, err := b.to.ExecContext(ctx, "COMMIT")
	return err
}

// close lets go; what was not committed is of no use to anybody.
func (b *carrier) close() { _ = b.whole.Close() }

// cell is one value on its way: scanned from one driver in whatever form that
// one gives it, and handed to the other in the form that the column wants.
type cell struct {
	kind  string
	value driver.Value
}

// Scan takes what a driver gives.
func (c *cell) Scan(from any) error {
	switch v := from.(type) {
	case nil:
		c.value = nil
		return nil
	case int64:
		if c.kind == "INTEGER" {
			c.value = v
			return nil
		}
	case string:
		return c.scan([]byte(v))
	case []byte:
		return c.scan(v)
	}
	return fmt.Errorf("a value of type %T is no %s", from, c.kind)
}

func (c *cell) scan(text []byte) error {
	switch c.kind {
	case "INTEGER":
		n, err := strconv.ParseInt(string(text), 10, 64)
		c.value = n
		return err
	case "TEXT":
		c.value = string(text)
	default:
		c.value = append(make([]byte, 0, len(text)), text...) // never nil, which would be NULL
	}
	return nil
}

// Value hands it on.
func (c *cell) Value() (driver.Value, error) { return c.value, nil }

// size is about what it takes on the wire, in bytes.
func (c *cell) size() int {
	switch v := c.value.(type) {
	case string:
		return len(v)
	case []byte:
		return len(v)
	}
	return 8
}
