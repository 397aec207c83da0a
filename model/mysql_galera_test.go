package model

import (
	"errors"
	"net"
	"os"
	"testing"
	"time"

	"meihao/model/modeltest/mariadb"
)

// galeraProvider is where Debian's galera-4 puts it.
const galeraProvider = "/usr/lib/galera/libgalera_smm.so"

// On a node of a Galera cluster, be it its only one, the schema is made, and
// transactions that write begin only when the node knows all that the cluster
// knows. Elsewhere nobody is waited for.
func TestGaleraNode(t *testing.T) {
	if _, err := os.Stat(galeraProvider); err != nil {
		t.Skip("galera-4 is missing (apt-get install galera-4)")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	group := l.Addr().String()
	l.Close()
	server, err := mariadb.Start(t.Context(), t.TempDir(), "--wsrep-on=ON", "--wsrep-provider="+galeraProvider,
		"--wsrep-cluster-address=gcomm://", "--wsrep-provider-options=gmcast.listen_addr=tcp://"+group+";gcache.size=16M",
		"--wsrep-node-address=127.0.0.1", "--binlog-format=ROW", "--innodb-autoinc-lock-mode=2")
	if errors.Is(err, mariadb.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Remove() }()
	dsn, err := mariadb.Create(t.Context(), server.DSN(""), "meihao")
	for range 300 { // it lets people in a moment before it serves them
		if FaultKindOf(err) != LostFault {
			break
		}
		time.Sleep(100 * time.Millisecond)
		dsn, err = mariadb.Create(t.Context(), server.DSN(""), "meihao")
	}
	if err != nil {
		t.Fatal(err)
	}
	var waits int
	if err := openMySQLForTest(t, dsn).writer().QueryRow("SELECT @@wsrep_sync_wait").Scan(&waits); err != nil || waits != 1 {
		t.Errorf("wsrep_sync_wait is %d, %v", waits, err)
	}
	alone, err := parseDSN(mariadb.ForTest(t))
	if err != nil {
		t.Fatal(err)
	}
	if statement, err := causal(t.Context(), alone); err != nil || statement != "" {
		t.Errorf("a server of its own is told %q, %v", statement, err)
	}
}
