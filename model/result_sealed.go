package model

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"meihao/survey"
)

// sealedPart is what the snapshots of a campaign say of one project.
type sealedPart struct {
	latest          survey.Sealed
	number          int
	sealed          time.Time   // the first snapshot
	corrected       []time.Time // those in which this project became another
	owner, resident survey.Result
}

// into puts it into a result, with the promises that are public.
func (p *sealedPart) into(r *survey.PublicResult, promises []survey.Promise) {
	r.SealedAt, r.Snapshot, r.Corrected = p.sealed, p.number, p.corrected
	r.Owner, r.Resident = p.owner, p.resident
	r.Undecided, r.Contested = p.latest.Undecided > 0, p.latest.Contested
	r.Promises = publicOnly(promises)
}

// sealedResults are some projects of a sealed campaign, judged as residents
// may see them; those that no snapshot has are left out.
func (l lookup) sealedResults(campaign survey.Campaign, projects []survey.ID) (map[survey.ID]*sealedPart, error) {
	times, err := l.sealings(campaign.ID)
	if err != nil {
		return nil, err
	}
	var rows []sealedRow
	err = l.db.Where("campaign = ? AND project IN ?", campaign.ID, projects).Order("number").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("snapshots: %w", err)
	}
	parts := make(map[survey.ID]*sealedPart, len(projects))
	for _, row := range rows {
		var sealed survey.Sealed
		if err := json.Unmarshal([]byte(row.Data), &sealed); err != nil {
			return nil, fmt.Errorf("snapshot: %w", err)
		}
		part, known := parts[row.Project]
		switch {
		case !known:
			part = &sealedPart{sealed: times[row.Number]}
			parts[row.Project] = part
		case !reflect.DeepEqual(part.latest, sealed):
			part.corrected = append(part.corrected, times[row.Number])
		}
		part.latest, part.number = sealed, row.Number
	}
	return parts, l.judged(campaign, projects, parts)
}

// sealings are the moments of a campaign's snapshots by their numbers.
func (l lookup) sealings(campaign survey.ID) (map[int]time.Time, error) {
	var rows []snapshotRow
	if err := l.db.Where("campaign = ?", campaign).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("snapshots: %w", err)
	}
	times := make(map[int]time.Time, len(rows))
	for _, row := range rows {
		var meta survey.Snapshot
		if err := json.Unmarshal([]byte(row.Meta), &meta); err != nil {
			return nil, fmt.Errorf("snapshot: %w", err)
		}
		times[row.Number] = meta.At
	}
	return times, nil
}

// judged adds the figures. How many responses are in one base only is what no
// snapshot says: that comes from the tallies, which sealing leaves as they are.
func (l lookup) judged(campaign survey.Campaign, projects []survey.ID, parts map[survey.ID]*sealedPart) error {
	var rows []tallyRow
	err := l.db.Select("project", "tally").Where("campaign = ? AND project IN ?", campaign.ID, projects).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("tallies: %w", err)
	}
	oneBase := make(map[survey.ID]int64, len(rows))
	for _, row := range rows {
		tally, err := survey.UnpackSums(row.Tally)
		if err != nil {
			return fmt.Errorf("tally of project %s: %w", row.Project, err)
		}
		oneBase[row.Project] = tally.OneBase(campaign.Admission)
	}
	for project, part := range parts {
		n, known := oneBase[project]
		if !known {
			return fmt.Errorf("project %s has no tally", project)
		}
		part.owner, part.resident = part.latest.Public(campaign, n)
	}
	return nil
}
