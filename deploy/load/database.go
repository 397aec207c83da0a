package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/model/modeltest/mariadb"
	"meihao/static"
)

// The engines that can be measured.
const (
	sqliteEngine  = "sqlite"
	mariadbEngine = "mariadb"
)

// database is where a store keeps its rows: SQLite in a folder, or what a DSN
// reaches.
type database struct {
	folder, dsn string
	server      *mariadb.Server // the one started for it, nil for none
}

// open opens the store through the constructor that the program uses; now nil
// is the real time.
func (d database) open(ctx context.Context, now func() time.Time) (*model.Store, error) {
	return model.Open(ctx, model.Settings{
		Data: d.folder, DSN: d.dsn, MasterKey: modeltest.MasterKey(), Questionnaire: static.Questionnaire, Rubric: static.Rubric, Prompt: static.Prompt, Now: now,
	})
}

// serverCPU is what a database server started for this run used so far, 0
// where there is none.
func (d database) serverCPU() time.Duration {
	if d.server == nil {
		return 0
	}
	pid, err := os.ReadFile(filepath.Join(d.server.Folder, "pid"))
	if err != nil {
		return 0
	}
	return cpuTimeOf(strings.TrimSpace(string(pid)))
}

// bytes on disk of the database, with SQLite's write-ahead log. What MariaDB
// tells of a table is what its pages take.
func (d database) bytes(ctx context.Context) (sum int64, err error) {
	if d.dsn != "" {
		weights, err := d.weights(ctx)
		for _, w := range weights {
			sum += w.bytes
		}
		return sum, err
	}
	files, err := filepath.Glob(filepath.Join(d.folder, "*.db*"))
	if err != nil {
		return 0, err
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			return 0, err
		}
		sum += info.Size()
	}
	return sum, nil
}

// weight is what one table takes with its indexes.
type weight struct {
	table string
	bytes int64
}

// weights lists the tables that grow with the answers, heaviest first.
func (d database) weights(ctx context.Context) (list []weight, err error) {
	driver, source := "sqlite", "file:"+filepath.Join(d.folder, "meihao.db")+"?mode=ro"
	query := `SELECT m.tbl_name, SUM(s.pgsize) FROM dbstat s JOIN sqlite_schema m ON m.name = s.name
		WHERE s.aggregate = TRUE GROUP BY m.tbl_name ORDER BY 2 DESC`
	if d.dsn != "" {
		driver, source = "mysql", d.dsn
		query = `SELECT table_name, data_length + index_length FROM information_schema.tables
			WHERE table_schema = DATABASE() ORDER BY 2 DESC`
	}
	db, err := sql.Open(driver, source) // the drivers come with model
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w weight
		if err := rows.Scan(&w.table, &w.bytes); err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, rows.Err()
}

// startMariaDB starts a private server below a folder, set up like one that
// a city would use: a buffer pool of a gigabyte, everything flushed at commit.
func startMariaDB(ctx context.Context, folder string) (*mariadb.Server, error) {
	return mariadb.Start(ctx, folder, "--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M")
}

// on is an empty database of a server.
func on(ctx context.Context, server *mariadb.Server, name string) (database, error) {
	dsn, err := mariadb.Create(ctx, server.DSN(""), name)
	return database{dsn: dsn, server: server}, err
}

// settings prints what the durability of a server's commits rests on, for
// whoever compares figures.
func (d database) settings(ctx context.Context, out io.Writer) (err error) {
	if d.dsn == "" {
		return nil
	}
	db, err := sql.Open("mysql", d.dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var version string
	var flush, pool int64
	err = db.QueryRowContext(ctx, "SELECT @@version, @@innodb_flush_log_at_trx_commit, @@innodb_buffer_pool_size").Scan(&version, &flush, &pool)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s, innodb_flush_log_at_trx_commit %d, buffer pool %s\n", version, flush, mebibytes(pool))
	return err
}

func mebibytes(n int64) string { return strconv.FormatInt(n>>20, 10) + " MiB" }

// engines reads the -engine option.
func engines(value string) ([]string, error) {
	if value == "both" {
		return []string{sqliteEngine, mariadbEngine}, nil
	}
	list := strings.Split(value, ",")
	for _, one := range list {
		if one != sqliteEngine && one != mariadbEngine {
			return nil, fmt.Errorf("engine %q is none of sqlite, mariadb, both", one)
		}
	}
	return list, nil
}
