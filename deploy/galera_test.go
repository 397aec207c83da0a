package deploy

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The scripts of the cluster are clean.
func TestClusterScripts(t *testing.T) {
	program := need(t, "MEIHAO_SHELLCHECK", "shellcheck", "apt-get install shellcheck")
	if out, err := tell(t, program, "galera/cluster", "galera/parts.sh"); err != nil {
		t.Error(out)
	}
}

// HAProxy takes its files as README has it: from one folder, with addresses
// from the environment, and with or without the one for instances.
func TestBalancerFiles(t *testing.T) {
	program := need(t, "MEIHAO_HAPROXY", "haproxy", "apt-get install haproxy")
	folder := t.TempDir()
	for i, name := range []string{"DATABASE", "LISTEN", "NODE1", "NODE2", "NODE3", "INSTANCE1", "INSTANCE2"} {
		t.Setenv("MEIHAO_"+name, fmt.Sprintf("127.0.0.1:%d", 1+i))
	}
	t.Setenv("MEIHAO_HAPROXY_SOCKET", filepath.Join(folder, "socket"))
	for name, content := range map[string]string{
		"peers.cfg":             "peers meihao\n    peer app1 127.0.0.1:1\n    peer app2 127.0.0.1:2\n",
		"haproxy-database.cfg":  text(t, "galera/haproxy-database.cfg"),
		"haproxy-instances.cfg": text(t, "galera/haproxy-instances.cfg"),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if len(content) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
	check := func() {
		t.Helper()
		if out, err := tell(t, program, "-c", "-L", "app1", "-f", folder); err != nil || strings.Contains(out, "WARNING") {
			t.Errorf("%v: %s", err, out)
		}
	}
	check()
	if err := os.Remove(filepath.Join(folder, "haproxy-instances.cfg")); err != nil {
		t.Fatal(err)
	}
	check()
}

// The health check's question has the length that stands before it: MariaDB
// waits for ever for what is announced and does not come.
func TestHealthCheckLength(t *testing.T) {
	found := regexp.MustCompile(`(?m)send-binary ([0-9a-f]{6})0003\n\s+tcp-check send "([^"]+)"$`).FindStringSubmatch(text(t, "galera/haproxy-database.cfg"))
	if found == nil {
		t.Fatal("no question")
	}
	said := found[1][4:6] + found[1][2:4] + found[1][:2] // lowest byte first
	if length, err := strconv.ParseInt(said, 16, 32); err != nil || int(length) != 1+len(found[2]) {
		t.Errorf("the packet says %d bytes (%v), the question and its kind have %d", length, err, 1+len(found[2]))
	}
}

// A node's options are on one line, which parts.sh reads; and the two files
// together are such that MariaDB knows every line.
func TestNodeSettings(t *testing.T) {
	settings := text(t, "galera/galera.cnf")
	options := regexp.MustCompile(`(?m)^wsrep_provider_options = "(.*)"$`).FindStringSubmatch(settings)
	for _, option := range []string{"evs.suspect_timeout=PT1S;", "evs.join_retrans_period=PT0.25S;", "evs.keepalive_period=PT0.25S;"} {
		if options == nil || !strings.Contains(options[1], option) {
			t.Errorf("the options of the provider are %q", options)
		}
	}
	program := need(t, "MEIHAO_MARIADBD", "mariadbd", "apt-get install mariadb-server")
	folder := t.TempDir()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	both := filepath.Join(folder, "both.cnf")
	lines := fmt.Sprintf("!include %s/compose/mariadb/meihao.cnf\n!include %s/galera/galera.cnf\n", here, here)
	if err := os.WriteFile(both, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := tell(t, program, "--defaults-file="+both, "--user=nobody", "--datadir="+folder, "--wsrep-on=OFF", "--help", "--verbose")
	if err != nil || strings.Contains(out, "[ERROR]") {
		t.Errorf("%v: %s", err, out[max(0, len(out)-500):])
	}
	for _, line := range []string{"innodb-flush-log-at-trx-commit", "innodb-autoinc-lock-mode"} {
		value := regexp.MustCompile(`(?m)^` + line + `\s+(\S+)$`).FindStringSubmatch(out)
		if want := map[string]string{"innodb-flush-log-at-trx-commit": "1", "innodb-autoinc-lock-mode": "2"}[line]; value == nil || value[1] != want {
			t.Errorf("%s is %v", line, value)
		}
	}
}

// The product has the same rights on a cluster as elsewhere.
func TestClusterGivesTheSameRights(t *testing.T) {
	grant := regexp.MustCompile(`GRANT ([A-Z, ]+) ON meihao\.\*`)
	in := func(file string) []string { return grant.FindStringSubmatch(text(t, file)) }
	cluster, container := in("galera/accounts.sql"), in("compose/mariadb/user.sh")
	if cluster == nil || !slices.Equal(cluster, container) {
		t.Errorf("accounts.sql grants %v, user.sh %v", cluster, container)
	}
}
