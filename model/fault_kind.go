package model

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"

	"github.com/go-sql-driver/mysql"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// FaultKind is what kind of fault an error of the store is.
type FaultKind string

// The kinds that an operator tells apart.
const (
	BusyFault     FaultKind = "busy"     // another had the lock for too long
	DeadlockFault FaultKind = "deadlock" // or a certification that failed on Galera
	LostFault     FaultKind = "lost"     // the database is gone, going or not yet there
	OtherFault    FaultKind = "other"
)

// FaultKindOf names an error of the store, however it is wrapped.
func FaultKindOf(err error) FaultKind {
	var my *mysql.MySQLError
	var lite *sqlite.Error
	var network *net.OpError
	switch {
	case errors.As(err, &my):
		return mysqlFault(my.Number)
	case errors.As(err, &lite):
		if code := lite.Code() & 0xff; code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED {
			return BusyFault
		}
	case errors.Is(err, mysql.ErrInvalidConn), errors.Is(err, driver.ErrBadConn):
		return LostFault
	case errors.As(err, &network) && network.Op == "dial": // reading and writing is the driver's own word, and of visitors
		return LostFault
	case errors.Is(err, context.DeadlineExceeded):
		return BusyFault
	}
	return OtherFault
}

func mysqlFault(number uint16) FaultKind {
	switch number {
	case mysqlLockWaitTimeout:
		return BusyFault
	case mysqlDeadlock:
		return DeadlockFault
	case mysqlTooManyConnections, mysqlUnprepared, mysqlShutdown, mysqlKilled, mysqlReadOnly, mysqlReadOnlyMode:
		return LostFault
	}
	return OtherFault
}

// Passing says that an error is nobody's mistake and will pass: the same
// request is to be sent again in a while.
func Passing(err error) bool { return FaultKindOf(err) != OtherFault }
