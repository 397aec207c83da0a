package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func noEnvironment(string) string { return "" }

func TestExampleSaysTheDefaults(t *testing.T) {
	got, err := readConfig("config.example.toml", "", noEnvironment)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(defaultConfig(), got, cmp.AllowUnexported(config{}), cmpopts.IgnoreFields(config{}, "metricsChosen"), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestBrokenConfigurationSaysWhere(t *testing.T) {
	cases := map[string][2]string{
		"unknown key":        {"listen = \"127.0.0.1:1\"\nlisten_adress = \"x\"\n", "listen_adress"},
		"broken toml":        {"listen = \n", "line 1"},
		"wrong type":         {"[intake]\nqueue = \"many\"\n", "queue"},
		"zero queue":         {"[intake]\nqueue = 0\n", "intake.queue"},
		"idle over absolute": {"[session]\nidle = \"13h\"\n", "session.absolute"},
		"no duration":        {"[session]\nidle = \"soon\"\n", "soon"},
		"log level":          {"[log]\nlevel = \"loud\"\n", "log.level"},
		"address with path":  {"public_address = \"https://a.example/x\"\n", "public_address"},
		"address of no web":  {"public_address = \"ftp://a.example\"\n", "public_address"},
		"metrics nowhere":    {"metrics = \"nowhere\"\n", "metrics"},
		"delay too long":     {"shutdown_delay = \"1h\"\n", "at most 5m0s"},
		"controller":         {"[privacy]\ncontroller = \"" + strings.Repeat("区", 121) + "\"\n", "at most 120 characters"},
		"no connections":     {"[database]\nconnections = 0\n", "database.connections"},
		"two DSNs":           {"[database]\ndsn = \"a@tcp(h)/b\"\ndsn_file = \"c\"\n", "both set"},
		"no DSN file":        {"[database]\ndsn_file = \"/nowhere/dsn\"\n", "/nowhere/dsn"},
		"limit of a house":   {"[limits]\npages = 4999\n", "limits.pages"},
		"too few guesses":    {"[limits]\nguesses = 0\n", "limits.guesses"},
		"no address":         {"listen = \"nowhere\"\n", "listen"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "config.toml")
			if err := os.WriteFile(file, []byte(c[0]), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := readConfig(file, "", noEnvironment); err == nil || !strings.Contains(err.Error(), c[1]) {
				t.Errorf("got %v, want %q named", err, c[1])
			}
		})
	}
}

func TestEnvironmentAndFlagOverride(t *testing.T) {
	environment := map[string]string{"MEIHAO_LISTEN": "127.0.0.1:9", "MEIHAO_DATA": "elsewhere"}
	got, err := readConfig("", "flag", func(name string) string { return environment[name] })
	if err != nil || got.Listen != "127.0.0.1:9" || got.Data != "flag" {
		t.Errorf("%+v, %v", got, err)
	}
	environment["MEIHAO_MASTER_KEY"] = "short"
	if _, err := readConfig("", "", func(name string) string { return environment[name] }); err == nil {
		t.Error("a master key of five letters was taken")
	}
}

// The DSN comes from the file, the environment or the file that either names,
// and is never printed with its password.
func TestDSN(t *testing.T) {
	const dsn = "meihao:secret@tcp(127.0.0.1:3306)/meihao"
	file := filepath.Join(t.TempDir(), "dsn")
	if err := os.WriteFile(file, []byte(dsn+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"MEIHAO_DATABASE_DSN": dsn, "MEIHAO_DATABASE_DSN_FILE": file} {
		got, err := readConfig("", "", func(asked string) string {
			if asked == name {
				return value
			}
			return ""
		})
		if err != nil || got.Database.DSN != dsn {
			t.Errorf("%s: %q, %v", name, got.Database.DSN, err)
		}
		other := filepath.Join(t.TempDir(), "config.toml")
		text := "[database]\ndsn = \"nobody@tcp(127.0.0.1:1)/x\"\n"
		if name == "MEIHAO_DATABASE_DSN" {
			text = "[database]\ndsn_file = \"/nowhere\"\n"
		}
		if err := os.WriteFile(other, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err = readConfig(other, "", func(asked string) string {
			if asked == name {
				return value
			}
			return ""
		})
		if err != nil || got.Database.DSN != dsn {
			t.Errorf("%s over the file: %q, %v", name, got.Database.DSN, err)
		}
	}
	t.Setenv("MEIHAO_DATABASE_DSN", dsn)
	shown := must(t, "check-config")
	if strings.Contains(shown, "secret") || !strings.Contains(shown, "meihao:********@tcp(127.0.0.1:3306)/meihao") {
		t.Errorf("check-config prints:\n%s", shown)
	}
}

func TestPlainAddressesOnlyOnThisMachine(t *testing.T) {
	for address, want := range map[string]bool{
		"https://mh.example.cn": true, "http://127.0.0.1:8080": true, "http://localhost:1": true, "http://[::1]:8080": true,
		"http://192.0.2.7:8080": false, "http://mh.example.cn": false,
	} {
		if safeAddress(address) != want {
			t.Errorf("safeAddress(%s) = %v", address, !want)
		}
	}
}

// The lines around a mistake are shown, and the password in them is not.
func TestMistakeShowsNoPassword(t *testing.T) {
	for _, mistake := range []string{"unknown_key = 1\n", "connections = \"x\"\n", "connections = [\n"} {
		file := filepath.Join(t.TempDir(), "config.toml")
		text := "[database]\ndsn = \"meihao:SECRET@tcp(127.0.0.1:3306)/meihao\"\n" + mistake
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := readConfig(file, "", noEnvironment)
		if err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%q: %v", mistake, err)
		}
	}
}
