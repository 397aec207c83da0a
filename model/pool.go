package model

import "database/sql"

// Pools are the figures of the connections that write and of those that read.
func (s *Store) Pools() map[string]sql.DBStats {
	return map[string]sql.DBStats{"write": s.writer().Stats(), "read": s.reader().Stats()}
}
