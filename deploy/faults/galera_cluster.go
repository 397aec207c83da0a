package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/go-sql-driver/mysql"
)

// galera is three MariaDB nodes and HAProxy, each a process of ours that
// deploy/galera/cluster starts with the settings of real machines.
type galera struct {
	script, folder, binary string
	first                  int // of its ports
	parts                  map[string]*child
}

const balancer = "haproxy"

func nodes() []string { return []string{"node1", "node2", "node3"} }

// Ports are counted from the first one, as in the script.
const (
	databasePort = 0
	httpPort     = 1
	instancePort = 40
	portCount    = 45
	nodeTime     = time.Minute // a node may take to come back
)

// How a node came back.
const (
	lacking = "what it lacked (IST)"
	whole   = "a whole copy (SST)"
)

// newGalera makes the cluster's folder and an empty database.
func (t *trial) newGalera(ctx context.Context) (*galera, error) {
	where, err := exec.CommandContext(ctx, "go", "list", "-f", "{{.Dir}}", "meihao").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	g := &galera{
		script: filepath.Join(string(bytes.TrimSpace(where)), "deploy", "galera", "cluster"),
		folder: filepath.Join(t.folder, "galera"), binary: t.binary, parts: map[string]*child{},
	}
	if g.first, err = freePorts(ctx, portCount); err != nil {
		return nil, err
	}
	_ = mysql.SetLogger(&mysql.NopLogger{}) // what the driver would say comes up as an error as well
	// Where we are root MariaDB runs as its own user, who must come through.
	if err := os.Chmod(t.folder, 0o711); err != nil { //nolint:gosec // what is secret is in folders of its own
		return nil, err
	}
	if said, err := g.command(ctx, "make"); err != nil {
		if strings.Contains(said, "apt-get install") {
			return nil, skip("%s", said)
		}
		return nil, errors.Join(fmt.Errorf("cluster make: %w: %s", err, said), g.close())
	}
	return g, nil
}

// freePorts is the first of so many that are free, below those that the
// kernel gives to connections: a node has to find its own again.
func freePorts(ctx context.Context, count int) (int, error) {
	for range 100 {
		first := 20000 + rand.IntN(12000)
		if portsFree(ctx, first, count) {
			return first, nil
		}
	}
	return 0, fmt.Errorf("nowhere are %d ports free", count)
}

func portsFree(ctx context.Context, first, count int) bool {
	for port := first; port < first+count; port++ {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil || l.Close() != nil {
			return false
		}
	}
	return true
}

func (g *galera) environment() []string {
	return []string{fmt.Sprintf("MEIHAO_GALERA_PORT=%d", g.first)}
}

// command runs the script to its end.
func (g *galera) command(ctx context.Context, args ...string) (string, error) {
	command := exec.CommandContext(ctx, g.script, append(args, g.folder)...) //nolint:gosec // our own
	command.Env = append(os.Environ(), g.environment()...)
	said, err := command.CombinedOutput()
	return string(bytes.TrimSpace(said)), err
}

// run starts a part and waits until it serves.
func (g *galera) run(ctx context.Context, part string) error {
	if err := g.spawn("run", part); err != nil {
		return err
	}
	return g.serves(ctx, part)
}

// spawn starts a part, which dies with us.
func (g *galera) spawn(how, part string) error {
	if err := os.MkdirAll(filepath.Join(g.folder, part), 0o755); err != nil { //nolint:gosec // the owner of the data comes through
		return err
	}
	log, err := os.OpenFile(g.log(part), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }() // the child has its own
	c, err := spawn(log, g.environment(), g.script, how, part, g.folder)
	if err != nil {
		return err
	}
	g.parts[part] = c
	return nil
}

// serves waits until a part does.
func (g *galera) serves(ctx context.Context, part string) error {
	return g.until(ctx, part+" does not serve: "+g.log(part), func() bool {
		if part == balancer {
			return !portsFree(ctx, g.first+databasePort, 1)
		}
		return g.synced(ctx, part)
	})
}

func (g *galera) log(part string) string { return filepath.Join(g.folder, part, "log") }

// start starts the nodes and then the balancer anew, and waits for a writer.
func (g *galera) start(ctx context.Context) error {
	if err := g.startNodes(ctx); err != nil {
		return err
	}
	return g.until(ctx, "the balancer finds no writer: "+g.log(balancer), func() bool {
		_, err := g.writer(ctx)
		return err == nil
	})
}

