package deploy

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"meihao/model/modeltest/mariadb"
)

// district is the demonstration's, in MariaDB, as the user of
// compose/mariadb/user.sh on a server with compose/mariadb/meihao.cnf.
type district struct {
	Poster string                        `json:"poster"`
	Rooms  []struct{ Unit, Room string } `json:"rooms"`
	Token  string                        `json:"api_token"`
	ID     string                        `json:"campaign"`

	folder      string
	environment []string
	database    *mariadb.Server
	before      int // responses of the demonstration
}

// newDistrict makes the demonstration on SQLite, backs it up, and restores it
// into MariaDB: the runbook's way from the one to the other.
func newDistrict(t *testing.T) *district {
	t.Helper()
	d := &district{folder: t.TempDir()}
	data := filepath.Join(d.folder, "data")
	d.environment = []string{"MEIHAO_METRICS=off", "MEIHAO_MASTER_KEY_FILE=" + filepath.Join(data, "master.key")}
	demo := d.serve(t, freeAddress(t), nil, "--demo", "--data", data)
	demo.end(t, syscall.SIGTERM)
	content, err := os.ReadFile(filepath.Join(data, "demo.json"))
	if err == nil {
		err = json.Unmarshal(content, d)
	}
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(d.folder, "demo.backup")
	d.meihao(t, "--data", data, "backup", file)
	d.environment = append(d.environment, "MEIHAO_DATABASE_DSN="+d.startMariaDB(t))
	d.meihao(t, "restore", file)
	d.before = d.count(t)
	return d
}

// count is how many responses are stored.
func (d *district) count(t *testing.T) (stored int) {
	t.Helper()
	c, err := mysql.ParseDSN(d.database.DSN("meihao"))
	if err != nil {
		t.Fatal(err)
	}
	if err := openPool(t, c).QueryRowContext(t.Context(), "SELECT COUNT(*) FROM responses").Scan(&stored); err != nil {
		t.Fatal(err)
	}
	return stored
}

func openPool(t *testing.T, c *mysql.Config) *sql.DB {
	t.Helper()
	pool, err := sql.Open("mysql", c.FormatDSN())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return pool
}

// startMariaDB starts the server and makes the product's user; it returns the
// DSN of that user.
func (d *district) startMariaDB(t *testing.T) string {
	t.Helper()
	folder := os.TempDir()
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		folder = "/dev/shm" // this is no test of disks
	}
	var options []string
	for _, line := range regexp.MustCompile(`(?m)^[a-z_]+( = \S+)?$`).FindAllString(text(t, "compose/mariadb/meihao.cnf"), -1) {
		options = append(options, "--"+strings.ReplaceAll(line, " = ", "="))
	}
	if len(options) < 10 {
		t.Fatalf("meihao.cnf sets only %q", options)
	}
	options = append(options, "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=48M") // as a small machine has
	server, err := mariadb.Start(t.Context(), folder, options...)
	if errors.Is(err, mariadb.ErrMissing) {
		miss(t, err.Error())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Remove(); err != nil {
			t.Error(err)
		}
	})
	d.database = server
	c, err := mysql.ParseDSN(server.DSN(""))
	if err != nil {
		t.Fatal(err)
	}
	pool := openPool(t, c)
	const password = "not a secret"
	_, script, found := strings.Cut(text(t, "compose/mariadb/user.sh"), "<<SQL\n")
	if !found {
		t.Fatal("user.sh has no statements")
	}
	script, _, _ = strings.Cut(script, "\nSQL")
	for statement := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSpace(script), ";"), ";\n") {
		if _, err := pool.ExecContext(t.Context(), strings.ReplaceAll(statement, "$password", password)); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	c.User, c.Passwd, c.DBName = "meihao", password, "meihao"
	return c.FormatDSN()
}

// meihao runs a command that has to succeed and returns what it said.
func (d *district) meihao(t *testing.T, args ...string) string {
	t.Helper()
	command := exec.Command(binary(t), args...)
	command.Env = append(os.Environ(), d.environment...)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("meihao %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// instance is a running `meihao serve`.
type instance struct {
	address string
	command *exec.Cmd
	said    *safeBuffer
	once    sync.Once
}

// serve starts one and waits until it is ready, as a health check asks.
func (d *district) serve(t *testing.T, address string, environment []string, args ...string) *instance {
	t.Helper()
	i := &instance{address: address, said: &safeBuffer{}}
	i.command = exec.Command(binary(t), append([]string{"serve", "--listen", address}, args...)...)
	i.command.Env = slices.Concat(os.Environ(), d.environment, environment)
	i.command.Stdout, i.command.Stderr = i.said, i.said
	i.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := i.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { i.end(t, syscall.SIGTERM) })
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if _, err := tell(t, binary(t), "ready", "--listen", address); err == nil {
			return i
		}
	}
	t.Fatalf("not ready within 30 s:\n%s", i.said)
	return nil
}

// end sends the signal and waits; one that stays is killed.
func (i *instance) end(t *testing.T, signal syscall.Signal) {
	t.Helper()
	i.once.Do(func() {
		_ = i.command.Process.Signal(signal)
		stuck := time.AfterFunc(25*time.Second, func() { _ = i.command.Process.Kill() })
		defer stuck.Stop()
		if err := i.command.Wait(); err != nil && signal == syscall.SIGTERM {
			t.Errorf("%s: %v\n%s", i.address, err, i.said)
		}
	})
}

// port is the instance's, as a log names it.
func (i *instance) port() string { _, port, _ := net.SplitHostPort(i.address); return ":" + port }

// safeBuffer may be written and read side by side.
type safeBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
