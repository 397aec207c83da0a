// Package model is the relational store of Meihao: tables, SQL, migrations
// and the session store. It is the only place that knows gorm, the drivers
// and goose, and it knows nothing of HTTP.
//
// A newcomer reads open.go first, then transaction.go (one change, one
// transaction, one event), then save.go, the transaction that residents'
// answers go through. Row types are private and are converted: the schema
// and the domain types change at different moments.
//
// Laws that hold in every method:
//
//   - Every list and every lookup takes the actor's scope; the zero scope
//     holds nothing, and a foreign thing is not found (scope.go).
//   - Every change writes its event in its own transaction (event.go). What
//     residents do is not logged one by one.
//   - Resident tables carry nothing that leads to a household or a moment
//     (RULES §1); TestResidentTables holds the list of allowed columns.
//   - Times are stored as UTC milliseconds, ids as integers; the text of the
//     SQL is ours alone, what others typed is always an argument.
//
// SQLite is the engine here; another one is a value of type engine and a
// folder of migrations with the same file names.
package model
