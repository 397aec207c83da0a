package model

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"meihao/survey"
	"meihao/survey/evidence"
	"meihao/survey/rubric"
)

// AddEvidence adds a file or a note to an item or veto of a sheet, for the
// party of the actor's role. A third party must have said that it has no
// interest in the project; Conflict where the sheet holds all it can.
func (s *Store) AddEvidence(ctx context.Context, actor survey.Actor, activity, project survey.ID, item string, p evidence.Piece) (survey.ID, error) {
	if err := p.Check(); err != nil {
		return 0, err
	}
	id := newID()
	return id, s.changeSheet(ctx, actor, survey.AddEvidence, activity, project, func(c *sheetChange) (string, string, detail, error) {
		if _, err := c.item(item, func(rubric.Item) bool { return true }); err != nil {
			return "", "", nil, err
		}
		party := rubric.PartyOf(actor.Role)
		if party == rubric.ThirdParty {
			if err := c.declared(activity, project); err != nil {
				return "", "", nil, err
			}
		}
		if err := c.roomFor(p); err != nil {
			return "", "", nil, err
		}
		row := evidenceRow{
			ID: id, Sheet: c.row.ID, Item: item, Party: party, Kind: rubric.EvidenceNote, Digest: []byte{},
			Note: strings.TrimSpace(p.Note), Account: c.actor.Account, At: millis(c.at),
		}
		d := detail{"item": item, "evidence": id.String(), "party": party, "kind": rubric.EvidenceNote}
		if f := p.File; f != nil {
			row.Kind, row.Name, row.Media, row.Size, row.Digest = rubric.EvidenceFile, f.Name, f.Type, int64(len(f.Data)), f.SHA256[:]
			// The chain keeps what it hears: neither the name nor the note.
			d["kind"], d["type"], d["bytes"] = row.Kind, f.Type, row.Size
			d["sha256"], d["sent_sha256"] = hex.EncodeToString(f.SHA256[:]), hex.EncodeToString(f.Sent[:])
		}
		return "sheet.evidence_added", "", d, c.keep(row, p.File)
	})
}

// roomFor says whether a sheet has room for one more piece.
func (c *sheetChange) roomFor(p evidence.Piece) error {
	pieces, size := 0, int64(0)
	for _, e := range c.before.Entries.Evidence {
		if !e.Removed {
			pieces, size = pieces+1, size+e.Size
		}
	}
	if p.File != nil {
		size += int64(len(p.File.Data))
	}
	if pieces >= evidence.MostPieces || size > evidence.MostBytes {
		return survey.Fail(survey.Conflict, "error.evidence.full", "Pieces", evidence.MostPieces, "MB", evidence.MostBytes>>20)
	}
	return nil
}

// keep stores a piece, the bytes of its file in parts.
func (c *sheetChange) keep(row evidenceRow, f *evidence.File) error {
	if err := c.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("evidence: %w", err)
	}
	if f == nil {
		return nil
	}
	part := 0
	for piece := range slices.Chunk(f.Data, uploadPart) {
		if err := c.tx.Create(&evidencePartRow{Evidence: row.ID, Part: part, Data: piece}).Error; err != nil {
			return fmt.Errorf("evidence: %w", err)
		}
		part++
	}
	return nil
}
