package metrics

import "time"

// Kinds of database errors, the values of the label kind of
// meihao_database_errors_total.
const (
	BusyDatabase   = "busy"     // a lock was not had in time
	Deadlock       = "deadlock" // two transactions waited for each other
	LostConnection = "lost"     // the database went away
	OtherError     = "other"
)

// Kinds are all of them.
func Kinds() []string { return []string{BusyDatabase, Deadlock, LostConnection, OtherError} }

// DatabaseError counts an error of the database; a kind that is none of Kinds
// is OtherError.
func (m *Metrics) DatabaseError(kind string) {
	counter, ok := m.failures[kind]
	if !ok {
		counter = m.failures[OtherError]
	}
	counter.Inc()
}

// Pool is the state of a pool of database connections.
type Pool struct {
	Limit  int // most connections, 0 for no limit
	Open   int // of which InUse are at work
	InUse  int
	Waits  int64 // how often a connection had to be waited for, since the start
	Waited time.Duration
}
