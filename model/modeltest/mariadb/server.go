// Package mariadb starts private MariaDB servers on loopback, for tests, fault
// injection and measurements. Nothing of the product imports it.
package mariadb

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/go-sql-driver/mysql"
)

// ErrMissing says that this machine has no MariaDB server (Debian:
// mariadb-server); MEIHAO_MARIADBD names one that is not on the path.
var ErrMissing = errors.New("mariadbd is missing (apt-get install mariadb-server)")

// startTime is what a server may take to answer after its start. Recovery
// after a crash is part of it.
const startTime = 60 * time.Second

// Server is a private MariaDB: its own folder, a free port on 127.0.0.1, user
// root without a password.
type Server struct {
	Folder  string // holds data, socket and log
	Port    int
	command []string
	process *os.Process
	ended   chan struct{} // closed when the process is gone
}

// Start makes a server below the folder and waits until it answers. More
// arguments go to mariadbd and overrule the ones here. Its folder stays when
// it is stopped; Remove takes both away.
func Start(ctx context.Context, folder string, more ...string) (*Server, error) {
	program := find("MEIHAO_MARIADBD", "mariadbd", "/usr/sbin/mariadbd")
	install := find("MEIHAO_MARIADB_INSTALL_DB", "mariadb-install-db", "/usr/bin/mariadb-install-db")
	if program == "" || install == "" {
		return nil, ErrMissing
	}
	folder, err := os.MkdirTemp(folder, "meihao-mariadb-")
	if err != nil {
		return nil, err
	}
	s := &Server{Folder: folder}
	if s.Port, err = freePort(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	data := filepath.Join(folder, "data")
	// Each server clears away what it finds of its own kind in its temporary
	// folder: two of them must not share one.
	if err := os.Mkdir(s.temporary(), 0o700); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	//nolint:gosec // the command is ours
	setUp := exec.CommandContext(ctx, install, append(s.owner(), "--no-defaults", "--datadir="+data,
		"--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve")...)
	setUp.Env = append(os.Environ(), "TMPDIR="+s.temporary())
	if out, err := setUp.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("mariadb-install-db: %w: %s", err, out), os.RemoveAll(folder))
	}
	s.command = slices.Concat([]string{program, "--no-defaults"}, s.owner(), []string{
		"--datadir=" + data, "--tmpdir=" + s.temporary(), "--socket=" + filepath.Join(folder, "socket"), "--pid-file=" + filepath.Join(folder, "pid"),
		"--log-error=" + filepath.Join(folder, "server.log"),
		"--bind-address=127.0.0.1", "--port=" + strconv.Itoa(s.Port), "--skip-name-resolve",
		"--character-set-server=utf8mb4", "--innodb-flush-log-at-trx-commit=1",
		"--max-connections=500", "--performance-schema=OFF", "--innodb-buffer-pool-size=64M",
	}, more)
	if err := s.Restart(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	return s, nil
}

func (s *Server) temporary() string { return filepath.Join(s.Folder, "tmp") }

// owner is what a server run by root insists on.
func (s *Server) owner() []string {
	if os.Geteuid() == 0 {
		return []string{"--user=root"}
	}
	return nil
}

// Restart starts the server that was killed or stopped, on the same port and
// data, and waits until it answers.
func (s *Server) Restart(ctx context.Context) error {
	if err := s.spawn(); err != nil {
		return err
	}
	deadline := time.Now().Add(startTime)
	for {
		err := s.ping(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-s.ended:
			return fmt.Errorf("mariadbd ended at once: %s", s.lastWords())
		case <-ctx.Done():
			return errors.Join(ctx.Err(), s.Kill())
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return errors.Join(fmt.Errorf("mariadbd does not answer: %w: %s", err, s.lastWords()), s.Kill())
		}
	}
}

// spawn runs the server so that it dies with this program, be that killed.
// The kernel ties it to the thread that started it, so one waits for it.
func (s *Server) spawn() error {
	started := make(chan error)
	s.ended = make(chan struct{})
	go func() {
		runtime.LockOSThread()
		//nolint:gosec,noctx // the command is ours; it outlives the context that started it
		command := exec.Command(s.command[0], s.command[1:]...)
		command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
		err := command.Start()
		s.process = command.Process
		started <- err
		if err != nil {
			return
		}
		_ = command.Wait() // how it ended is not asked
		close(s.ended)
	}()
	return <-started
}

func (s *Server) ping(ctx context.Context) error {
	db, err := sql.Open("mysql", s.DSN(""))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return db.PingContext(ctx)
}

func (s *Server) lastWords() string {
	log, err := os.ReadFile(filepath.Join(s.Folder, "server.log"))
	if err != nil {
		return err.Error()
	}
	return string(bytes.TrimSpace(log[max(0, len(log)-2000):]))
}

// DSN reaches a database of the server; "" names none.
func (s *Server) DSN(database string) string {
	c := mysql.NewConfig()
	c.User, c.Net, c.Addr, c.DBName = "root", "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)), database
	return c.FormatDSN()
}

// Create makes an empty database on the server that a DSN reaches, whatever
// database it names, and returns the DSN of the new one.
func Create(ctx context.Context, dsn, name string) (string, error) {
	return statement(ctx, dsn, name, "CREATE DATABASE "+name+" CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
}

// Drop removes a database.
func Drop(ctx context.Context, dsn, name string) error {
	_, err := statement(ctx, dsn, name, "DROP DATABASE IF EXISTS "+name)
	return err
}

// statement runs one on the server and returns the DSN of the named database.
func statement(ctx context.Context, dsn, name, text string) (string, error) {
	c, err := mysql.ParseDSN(dsn)
	if err != nil {
		return "", err
	}
	c.DBName = ""
	db, err := sql.Open("mysql", c.FormatDSN())
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, text); err != nil {
		return "", fmt.Errorf("%s: %w", text, err)
	}
	c.DBName = name
	return c.FormatDSN(), nil
}

// Kill ends the server as a power cut would end its process: kill -9.
func (s *Server) Kill() error { return s.end(syscall.SIGKILL) }

// Stop ends the server in order.
func (s *Server) Stop() error { return s.end(syscall.SIGTERM) }

// Remove ends the server and removes its folder.
func (s *Server) Remove() error { return errors.Join(s.Kill(), os.RemoveAll(s.Folder)) }

func (s *Server) end(signal syscall.Signal) error {
	if err := s.process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-s.ended
	return nil
}

// find is the program that a variable names, or that is on the path, or at
// its usual place, which is not on everybody's path.
func find(variable, name, usual string) string {
	if named := os.Getenv(variable); named != "" {
		return named
	}
	for _, candidate := range []string{name, usual} {
		if path, err := exec.LookPath(candidate); err == nil {
			return path
		}
	}
	return ""
}

// freePort is one that was free a moment ago.
func freePort(ctx context.Context) (int, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}
