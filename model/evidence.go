package model

import (
	"context"
	"crypto/sha256"
	"fmt"

	"meihao/survey"
	"meihao/survey/rubric"
)

// evidenceRow is a note or a file; Removed is 0 while it is there.
type evidenceRow struct {
	ID      survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Sheet   survey.ID
	Item    string
	Party   rubric.Party
	Kind    string
	Name    string
	Media   string
	Size    int64
	Digest  []byte
	Note    string
	Account survey.ID
	At      int64
	Removed int64
	Removal string
}

type evidencePartRow struct {
	Evidence survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Part     int       `gorm:"primaryKey;autoIncrement:false"`
	Data     []byte
}

// TableName is gorm's question.
func (evidenceRow) TableName() string { return "evidence" }

// TableName is gorm's question.
func (evidencePartRow) TableName() string { return "evidence_parts" }

func (r evidenceRow) evidence() rubric.Evidence {
	e := rubric.Evidence{
		ID: r.ID, Item: r.Item, Party: r.Party, Kind: r.Kind, Name: r.Name, Type: r.Media, Size: r.Size, Note: r.Note,
		By: personOf(r.Account, r.At), Removed: r.Removed != 0,
	}
	copy(e.SHA256[:], r.Digest)
	return e
}

// placedEvidence is a piece of evidence with the sheet that it belongs to.
type placedEvidence struct {
	Row               evidenceRow `gorm:"embedded"`
	Activity, Project survey.ID
}

// Evidence is a piece of evidence that the actor may read, with the activity
// and the project of its sheet; NotFound otherwise, and for a removed one.
func (s *Store) Evidence(ctx context.Context, actor survey.Actor, id survey.ID) (e rubric.Evidence, activity, project survey.ID, err error) {
	l := s.lookup(ctx)
	of, err := l.evidence(actor, id)
	if err != nil {
		return e, 0, 0, err
	}
	e = of.Row.evidence()
	names, err := l.people(of.Row.Account)
	e.By.Name = names[of.Row.Account]
	return e, of.Activity, of.Project, err
}

// EvidenceFile is a file that the actor may read; NotFound otherwise. What
// is not as it was stored is not given out.
func (s *Store) EvidenceFile(ctx context.Context, actor survey.Actor, id survey.ID) (rubric.Evidence, []byte, error) {
	l := s.lookup(ctx)
	of, err := l.evidence(actor, id)
	if err != nil {
		return rubric.Evidence{}, nil, err
	}
	if of.Row.Kind != rubric.EvidenceFile {
		return rubric.Evidence{}, nil, survey.NotFoundError("error.not_found")
	}
	var parts []evidencePartRow
	if err := l.db.Where("evidence = ?", id).Order("part").Find(&parts).Error; err != nil {
		return rubric.Evidence{}, nil, fmt.Errorf("evidence: %w", err)
	}
	data := make([]byte, 0, of.Row.Size)
	for _, p := range parts {
		data = append(data, p.Data...)
	}
	e := of.Row.evidence()
	if sha256.Sum256(data) != e.SHA256 {
		return rubric.Evidence{}, nil, fmt.Errorf("evidence %s is not what was stored", id)
	}
	return e, data, nil
}

// evidence is a piece of evidence in the actor's scope that its role may read.
func (l lookup) evidence(actor survey.Actor, id survey.ID) (placedEvidence, error) {
	var rows []placedEvidence
	err := l.db.Table("evidence").Select("evidence.*, sheets.activity, sheets.project").
		Joins("JOIN sheets ON sheets.id = evidence.sheet JOIN projects ON projects.id = sheets.project").
		Scopes(inScope(actor.Scope)).Where("evidence.id = ? AND evidence.removed = 0", id).Find(&rows).Error
	if err != nil {
		return placedEvidence{}, fmt.Errorf("evidence: %w", err)
	}
	if len(rows) == 0 || !rows[0].Row.evidence().ReadBy(actor.Role) {
		return placedEvidence{}, survey.NotFoundError("error.not_found")
	}
	return rows[0], nil
}
