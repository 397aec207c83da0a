// Package deploy holds no code: what lies here runs or protects the product on
// its machines, and these tests check it with the programs that read it there,
// and run it.
package deploy

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// need is the path of a program beside Go: from the variable that `make test`
// exports, else from the machine. Without it the test is skipped and says what
// to install, or fails where CI is set.
func need(t *testing.T, variable, name, install string) string {
	t.Helper()
	if path := os.Getenv(variable); path != "" {
		return path
	}
	for _, candidate := range []string{name, "/usr/sbin/" + name} {
		if path, err := exec.LookPath(candidate); err == nil {
			return path
		}
	}
	miss(t, name+" is missing: "+install+", or set "+variable)
	return ""
}

// miss skips the test, or fails it where CI is set.
func miss(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// tell runs a program to its end, at most a minute, and returns what it said
// on both outputs.
func tell(t *testing.T, program string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	return string(out), err
}

// text is a file of this folder.
func text(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// write puts text into a file and returns its path.
func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// replace is strings.Replacer that insists on every old text being there: what
// a test puts in place of a path must be the path that is delivered.
func replace(t *testing.T, content string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(content, pairs[i]) {
			t.Fatalf("%q does not stand in:\n%s", pairs[i], content)
		}
		content = strings.ReplaceAll(content, pairs[i], pairs[i+1])
	}
	return content
}

// binary is the product, built once for all tests as the image builds it.
func binary(t *testing.T) string {
	t.Helper()
	if built.path == "" && built.err == nil {
		built.path, built.err = build()
	}
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

var built struct {
	path string
	err  error
}

func build() (string, error) {
	folder, err := os.MkdirTemp("", "meihao-deploy-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "meihao")
	command := exec.Command("go", "build", "-tags", "nomsgpack", "-o", path, "..")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return "", &exec.Error{Name: "go build: " + string(bytes.TrimSpace(out)), Err: err}
	}
	return path, nil
}

func TestMain(m *testing.M) {
	for _, variable := range os.Environ() { // a configuration of this machine is none of ours
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "MEIHAO_") && !strings.HasPrefix(name, "MEIHAO_MARIADB") && !tool[name] {
			if err := os.Unsetenv(name); err != nil {
				panic(err)
			}
		}
	}
	code := m.Run()
	if built.path != "" {
		_ = os.RemoveAll(filepath.Dir(built.path))
	}
	os.Exit(code)
}

// tool names the variables in which `make test` says where a program is.
var tool = map[string]bool{
	"MEIHAO_NGINX": true, "MEIHAO_DOCKER_COMPOSE": true, "MEIHAO_SYSTEMD_ANALYZE": true,
	"MEIHAO_DOCKERFILE_LINT": true, "MEIHAO_SHELLCHECK": true, "MEIHAO_OPENSSL": true,
}
