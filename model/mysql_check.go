package model

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
)

// Oldest servers that this program is tested with.
const (
	oldestMariaDB = "10.6"
	oldestMySQL   = "8.0.29" // CREATE TRIGGER IF NOT EXISTS
)

// checkMySQL refuses a server whose settings could lose an acknowledged answer
// (SECURITY "Start refuses what would lose data"), each with the line that
// says what to change. The sessions are read back as well: a proxy between may
// have dropped what they were set to.
func checkMySQL(ctx context.Context, pools ...*sql.DB) error {
	for _, pool := range pools {
		if err := checkMySQLSession(ctx, pool); err != nil {
			return err
		}
	}
	var s mysqlSettings
	if err := s.read(ctx, pools[0]); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return s.check()
}

func checkMySQLSession(ctx context.Context, pool *sql.DB) error {
	var mode, charset string
	var foreignKeys, uniqueChecks int
	err := pool.QueryRowContext(ctx, "SELECT @@SESSION.sql_mode, @@SESSION.character_set_connection, @@SESSION.foreign_key_checks, @@SESSION.unique_checks").
		Scan(&mode, &charset, &foreignKeys, &uniqueChecks)
	switch {
	case err != nil:
		return fmt.Errorf("database: %w", err)
	case !strings.Contains(mode, "STRICT_ALL_TABLES") && !strings.Contains(mode, "STRICT_TRANS_TABLES"):
		return fmt.Errorf("database: sql_mode is %q and must hold STRICT_ALL_TABLES, or answers could be cut short: let the sessions of this program set it", mode)
	case charset != "utf8mb4":
		return fmt.Errorf("database: the connection speaks %s and must speak utf8mb4, or answers could be garbled: let the sessions of this program set it", charset)
	case foreignKeys != 1 || uniqueChecks != 1:
		return fmt.Errorf("database: foreign_key_checks and unique_checks must be on, or a household could be counted twice: let the sessions of this program set them")
	}
	return nil
}

// mysqlSettings are a server's own, which its administrator sets.
type mysqlSettings struct {
	version                 string
	flush, readOnly, binlog int
	doublewrite             string
	syncBinlog              int64
	binlogFormat, innodb    string
}

func (s *mysqlSettings) read(ctx context.Context, pool *sql.DB) error {
	return pool.QueryRowContext(ctx, `SELECT VERSION(), @@GLOBAL.innodb_flush_log_at_trx_commit, @@GLOBAL.read_only,
		@@GLOBAL.log_bin, @@GLOBAL.sync_binlog, @@GLOBAL.binlog_format, @@GLOBAL.innodb_doublewrite,
		(SELECT support FROM information_schema.engines WHERE engine = 'InnoDB')`).
		Scan(&s.version, &s.flush, &s.readOnly, &s.binlog, &s.syncBinlog, &s.binlogFormat, &s.doublewrite, &s.innodb)
}

func (s *mysqlSettings) check() error {
	name, oldest := "MySQL", oldestMySQL
	if strings.Contains(strings.ToLower(s.version), "mariadb") {
		name, oldest = "MariaDB", oldestMariaDB
	}
	switch {
	case olderVersion(s.version, oldest):
		return fmt.Errorf("database: the server is %s %s and must be %s or newer", name, s.version, oldest)
	case s.innodb != "DEFAULT" && s.innodb != "YES":
		return fmt.Errorf("database: the server has no InnoDB, which keeps transactions: remove skip_innodb from its configuration")
	case s.flush != 1:
		return fmt.Errorf("database: innodb_flush_log_at_trx_commit is %d and must be 1, or acknowledged answers could be lost: set it in the server's configuration and restart it", s.flush)
	case s.doublewrite == "0" || strings.EqualFold(s.doublewrite, "OFF"):
		return fmt.Errorf("database: innodb_doublewrite is off and must be on, or a power cut could tear pages: set it in the server's configuration and restart it")
	case s.binlog != 0 && s.syncBinlog != 1:
		return fmt.Errorf("database: the server keeps a binary log and sync_binlog is %d; it must be 1, or acknowledged answers could be lost with the power: set it in the server's configuration", s.syncBinlog)
	case s.binlog != 0 && strings.EqualFold(s.binlogFormat, "STATEMENT"):
		return fmt.Errorf("database: binlog_format is STATEMENT and must be ROW or MIXED, or a replica could differ: set it in the server's configuration")
	case s.readOnly != 0:
		return fmt.Errorf("database: the server is read-only: name the one that takes writes in database.dsn")
	}
	return nil
}

// olderVersion compares "10.11.19-MariaDB" with "10.6" by their first three
// numbers.
func olderVersion(version, oldest string) bool {
	number := func(text string, n int) int {
		parts := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
		if n >= len(parts) {
			return 0
		}
		value, _ := strconv.Atoi(parts[n]) // digits only
		return value
	}
	for n := range 3 {
		if a, b := number(version, n), number(oldest, n); a != b {
			return a < b
		}
	}
	return false
}
