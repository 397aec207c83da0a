package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"meihao/model"
	"meihao/model/modeltest/mariadb"
)

// The end-to-end tests run on SQLite, and with MEIHAO_TEST_ENGINE=mariadb once
// more on MariaDB: each data directory then has a database on a server of this
// process, which a configuration beside it names.

func onMariaDB() bool { return os.Getenv("MEIHAO_TEST_ENGINE") == "mariadb" }

// sqliteOnly skips on MariaDB a test that is about the file, or a long one in
// which the engine makes no difference.
func sqliteOnly(t *testing.T, why string) {
	t.Helper()
	if onMariaDB() {
		t.Skip("on SQLite only: " + why)
	}
}

// onEngine adds to a command line the configuration of the engine under test.
func onEngine(t *testing.T, args []string) []string {
	t.Helper()
	at := slices.Index(args, "--data")
	if !onMariaDB() || at < 0 || slices.Contains(args, "--config") {
		return args
	}
	data := args[at+1]
	config := filepath.Clean(data) + ".toml"
	text := fmt.Sprintf("[database]\ndsn = %q\n", databaseOf(t, data))
	if err := errors.Join(os.MkdirAll(filepath.Dir(config), 0o700), os.WriteFile(config, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
	return append(slices.Clone(args), "--config", config)
}

// databases are the DSNs by data directory.
var databases struct {
	sync.Mutex
	of map[string]string
}

// databaseOf is the database of a data directory, made when it is first asked
// for.
func databaseOf(t *testing.T, data string) string {
	t.Helper()
	databases.Lock()
	defer databases.Unlock()
	data = filepath.Clean(data)
	if dsn, made := databases.of[data]; made {
		return dsn
	}
	dsn := mariadb.ForTest(t)
	if databases.of == nil {
		databases.of = map[string]string{}
	}
	databases.of[data] = dsn
	return dsn
}

// engineName is the engine as people read it.
func engineName() string {
	if onMariaDB() {
		return "MariaDB/MySQL"
	}
	return "SQLite"
}

// whereOf is a data directory's database as messages name it.
func whereOf(t *testing.T, data string) string {
	t.Helper()
	if onMariaDB() {
		return model.MaskedDSN(databaseOf(t, data))
	}
	return data
}
