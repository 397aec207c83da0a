package model

import (
	"encoding/json"
	"fmt"

	"meihao/survey"
)

// imported is what the event of an import keeps of its plan.
type imported struct{ Changed, Same int }

// batchAlone refuses to take a file back whose rows are another one's as well:
// rows keep the file that wrote them last, so that they would be lost to a file
// which still says that it has all complaints of its months.
func (c *change) batchAlone(row complaintBatchRow) error {
	var later []complaintBatchRow
	err := c.tx.Where("kind = ? AND removed = 0 AND id <> ? AND added >= ? AND (district = 0 OR ? = 0 OR district = ?)",
		row.Kind, row.ID, row.Added, row.District, row.District).Order("added DESC, id").Find(&later).Error
	if err != nil {
		return fmt.Errorf("complaint batches: %w", err)
	}
	plans, err := c.lookup().imports()
	if err != nil {
		return err
	}
	for _, one := range later {
		if p := plans[object("batch", one.ID)]; p.Same+p.Changed > 0 {
			return survey.Fail(survey.Conflict, "error.complaint.batch_later", "Name", one.Name)
		}
	}
	if n := plans[object("batch", row.ID)].Changed; n > 0 {
		return survey.Fail(survey.Conflict, "error.complaint.batch_changed", "Count", n)
	}
	return nil
}

// imports are what each import did, by the batch as events name it.
func (l lookup) imports() (map[string]imported, error) {
	var rows []eventRow
	if err := l.db.Where("action = ?", "complaint.imported").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	plans := make(map[string]imported, len(rows))
	for _, r := range rows {
		var p imported
		if err := json.Unmarshal([]byte(r.Detail), &p); err != nil {
			return nil, fmt.Errorf("event %d: %w", r.Number, err)
		}
		plans[r.Object] = p
	}
	return plans, nil
}
