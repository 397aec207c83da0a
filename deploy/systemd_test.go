package deploy

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// most is the exposure that systemd may see in a unit, of 10.
const most = 2.0

// units copies the units to where they can be looked at, with the built
// binary in place of the installed one; the drop-in beside the backup's.
func units(t *testing.T) (folder string) {
	t.Helper()
	folder, program := t.TempDir(), binary(t)
	names, err := filepath.Glob("systemd/meihao*")
	if err != nil || len(names) == 0 {
		t.Fatalf("no units: %v", err)
	}
	for _, name := range names {
		content := strings.ReplaceAll(text(t, name), "/usr/local/bin/meihao", program)
		write(t, filepath.Join(folder, strings.Replace(filepath.Base(name), "@.", "@8081.", 1)), content)
	}
	write(t, filepath.Join(folder, "meihao-backup.service.d", "mariadb.conf"), text(t, "systemd/mariadb.conf"))
	return folder
}

func unitFiles(t *testing.T, folder, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s in %s: %v", pattern, folder, err)
	}
	return files
}

func TestUnitsVerify(t *testing.T) {
	analyze := need(t, "MEIHAO_SYSTEMD_ANALYZE", "systemd-analyze", "apt-get install systemd")
	folder := units(t)
	files := slices.Concat(unitFiles(t, folder, "*.service"), unitFiles(t, folder, "*.timer"))
	if out, err := tell(t, analyze, append([]string{"verify"}, files...)...); err != nil || strings.TrimSpace(out) != "" {
		t.Errorf("%v\n%s", err, out)
	}
	bad := write(t, filepath.Join(folder, "bad.service"), "[Service]\nExecStart=/nowhere\nProtectSystem=nonsense\n")
	if out, err := tell(t, analyze, "verify", bad); err == nil {
		t.Errorf("systemd finds nothing in a broken unit: %s", out)
	}
}

func TestUnitsAreConfined(t *testing.T) {
	analyze := need(t, "MEIHAO_SYSTEMD_ANALYZE", "systemd-analyze", "apt-get install systemd")
	for _, file := range unitFiles(t, units(t), "*.service") {
		out, err := tell(t, analyze, "security", "--offline=true", "--no-pager", file)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		found := regexp.MustCompile(`Overall exposure level for \S+: (\d+\.\d+)`).FindStringSubmatch(out)
		if found == nil {
			t.Fatalf("no level in:\n%s", out)
		}
		if level, err := strconv.ParseFloat(found[1], 64); err != nil || level > most {
			t.Errorf("%s: exposure %s, at most %v:\n%s", filepath.Base(file), found[1], most, out)
		}
	}
}

// Who hardens one hardens all: what begins with the comment is the same.
func TestUnitsAreConfinedAlike(t *testing.T) {
	confinement := func(file string) string {
		_, rest, found := strings.Cut(text(t, file), "DynamicUser=yes")
		if !found {
			t.Fatalf("%s runs as root", file)
		}
		rest, _, _ = strings.Cut(rest, "\n[Install]")
		return strings.TrimSpace(rest)
	}
	want := confinement("systemd/meihao.service")
	for _, file := range []string{"systemd/meihao@.service", "systemd/meihao-backup.service"} {
		if confinement(file) != want {
			t.Errorf("%s is confined otherwise than meihao.service", file)
		}
	}
}

// Every variable that a unit, the image or the compose file sets is one that
// the program reads.
func TestVariablesAreRead(t *testing.T) {
	program := text(t, "../config.go")
	files := slices.Concat(unitFiles(t, "systemd", "*"), []string{"Dockerfile", "compose.yaml"})
	for _, file := range files {
		for _, name := range regexp.MustCompile(`MEIHAO_[A-Z_]+`).FindAllString(text(t, file), -1) {
			if name != "MEIHAO_VERSION" && !strings.Contains(program, `"`+name+`"`) {
				t.Errorf("%s sets %s, which nobody reads", file, name)
			}
		}
	}
	if _, err := os.Stat("systemd/meihao-backup.timer"); err != nil {
		t.Error(err)
	}
}
