package model

import (
	"fmt"

	"meihao/survey"
	"meihao/survey/rubric"
)

type markRow struct {
	Sheet   survey.ID    `gorm:"primaryKey;autoIncrement:false"`
	Item    string       `gorm:"primaryKey"`
	Party   rubric.Party `gorm:"primaryKey"`
	Points  rubric.Halves
	Note    string
	Account survey.ID
	At      int64
}

type settlementRow struct {
	Sheet   survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Item    string    `gorm:"primaryKey"`
	Points  rubric.Halves
	Reason  string
	Account survey.ID
	At      int64
}

type overrideRow struct {
	Sheet       survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Item        string    `gorm:"primaryKey"`
	Points      rubric.Halves
	Reason      string
	Machine     string
	AskedBy     survey.ID
	AskedAt     int64
	ConfirmedBy survey.ID
	ConfirmedAt int64
}

type sheetVetoRow struct {
	Sheet    survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Item     string    `gorm:"primaryKey"`
	State    string
	Document string
	Note     string
	Evidence survey.ID
	Account  survey.ID
	At       int64
}

type vetoConfirmationRow struct {
	Sheet       survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Snapshot    int
	Reason      string
	AskedBy     survey.ID
	AskedAt     int64
	ConfirmedBy survey.ID
	ConfirmedAt int64
}

// TableName is gorm's question.
func (markRow) TableName() string { return "marks" }

// TableName is gorm's question.
func (settlementRow) TableName() string { return "settlements" }

// TableName is gorm's question.
func (overrideRow) TableName() string { return "overrides" }

// TableName is gorm's question.
func (sheetVetoRow) TableName() string { return "sheet_vetoes" }

// TableName is gorm's question.
func (vetoConfirmationRow) TableName() string { return "veto_confirmations" }

// entered reads what was entered into some sheets, each table once.
type entered struct {
	l        lookup
	activity survey.ID
	ids      []survey.ID
	at       map[survey.ID]*rubric.Entries
}

// mostNamed is how many sheets a statement names; of more it takes all of the
// activity, and what belongs to others is passed over.
const mostNamed = 500

func (e entered) all() error {
	for _, read := range []func() error{e.marks, e.settlements, e.overrides, e.vetoes, e.confirmations, e.evidence} {
		if err := read(); err != nil {
			return fmt.Errorf("sheets: %w", err)
		}
	}
	return e.names()
}

func (e entered) find(rows any, order string) error {
	db := e.l.db.Where("sheet IN ?", e.ids)
	if len(e.ids) > mostNamed {
		db = e.l.db.Where("sheet IN (SELECT id FROM sheets WHERE activity = ?)", e.activity)
	}
	return db.Order(order).Find(rows).Error
}

func (e entered) marks() error {
	var rows []markRow
	err := e.find(&rows, "sheet")
	for _, r := range rows {
		to := e.at[r.Sheet]
		if to == nil {
			continue
		}
		to.Marks = append(to.Marks, rubric.Mark{Item: r.Item, Party: r.Party, Points: r.Points, Note: r.Note, By: personOf(r.Account, r.At)})
	}
	return err
}

func (e entered) settlements() error {
	var rows []settlementRow
	err := e.find(&rows, "sheet")
	for _, r := range rows {
		to := e.at[r.Sheet]
		if to == nil {
			continue
		}
		to.Settlements = append(to.Settlements, rubric.Settlement{Item: r.Item, Points: r.Points, Reason: r.Reason, By: personOf(r.Account, r.At)})
	}
	return err
}

func (e entered) overrides() error {
	var rows []overrideRow
	err := e.find(&rows, "sheet")
	for _, r := range rows {
		to := e.at[r.Sheet]
		if to == nil {
			continue
		}
		to.Overrides = append(to.Overrides, rubric.Override{
			Item: r.Item, Points: r.Points, Reason: r.Reason, Of: r.Machine,
			Asked: personOf(r.AskedBy, r.AskedAt), Confirmed: personOf(r.ConfirmedBy, r.ConfirmedAt),
		})
	}
	return err
}

func (e entered) vetoes() error {
	var rows []sheetVetoRow
	err := e.find(&rows, "sheet")
	for _, r := range rows {
		to := e.at[r.Sheet]
		if to == nil {
			continue
		}
		to.Vetoes = append(to.Vetoes, rubric.Recorded{
			Item: r.Item, State: r.State, Document: r.Document, Note: r.Note, Evidence: r.Evidence, By: personOf(r.Account, r.At),
		})
	}
	return err
}

func (e entered) confirmations() error {
	var rows []vetoConfirmationRow
	err := e.find(&rows, "sheet")
	for _, r := range rows {
		to := e.at[r.Sheet]
		if to == nil {
			continue
		}
		to.Confirmation = &rubric.Confirmation{
			Snapshot: r.Snapshot, Reason: r.Reason,
			Asked: personOf(r.AskedBy, r.AskedAt), Confirmed: personOf(r.ConfirmedBy, r.ConfirmedAt),
		}
	}
	return err
}

func (e entered) evidence() error {
	var rows []evidenceRow
	err := e.find(&rows, "at, id")
	for _, r := range rows {
		to := e.at[r.Sheet]
		if to == nil {
			continue
		}
		to.Evidence = append(to.Evidence, r.evidence())
	}
	return err
}

// names fills in who did it.
func (e entered) names() error {
	var who []*rubric.Person
	for _, x := range e.at {
		if x.Reading != nil {
			who = append(who, &x.Reading.By)
		}
		if x.Fees != nil {
			who = append(who, &x.Fees.By)
		}
		if x.Confirmation != nil {
			who = append(who, &x.Confirmation.Asked, &x.Confirmation.Confirmed)
		}
		for i := range x.Marks {
			who = append(who, &x.Marks[i].By)
		}
		for i := range x.Settlements {
			who = append(who, &x.Settlements[i].By)
		}
		for i := range x.Overrides {
			who = append(who, &x.Overrides[i].Asked, &x.Overrides[i].Confirmed)
		}
		for i := range x.Vetoes {
			who = append(who, &x.Vetoes[i].By)
		}
		for i := range x.Evidence {
			who = append(who, &x.Evidence[i].By)
		}
	}
	known := map[survey.ID]bool{}
	var ids []survey.ID
	for _, p := range who {
		if p.ID != 0 && !known[p.ID] {
			known[p.ID] = true
			ids = append(ids, p.ID)
		}
	}
	names, err := e.l.people(ids...)
	for _, p := range who {
		p.Name = names[p.ID]
	}
	return err
}
