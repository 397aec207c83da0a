package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

func TestVersion(t *testing.T) {
	if got := must(t, "version"); got != "meihao "+version+" (rules 2023.1)\n" {
		t.Errorf("version prints %q", got)
	}
}

func TestHelp(t *testing.T) {
	all := must(t, "--help")
	for _, word := range []string{"serve", "import", "judge", "verify", "backup", "restore", "account", "token", "check-config", "version"} {
		if !strings.Contains(all, word) {
			t.Errorf("--help does not name %q", word)
		}
		if word != "import" && !strings.Contains(must(t, word, "--help"), word) {
			t.Errorf("%s --help does not say what it is about", word)
		}
	}
	if !strings.Contains(must(t, "import", "projects", "--help"), "--strict") {
		t.Error("import projects --help does not name --strict")
	}
}

func TestWrongUse(t *testing.T) {
	wrongUse(t, "frobnicate", "frobnicate")
	wrongUse(t, "--nonsense", "version", "--nonsense")
	wrongUse(t, "--config", "--config")
	wrongUse(t, "projects", "import")
	wrongUse(t, "no-such.toml", "version", "--config", "no-such.toml")
	if code, stdout, stderr := command(t, ""); code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 {
		t.Errorf("no command at all: exit %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}

func TestCheckConfig(t *testing.T) {
	said := must(t, "check-config", "--data", t.TempDir())
	for _, key := range []string{"listen = '127.0.0.1:8080'", "data = ", "[intake]", "queue = 4096", "[session]", "idle = '30m0s'"} {
		if !strings.Contains(said, key) {
			t.Errorf("check-config prints no %s:\n%s", key, said)
		}
	}
	path := file(t, "c.toml", "listen = '127.0.0.1:9999'\n[session]\nidle = '10m'\n")
	said = must(t, "check-config", "--config", path)
	if !strings.Contains(said, "127.0.0.1:9999") || !strings.Contains(said, "10m0s") {
		t.Errorf("check-config does not print what the file says:\n%s", said)
	}
}

func TestCheckConfigMasksSecrets(t *testing.T) {
	const key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	t.Setenv("MEIHAO_MASTER_KEY", key)
	if said := must(t, "check-config"); strings.Contains(said, key[:12]) || !strings.Contains(said, "***") {
		t.Errorf("check-config prints the master key or does not mask it:\n%s", said)
	}
	t.Setenv("MEIHAO_MASTER_KEY", "too short")
	wrongUse(t, "MEIHAO_MASTER_KEY", "check-config")
}

func TestCheckConfigRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		says []string
	}{
		"an unknown key":      {"listen = '127.0.0.1:1'\nlisten_on = 'x'\n", []string{"listen_on", "2|", "~~~"}},
		"a broken line":       {"listen = \n", []string{"line 1"}},
		"an impossible queue": {"[intake]\nqueue = 0\n", []string{"intake.queue"}},
		"sessions backwards":  {"[session]\nidle = '2h'\nabsolute = '1h'\n", []string{"session.absolute"}},
		"a path in public":    {"public_address = 'https://a.example/x'\n", []string{"public_address"}},
		"an unknown level":    {"[log]\nlevel = 'loud'\n", []string{"log.level"}},
		"no address":          {"listen = 'somewhere'\n", []string{"listen"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := file(t, "c.toml", test.text)
			code, stdout, stderr := command(t, "", "check-config", "--config", path)
			if code != exitUsage || stdout != "" {
				t.Errorf("exit %d, stdout %q, want exit 2 and nothing", code, stdout)
			}
			for _, says := range test.says {
				if !strings.Contains(stderr, says) {
					t.Errorf("it says no %q:\n%s", says, stderr)
				}
			}
		})
	}
}

func TestTheExampleConfigurationIsAccepted(t *testing.T) {
	must(t, "check-config", "--config", "config.example.toml")
}

func TestFirstStartMakesOneAdministrator(t *testing.T) {
	s := serve(t, t.TempDir())
	said := s.Out.String()
	_, rest, found := strings.Cut(said, "one-time password ")
	if !found {
		t.Fatalf("the first start prints no one-time password:\n%s", said)
	}
	password, _, _ := strings.Cut(rest, " ")
	staff := s.signIn(t, "admin", password)
	if r := staff.get(t, "/admin"); r.Status != http.StatusSeeOther || r.Header.Get("Location") != "/admin/password" {
		t.Errorf("a one-time password leads to %d %s, want the change of password", r.Status, r.Header.Get("Location"))
	}
	s.stop()
	if again := serve(t, s.Data); strings.Contains(again.Out.String(), "password") {
		t.Errorf("the second start makes another password:\n%s", again.Out)
	}
	if exists(filepath.Join(s.Data, "demo.json")) {
		t.Error("a start without --demo writes demo.json")
	}
}

func TestServeRefusesPlainAddressesOfOthers(t *testing.T) {
	code, _, stderr := command(t, "", "serve", "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--config",
		file(t, "c.toml", "public_address = 'http://mh.example.cn'\n"))
	if code != exitUsage || !strings.Contains(stderr, "https") {
		t.Errorf("exit %d, %q: want exit 2 and the word https", code, stderr)
	}
	code, _, stderr = command(t, "", "serve", "--listen", "256.1.1.1:1", "--data", t.TempDir())
	if code != exitFailure || strings.Count(stderr, "\n") != 1 {
		t.Errorf("an impossible address: exit %d, %q", code, stderr)
	}
}
