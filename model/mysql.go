package model

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"
	gormmysql "gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Connections to MariaDB or MySQL, where the settings name no number: most of
// them read, since the desk saves one group at a time and staff change little.
const (
	mysqlConnections = 16
	mysqlWriters     = 4
	mysqlSlowReaders = 2
)

// Time limits of a connection. A writer that hears nothing for mysqlSilence
// takes its server for dead, which bounds how long a failover can stand still;
// no statement of a writer is silent for so long: the longest wait, for
// another's lock, ends after mysqlLockWait and is then tried again.
const (
	mysqlDial      = 3 * time.Second
	mysqlSilence   = 10 * time.Second
	mysqlLockWait  = 4 // seconds
	mysqlReading   = 15 * time.Second
	mysqlSlow      = 30 * time.Minute // verifying a city begins with a long count
	mysqlLifetime  = 5 * time.Minute
	mysqlMigrating = time.Hour
)

// openMySQL opens MariaDB or MySQL with two pools, one that writes and one
// whose sessions cannot. Isolation is READ COMMITTED where it writes (locks are
// explicit, and gaps stay unlocked) and REPEATABLE READ where it reads, so that
// a transaction there sees one state of everything. Both are set by SET
// SESSION TRANSACTION, which MariaDB and MySQL share (STYLE trap 9).
func openMySQL(ctx context.Context, dsn string, connections int) (engine, error) {
	config, err := parseDSN(dsn)
	if err != nil {
		return engine{}, err
	}
	if connections == 0 {
		connections = mysqlConnections
	}
	wait, err := causal(ctx, config)
	if err != nil {
		return engine{}, err
	}
	writing := config.Clone()
	writing.RejectReadOnly = true // a server that stopped taking writes is left for the one that took over
	write, err := openMySQLPool(ctx, writing, mysqlSilence, mysqlWriters, isolation+"READ COMMITTED, READ WRITE", wait)
	if err != nil {
		return engine{}, err
	}
	read, err := openMySQLPool(ctx, config, mysqlReading, connections, isolation+"REPEATABLE READ, READ ONLY")
	if err != nil {
		return engine{}, errors.Join(err, poolOf(write).Close())
	}
	slow, err := openMySQLPool(ctx, config, mysqlSlow, mysqlSlowReaders, isolation+"REPEATABLE READ, READ ONLY")
	if err != nil {
		return engine{}, errors.Join(err, poolOf(write).Close(), poolOf(read).Close())
	}
	return engine{
		write: write, read: read, slow: slow,
		oneState: func() *sql.TxOptions {
			return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
		},
		writable: "SELECT @@GLOBAL.read_only",
		folder:   "migrations/mysql", goose: goose.DialectMySQL,
		forUpdate: " FOR UPDATE", forShare: " LOCK IN SHARE MODE",
		byKey: " FORCE INDEX (PRIMARY)", // what is read is locked: no row beside, and in the key's order
		// The chain's first event is the lock of all changes: they follow one
		// another, as they do on SQLite. Saving answers is no change and goes on.
		lockChanges: "SELECT number FROM events WHERE number = 1 FOR UPDATE",
		conflict:    func(string) string { return "ON DUPLICATE KEY UPDATE" },
		inserted:    func(column string) string { return "VALUES(" + column + ")" },
		passing:     passingOnMySQL,
		migrating:   func(ctx context.Context, f func(*sql.DB) error) error { return migrateMySQLAlone(ctx, config, f) },
		emptyLog:    func(context.Context) {}, // the server's logs are its administrator's, see the runbook
		check:       func(ctx context.Context) error { return checkMySQL(ctx, poolOf(write), poolOf(read)) },
	}, nil
}

// parseDSN never repeats what it was given: it holds a password.
func parseDSN(dsn string) (*mysql.Config, error) {
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, errors.New("database.dsn cannot be read; it looks like user:password@tcp(host:3306)/meihao")
	}
	if config.DBName == "" {
		return nil, errors.New("database.dsn names no database; it looks like user:password@tcp(host:3306)/meihao")
	}
	return config, nil
}

// CheckDSN says what is wrong with a DSN, without asking its server; "" is none.
func CheckDSN(dsn string) error {
	if dsn == "" {
		return nil
	}
	_, err := parseDSN(dsn)
	return err
}

// MaskedDSN is a DSN without its password, to be shown.
func MaskedDSN(dsn string) string {
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return "********"
	}
	if config.Passwd != "" {
		config.Passwd = "********"
	}
	return config.FormatDSN()
}

// existsOnMySQL says whether a database holds a table of ours.
func existsOnMySQL(ctx context.Context, dsn string) (bool, error) {
	config, err := parseDSN(dsn)
	if err != nil {
		return false, err
	}
	connector, err := mysql.NewConnector(mysqlSession(config, mysqlSilence))
	if err != nil {
		return false, fmt.Errorf("database.dsn: %w", err)
	}
	db := sql.OpenDB(connector)
	defer func() { _ = db.Close() }()
	var tables int
	err = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'districts'").
		Scan(&tables)
	if err != nil {
		return false, fmt.Errorf("database: %w", explained(err))
	}
	return tables > 0, nil
}

// mysqlSession is how a connection is set up, whatever the DSN says. Statements
// with arguments are prepared by the server: interpolateParams stays off (STYLE
// trap 9).
func mysqlSession(config *mysql.Config, silence time.Duration) *mysql.Config {
	c := config.Clone()
	c.Collation = "utf8mb4_bin"
	c.ClientFoundRows = true // UPDATE counts the rows it found, as SQLite does
	c.InterpolateParams, c.MultiStatements, c.AllowAllFiles = false, false, false
	c.ParseTime, c.ColumnsWithAlias = false, false
	c.Timeout, c.ReadTimeout, c.WriteTimeout = mysqlDial, silence, silence
	c.Logger = &mysql.NopLogger{} // what it would say comes up as an error as well
	return c
}

