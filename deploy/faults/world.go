package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"

	"meihao/model"
	"meihao/model/modeltest/mariadb"
)

// world is one system to break: a database with a district in it, a server
// process, and the ledger, which lies elsewhere.
type world struct {
	district
	folder  string // configuration, logs and ledger; and the data, unless the disk is another
	vault   vault
	server  *server
	second  *server // another instance on the same database, nil for none
	ledger  *ledger
	file    *os.File
	number  atomic.Int64
	workers int
	config  string // what every instance's configuration says
}

// place is where a world keeps its database.
type place struct {
	data string // folder of the SQLite file; "" for one in the world's folder
	dsn  string // of MariaDB; "" for SQLite
}

// newWorld makes a world and runs its server until it is ready.
func (t *trial) newWorld(ctx context.Context, at place) (*world, error) {
	folder, err := os.MkdirTemp(t.folder, t.name+"-"+t.engine+"-")
	if err != nil {
		return nil, err
	}
	w := &world{folder: folder, workers: t.options.workers}
	data := at.data
	if data == "" {
		data = filepath.Join(folder, "data")
	}
	if w.file, err = os.Create(filepath.Join(folder, "ledger")); err != nil {
		return nil, err
	}
	w.ledger = newLedger(w.file)
	if err := w.fill(ctx, data, at.dsn); err != nil {
		return nil, errors.Join(err, w.file.Close())
	}
	if w.server, err = newServer(ctx, folder, "server", t.binary, w.config); err != nil {
		return nil, errors.Join(err, w.file.Close())
	}
	if _, err := w.server.begin(ctx); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

// fill makes the database and the configuration that leads to it.
func (w *world) fill(ctx context.Context, data, dsn string) error {
	settings := model.Settings{Data: data, DSN: dsn}
	_, _ = rand.Read(settings.MasterKey[:])
	key := filepath.Join(w.folder, "master.key")
	text := base64.StdEncoding.EncodeToString(settings.MasterKey[:]) + "\n"
	if err := os.WriteFile(key, []byte(text), 0o600); err != nil {
		return err
	}
	w.config = fmt.Sprintf("data = %q\nmaster_key_file = %q\nmetrics = \"\"\n", data, key)
	w.vault = sqliteVault(filepath.Join(data, "meihao.db"))
	if dsn != "" {
		w.config += fmt.Sprintf("[database]\ndsn = %q\n", dsn)
		w.vault = mariaDBVault(dsn)
	}
	var err error
	w.district, err = makeDistrict(ctx, settings)
	return err
}

// open is newWorld at the usual place of the trial's engine: a folder, or a
// database of its own on the MariaDB that all trials share.
func (t *trial) open(ctx context.Context) (*world, error) {
	at := place{}
	if t.engine == mariaDB {
		shared, err := t.mariaDB(ctx)
		if err != nil {
			return nil, err
		}
		if at.dsn, err = mariadb.Create(ctx, shared.DSN(""), t.database()); err != nil {
			return nil, err
		}
	}
	return t.newWorld(ctx, at)
}

// another runs a second instance on the same database.
func (w *world) another(ctx context.Context) (err error) {
	if w.second, err = newServer(ctx, w.folder, "second", w.server.binary, w.config); err != nil {
		return err
	}
	_, err = w.second.begin(ctx)
	return err
}

// load is the usual load on the world's server.
func (w *world) load() *load {
	return &load{
		call:   newCaller(w.server.base, w.workers, false),
		ledger: w.ledger, posters: w.posters, number: &w.number, workers: w.workers,
	}
}

// verify runs the real command. False with its findings if there are any.
func (w *world) verify(ctx context.Context) (bool, string, error) {
	command := exec.CommandContext(ctx, w.server.binary, "verify", "--config", w.server.config) //nolint:gosec // our own binary
	command.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := command.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return false, string(out), nil
	}
	return err == nil, string(out), err
}

// close ends what runs. The folder stays until the whole run is over.
func (w *world) close() error {
	var err error
	for _, s := range []*server{w.server, w.second} {
		if s != nil && s.child != nil && s.alive() {
			err = errors.Join(err, s.kill())
		}
	}
	return errors.Join(err, w.file.Close())
}
