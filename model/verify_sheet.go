package model

import (
	"fmt"

	"meihao/survey"
	"meihao/survey/rubric"
)

// sheets: what is stored of a sheet is what its rules let in (RULES §6). Points
// are half points between 0 and the item's maximum, only assessors' items are
// marked by assessors and settled, only machine-set ones are overridden, the
// assessors of an item are different accounts, and so are the two persons of an
// override or of a confirmed veto.
func (v *verifier) sheets() error {
	if len(v.store.rubric.Items) == 0 {
		return nil
	}
	items := make(map[string]rubric.Item, len(v.store.rubric.Items))
	for _, i := range v.store.rubric.Items {
		items[i.ID] = i
	}
	for _, step := range []func(map[string]rubric.Item) error{v.marks, v.settlements, v.overrides, v.recordedVetoes} {
		if err := step(items); err != nil {
			return err
		}
	}
	return v.readings()
}

func (v *verifier) marks(items map[string]rubric.Item) error {
	var rows []markRow
	if err := v.look.db.Order("sheet, item, party").Find(&rows).Error; err != nil {
		return fmt.Errorf("marks: %w", err)
	}
	var before markRow
	accounts := map[survey.ID]bool{}
	for _, r := range rows {
		where := fmt.Sprintf("%s, item %s", object("sheet", r.Sheet), r.Item)
		item, known := items[r.Item]
		switch {
		case !known || item.Veto() || item.MachineSet() && r.Party.Counts():
			v.find(where, "has a mark of %s, which it cannot have", r.Party)
		case r.Points < 0 || r.Points > item.Max:
			v.find(where, "has %s points of %s, at most %s", r.Points, r.Party, item.Max)
		}
		if r.Sheet != before.Sheet || r.Item != before.Item {
			clear(accounts)
		}
		if r.Party.Counts() && accounts[r.Account] {
			v.find(where, "has two marks of one account")
		}
		if r.Party.Counts() {
			accounts[r.Account] = true
		}
		before = r
	}
	return nil
}

func (v *verifier) settlements(items map[string]rubric.Item) error {
	var rows []struct {
		Sheet  survey.ID
		Item   string
		Points rubric.Halves
		Given  int
	}
	err := v.look.db.Raw(`SELECT s.sheet, s.item, s.points, COUNT(DISTINCT m.points) AS given FROM settlements s
		LEFT JOIN marks m ON m.sheet = s.sheet AND m.item = s.item AND m.party <> ?
		GROUP BY s.sheet, s.item, s.points ORDER BY s.sheet, s.item`, rubric.SelfParty).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("settlements: %w", err)
	}
	for _, r := range rows {
		where := fmt.Sprintf("%s, item %s", object("sheet", r.Sheet), r.Item)
		if item := items[r.Item]; item.MachineSet() || r.Points < 0 || r.Points > item.Max {
			v.find(where, "is settled on %s points, at most %s", r.Points, item.Max)
		}
		if r.Given < 2 {
			v.find(where, "is settled and no marks differ")
		}
	}
	return nil
}

func (v *verifier) overrides(items map[string]rubric.Item) error {
	var rows []overrideRow
	if err := v.look.db.Order("sheet, item").Find(&rows).Error; err != nil {
		return fmt.Errorf("overrides: %w", err)
	}
	for _, r := range rows {
		where := fmt.Sprintf("%s, item %s", object("sheet", r.Sheet), r.Item)
		if item := items[r.Item]; item.Veto() || !item.MachineSet() || r.Points < 0 || r.Points > item.Max {
			v.find(where, "is overridden with %s points, at most %s", r.Points, item.Max)
		}
		if r.AskedBy == 0 || r.AskedBy == r.ConfirmedBy {
			v.find(where, "is overridden by one person")
		}
	}
	return nil
}

func (v *verifier) recordedVetoes(items map[string]rubric.Item) error {
	var rows []sheetVetoRow
	if err := v.look.db.Order("sheet, item").Find(&rows).Error; err != nil {
		return fmt.Errorf("vetoes: %w", err)
	}
	for _, r := range rows {
		where := fmt.Sprintf("%s, veto %s", object("sheet", r.Sheet), r.Item)
		recorded := rubric.Recorded{Item: r.Item, State: r.State, Document: r.Document, Note: r.Note}
		if item := items[r.Item]; !item.Veto() || item.MachineSet() || recorded.Check() != nil {
			v.find(where, "is recorded as %q, which cannot stand", r.State)
		}
	}
	return nil
}

// readings: the result that a sheet reads is there, and who confirmed a
// borderline veto is not who asked.
func (v *verifier) readings() error {
	var sheets []survey.ID
	err := v.look.db.Raw(`SELECT s.id FROM sheets s WHERE s.campaign <> 0 AND NOT EXISTS (SELECT 1 FROM sealed_projects x
		WHERE x.campaign = s.campaign AND x.number = s.snapshot AND x.project = s.project) ORDER BY s.id`).Scan(&sheets).Error
	if err != nil {
		return fmt.Errorf("sheets: %w", err)
	}
	for _, id := range sheets {
		v.find(object("sheet", id), "reads a result that is not there")
	}
	sheets = nil
	err = v.look.db.Raw("SELECT sheet FROM veto_confirmations WHERE asked_by = 0 OR asked_by = confirmed_by ORDER BY sheet").Scan(&sheets).Error
	for _, id := range sheets {
		v.find(object("sheet", id), "has veto 6.1 confirmed by one person")
	}
	return wrapped("veto", err)
}
