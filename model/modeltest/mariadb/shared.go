package mariadb

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// Shared is the DSN of a server for all tests of a process: the one that
// MEIHAO_TEST_DSN names (MariaDB or MySQL), or a private one that ends with
// the process, however that ends.
func Shared() (string, error) { return shared() }

//nolint:gochecknoglobals // made once, by whoever asks first
var shared = sync.OnceValues(func() (string, error) {
	if dsn := os.Getenv("MEIHAO_TEST_DSN"); dsn != "" {
		return dsn, nil
	}
	folder := os.TempDir()
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		folder = "/dev/shm" // in memory: the tests make hundreds of databases, and none must outlive them
	}
	s, err := Start(context.Background(), folder, "--innodb-log-file-size=48M")
	if err != nil {
		return "", err
	}
	return s.DSN(""), errors.Join(err, removeAtEnd(s.Folder))
})

// removeAtEnd leaves a process that removes the folder when this one has gone,
// however it went: then the pipe between them closes.
func removeAtEnd(folder string) error {
	c := exec.CommandContext(context.Background(), "sh", "-c", `cat; sleep 1; rm -rf "$1"`, "sh", folder) //nolint:gosec // the folder is ours
	in, err := c.StdinPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	go func() {
		_ = c.Wait() // never, while this process lives; it also keeps the pipe
		_ = in
	}()
	return nil
}

// ForTest is the DSN of an empty database on the shared server, which goes
// when the test ends. Where there is no server the test is skipped, or fails
// where CI is set.
func ForTest(t testing.TB) string {
	t.Helper()
	server, err := Shared()
	if errors.Is(err, ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	name := "meihao_" + strings.ToLower(rand.Text()[:12])
	dsn, err := Create(t.Context(), server, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := Drop(context.WithoutCancel(t.Context()), server, name); err != nil {
			t.Error(err)
		}
	})
	return dsn
}