// isolation begins a statement of a session that is set up.
const isolation = "SET SESSION TRANSACTION ISOLATION LEVEL "

// openMySQLPool opens so many connections, each of which runs more statements
// ("" is none) before it is used.
func openMySQLPool(ctx context.Context, config *mysql.Config, silence time.Duration, connections int, more ...string) (*gorm.DB, error) {
	connector, err := mysql.NewConnector(mysqlSession(config, silence))
	if err != nil {
		return nil, fmt.Errorf("database.dsn: %w", err)
	}
	pool := sql.OpenDB(settingUp{connector, append([]string{
		fmt.Sprintf("SET SESSION sql_mode = '%s', innodb_lock_wait_timeout = %d, foreign_key_checks = 1, unique_checks = 1, autocommit = 1",
			"STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION", mysqlLockWait),
	}, more...)})
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	pool.SetConnMaxLifetime(mysqlLifetime)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", explained(err)), pool.Close())
	}
	db, err := gorm.Open(gormmysql.New(gormmysql.Config{Conn: pool, SkipInitializeWithVersion: true}), &gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true,           // transactions are opened in transaction.go
		Logger:                 logger.Discard, // see openPool
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), pool.Close())
	}
	return db, nil
}

// settingUp is a connector whose connections run statements before anybody
// gets them.
type settingUp struct {
	driver.Connector
	statements []string
}

// Connect makes a connection and sets it up.
func (s settingUp) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := s.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	for _, statement := range s.statements {
		if statement == "" {
			continue
		}
		if _, err := c.(driver.ExecerContext).ExecContext(ctx, statement, nil); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return c, nil
}

// Errors of a server (the references of MariaDB and MySQL have the numbers).
const (
	mysqlTooManyConnections = 1040
	mysqlNoAccess           = 1044
	mysqlDenied             = 1045
	mysqlUnprepared         = 1047 // a Galera node that is not part of the cluster
	mysqlNoDatabase         = 1049
	mysqlShutdown           = 1053
	mysqlColumnThere        = 1060
	mysqlKeyThere           = 1061
	mysqlNoRight            = 1142
	mysqlLockWaitTimeout    = 1205
	mysqlDeadlock           = 1213 // also a certification that failed on Galera
	mysqlReadOnly           = 1290 // of the running options
	mysqlReadOnlyMode       = 1836
	mysqlNoTriggers         = 1419
	mysqlKilled             = 1927 // MariaDB ended the connection
)

// passingOnMySQL says whether a transaction that ended with err was undone whole
// because of another one, and has every chance when it is tried again.
func passingOnMySQL(err error) bool {
	var e *mysql.MySQLError
	return errors.As(err, &e) && (e.Number == mysqlDeadlock || e.Number == mysqlLockWaitTimeout)
}

// migrateMySQLAlone hands a connection without time limits to f, while no
// other instance that starts at the same time does the same: MySQL commits DDL
// by itself, and two migrations at once would trip over each other.
func migrateMySQLAlone(ctx context.Context, config *mysql.Config, f func(*sql.DB) error) error {
	connector, err := mysql.NewConnector(mysqlSession(config, mysqlMigrating))
	if err != nil {
		return fmt.Errorf("database.dsn: %w", err)
	}
	guard, work := sql.OpenDB(connector), sql.OpenDB(connector)
	defer func() { _ = errors.Join(work.Close(), guard.Close()) }() // which lets go of the lock, too
	guard.SetMaxOpenConns(1)
	var got sql.NullInt64
	const lock = "SELECT GET_LOCK(CONCAT('meihao.', LEFT(SHA2(DATABASE(), 256), 40)), 600)"
	if err := guard.QueryRowContext(ctx, lock).Scan(&got); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if got.Int64 != 1 {
		return errors.New("migrations: another instance has been migrating for ten minutes; look at its log")
	}
	stop := keepAwake(ctx, guard)
	err = f(work)
	stop()
	return explained(err)
}

// explained adds what an operator can do about an error at start.
func explained(err error) error {
	var e *mysql.MySQLError
	var network *net.OpError
	switch {
	case errors.As(err, &e) && e.Number == mysqlNoTriggers:
		return fmt.Errorf("%w: set log_bin_trust_function_creators = 1 on the server while this program migrates", err)
	case errors.As(err, &e) && (e.Number == mysqlDenied || e.Number == mysqlNoAccess || e.Number == mysqlNoDatabase):
		return fmt.Errorf("%w: check user, password and database in database.dsn (or dsn_file), and that the database was made and granted as deploy/RUNBOOK.md says", err)
	case errors.As(err, &e) && e.Number == mysqlNoRight:
		return fmt.Errorf("%w: the user lacks a right on the database, GRANT what deploy/RUNBOOK.md lists", err)
	case errors.As(err, &network) && network.Op == "dial":
		return fmt.Errorf("%w: check that the server runs where database.dsn says", err)
	}
	return err
}

// keepAwake uses a connection now and then, so that nobody between takes it for
// a forgotten one and cuts it.
func keepAwake(ctx context.Context, db *sql.DB) (stop func()) {
	ctx, stop = context.WithCancel(ctx)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(30 * time.Second):
				_ = db.PingContext(ctx) // a lock that is lost is found by whoever wants it
			}
		}
	}()
	return stop
}