// startNodes begins with the node that the script names; the others follow.
func (g *galera) startNodes(ctx context.Context) error {
	said, err := g.command(ctx, "first")
	if err != nil {
		return fmt.Errorf("cluster first: %w: %s", err, said)
	}
	first := said[strings.LastIndexByte(said, '\n')+1:]
	if err := g.spawn("run-first", first); err != nil {
		return err
	}
	if err := g.serves(ctx, first); err != nil {
		return err
	}
	for _, node := range nodes() {
		if node != first {
			err = errors.Join(err, g.spawn("run", node))
		}
	}
	if err != nil {
		return err
	}
	for _, node := range nodes() {
		err = errors.Join(err, g.serves(ctx, node))
	}
	return err
}

// kill is kill -9 of all nodes at once.
func (g *galera) kill() error {
	var err error
	for _, node := range nodes() {
		err = errors.Join(err, g.parts[node].process.Kill())
	}
	for _, node := range nodes() {
		<-g.parts[node].ended
	}
	return err
}

// rejoin starts a dead node and says how long it took to come back, and how.
func (g *galera) rejoin(ctx context.Context, node string) (time.Duration, string, error) {
	before, err := os.ReadFile(g.log(node))
	if err != nil {
		return 0, "", err
	}
	start := time.Now()
	if err := g.run(ctx, node); err != nil {
		return 0, "", err
	}
	took := time.Since(start)
	after, err := os.ReadFile(g.log(node))
	how := whole
	if bytes.Contains(after[len(before):], []byte("IST completed on joiner")) {
		how = lacking
	}
	return took, how, err
}

// until waits for something, a minute at most.
func (g *galera) until(ctx context.Context, otherwise string, there func() bool) error {
	for deadline := time.Now().Add(nodeTime); !there(); {
		if time.Now().After(deadline) {
			return errors.New(otherwise)
		}
		if err := wait(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// close ends every part.
func (g *galera) close() error {
	var err error
	for _, part := range append(nodes(), balancer) {
		if c := g.parts[part]; c != nil && c.alive() {
			err = errors.Join(err, c.end(syscall.SIGKILL))
		}
	}
	return err
}

// address is that of a port, counted from the first one.
func (g *galera) address(port int) string { return fmt.Sprintf("http://127.0.0.1:%d", g.first+port) }

// dsn reaches the product's database on a node or through the balancer.
func (g *galera) dsn(part string) string {
	password, _ := os.ReadFile(filepath.Join(g.folder, "password")) // without it nobody is let in, which is an error then
	c := mysql.NewConfig()
	c.User, c.Passwd, c.Net, c.DBName = "meihao", string(bytes.TrimSpace(password)), "tcp", "meihao"
	c.Addr = fmt.Sprintf("127.0.0.1:%d", g.first+databasePort)
	for i, node := range nodes() {
		if part == node {
			c.Addr = fmt.Sprintf("127.0.0.1:%d", g.first+10*(i+1))
		}
	}
	return c.FormatDSN()
}

// owner reaches a node with every right.
func (g *galera) owner(node string) vault {
	c := mysql.NewConfig()
	c.Net, c.Addr, c.DBName = "unix", filepath.Join(g.folder, node, "socket"), "meihao"
	if who, err := user.Current(); err == nil {
		c.User = who.Username
	}
	return mariaDBVault(c.FormatDSN())
}

// writer is the node that the balancer sends everybody to.
func (g *galera) writer(ctx context.Context) (node string, err error) {
	err = mariaDBVault(g.dsn(balancer)).with(func(db *sql.DB) error {
		return db.QueryRowContext(ctx, "SELECT @@wsrep_node_name").Scan(&node)
	})
	return node, err
}

// size is how many nodes are together, as the writer sees it; 0 is unknown.
func (g *galera) size(ctx context.Context) (n int) {
	_ = mariaDBVault(g.dsn(balancer)).with(func(db *sql.DB) error {
		return db.QueryRowContext(ctx, "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'wsrep_cluster_size'").Scan(&n)
	})
	return n
}

// synced says whether a node has everything and may be used.
func (g *galera) synced(ctx context.Context, node string) bool {
	var fit int
	err := mariaDBVault(g.dsn(node)).with(func(db *sql.DB) error {
		return db.QueryRowContext(ctx, `SELECT COUNT(*) FROM information_schema.global_status WHERE (variable_name, variable_value) IN
			(('wsrep_ready', 'ON'), ('wsrep_cluster_status', 'Primary'), ('wsrep_local_state_comment', 'Synced'))`).Scan(&fit)
	})
	return err == nil && fit == 3
}

func probe() *http.Client {
	return &http.Client{Timeout: tryTime, Transport: &http.Transport{DisableKeepAlives: true}}
}
