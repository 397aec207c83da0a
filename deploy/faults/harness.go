package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"meihao/model/modeltest/mariadb"
)

// machine is what all trials of a run share.
type machine struct {
	options options
	folder  string // of this run
	binary  string
	shared  *mariadb.Server // started when it is first asked for
	made    int             // databases on it
}

// harness runs what was asked for and prints a line for each trial and the
// table at the end. True says that something failed.
func harness(ctx context.Context, o options, out io.Writer) (failed bool, err error) {
	folder, err := os.MkdirTemp(o.folder, "meihao-faults-")
	if err != nil {
		return false, err
	}
	m := &machine{options: o, folder: folder, binary: filepath.Join(folder, "meihao")}
	defer func() {
		err = errors.Join(err, m.close(failed || err != nil || o.keep, out))
	}()
	start := time.Now()
	if err := m.build(ctx); err != nil {
		return false, err
	}
	say(out, "built in %v", time.Since(start).Round(time.Second))
	var results []result
	for _, e := range catalog() {
		if len(o.only) > 0 && !slices.Contains(o.only, e.name) {
			continue
		}
		for _, engine := range e.engines {
			if !slices.Contains(o.engines, engine) {
				continue
			}
			for _, one := range m.try(ctx, e, engine) {
				say(out, "%s", one.line())
				results = append(results, one)
				failed = failed || one.failed()
			}
			if ctx.Err() != nil {
				return true, errors.Join(errors.New("broken off"), ctx.Err())
			}
		}
	}
	table(out, results, time.Since(start))
	return failed || len(results) == 0, nil
}

// build makes the real binary, as `make build` does. The package is named by
// its import path, so it does not matter where in the module we are.
func (m *machine) build(ctx context.Context) error {
	//nolint:gosec // the path is ours
	command := exec.CommandContext(ctx, "go", "build", "-tags", "nomsgpack", "-trimpath", "-buildvcs=false", "-o", m.binary, "meihao")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// mariaDB is the private server that trials share, on the disk of the run.
func (m *machine) mariaDB(ctx context.Context) (*mariadb.Server, error) {
	if m.shared == nil {
		s, err := mariadb.Start(ctx, m.folder)
		if errors.Is(err, mariadb.ErrMissing) {
			return nil, skip("%v", err)
		}
		if err != nil {
			return nil, err
		}
		m.shared = s
	}
	return m.shared, nil
}

// database is the name of another database.
func (m *machine) database() string {
	m.made++
	return fmt.Sprintf("faults%d", m.made)
}

func (m *machine) close(keep bool, out io.Writer) error {
	var err error
	if m.shared != nil {
		err = m.shared.Kill()
	}
	if keep {
		say(out, "the ledgers, logs and databases are in %s", m.folder)
		return err
	}
	return errors.Join(err, os.RemoveAll(m.folder))
}

func say(out io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(out, format+"\n", args...) }
