package model

import (
	"fmt"

	"gorm.io/gorm"
)

// bulk is the number of rows in one INSERT: SQLite takes 32,766 arguments.
const bulk = 500

// insert adds rows of one table, many to a statement.
func insert[T any](tx *gorm.DB, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	if err := tx.CreateInBatches(rows, bulk).Error; err != nil {
		return fmt.Errorf("%T: %w", rows[0], err)
	}
	return nil
}
