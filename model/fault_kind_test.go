package model

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"testing"

	"github.com/go-sql-driver/mysql"
)

// lockedSQLite is the error of a change that finds another under way.
func lockedSQLite(t *testing.T) error {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "x.db")+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	first, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Rollback() }()
	_, err = db.BeginTx(t.Context(), nil)
	return err
}

func TestFaultsHaveTheirKind(t *testing.T) {
	for _, c := range []struct {
		fault error
		want  FaultKind
	}{
		{lockedSQLite(t), BusyFault},
		{&mysql.MySQLError{Number: mysqlLockWaitTimeout}, BusyFault},
		{context.DeadlineExceeded, BusyFault},
		{&mysql.MySQLError{Number: mysqlDeadlock}, DeadlockFault},
		{&mysql.MySQLError{Number: mysqlShutdown}, LostFault},
		{&mysql.MySQLError{Number: mysqlUnprepared}, LostFault},
		{mysql.ErrInvalidConn, LostFault},
		{driver.ErrBadConn, LostFault},
		{&net.OpError{Op: "dial", Err: errors.New("refused")}, LostFault},
		{&mysql.MySQLError{Number: mysqlReadOnly}, LostFault},
		{&mysql.MySQLError{Number: 1406}, OtherFault}, // data too long
		{&net.OpError{Op: "read", Err: errors.New("a visitor left")}, OtherFault},
		{io.ErrUnexpectedEOF, OtherFault},
		{errors.New("anything"), OtherFault},
	} {
		if got := FaultKindOf(fmt.Errorf("save: %w", c.fault)); got != c.want {
			t.Errorf("%T %v is %s, want %s", c.fault, c.fault, got, c.want)
		}
	}
}
