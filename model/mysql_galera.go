package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/go-sql-driver/mysql"
)

// causal is the statement by which the transactions of a writing connection
// begin only when its server knows all that any server of its Galera cluster
// has committed; "" where the server is alone.
//
// A node applies what another one has committed a moment later. When a node
// becomes the writer because the one before it died, an answer that it saves
// must not find a campaign open whose closing was acknowledged there (RULES
// §9): a read of the campaign is nothing that certification would notice. What
// is written needs no such care, two writes of one row never both stand.
func causal(ctx context.Context, config *mysql.Config) (string, error) {
	connector, err := mysql.NewConnector(mysqlSession(config, mysqlSilence))
	if err != nil {
		return "", fmt.Errorf("database.dsn: %w", err)
	}
	db := sql.OpenDB(connector)
	defer func() { _ = db.Close() }() // nothing is under way
	var name, value string
	err = db.QueryRowContext(ctx, "SHOW GLOBAL VARIABLES LIKE 'wsrep_on'").Scan(&name, &value)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && value != "ON":
		return "", nil
	case err != nil:
		return "", fmt.Errorf("database: %w", err)
	}
	return "SET SESSION wsrep_sync_wait = 1", nil // 1 is "before reads", which counts BEGIN
}
