package mariadb

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
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
