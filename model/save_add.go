package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"meihao/survey"
)

// addedResponse is a response to be written.
type addedResponse struct {
	enrolmentKey
	survey.Response
	version         int
	receipt, change survey.Digest
}

// add counts a response and keeps it to be written with all others.
func (b *batch) add(e *entrant) error {
	r := addedResponse{
		enrolmentKey: keyOf(e.Submission),
		Response: survey.Response{
			ID: newResponseID(), Bases: e.bases, Group: e.Group, Lane: e.Lane, State: survey.Counted, Answers: e.Answers,
		},
		version: e.campaign.questionnaire.Number, receipt: survey.DigestOf(e.Receipt), change: e.Change,
	}
	if e.enrolled.overflows(e.campaign.admission, r.Response) {
		r.State, r.Reason = survey.Held, survey.OverHouseholds
	}
	b.added = append(b.added, r)
	b.receipts[receiptKey{r.enrolmentKey, r.receipt}] = true
	if e.Comment != "" {
		b.comments = append(b.comments, e.Campaign, e.Project, e.campaign.key.CommentID(r.ID), e.Comment)
	}
	if r.Bases.Has(survey.ResidentBase) && e.campaign.admission.Admits(r.Lane) {
		b.days[dayKey{r.enrolmentKey, r.Group, dayOf(b.now)}]++
	}
	if e.Poster != "" {
		b.answers[e.Poster]++
	}
	return e.enrolled.count(e.campaign, r.Response)
}

// write stores what the group adds, and the counters that moved, each once and
// in key order.
func (b *batch) write() error {
	for _, step := range []struct {
		name string
		into many
		rows []any
	}{
		{"responses", b.store.save.responses, b.responseRows()},
		{"comments", b.store.save.comments, b.comments},
		{"turnout", b.store.save.days, b.dayRows()},
		{"tallies", b.store.save.tallies, b.tallyRows()},
		{"posters", b.store.save.answers, b.answerRows()},
	} {
		if err := b.run(step.into, step.rows); err != nil {
			// A duplicate key's own words hold the key.
			return fmt.Errorf("save %s: %w", step.name, b.store.translate(err))
		}
	}
	return nil
}

func (b *batch) responseRows() []any {
	slices.SortFunc(b.added, func(x, y addedResponse) int {
		return cmp.Or(compareEnrolments(x.enrolmentKey, y.enrolmentKey), cmp.Compare(x.ID, y.ID))
	})
	rows := make([]any, 0, 12*len(b.added))
	for i := range b.added {
		r := &b.added[i]
		rows = append(rows, r.campaign, r.project, r.ID, int(r.Bases), r.Group, r.Lane.Letter(),
			r.State.Letter(), string(r.Reason), r.version, r.Answers, r.receipt[:], r.change[:])
	}
	return rows
}

func (b *batch) dayRows() []any {
	days := slices.SortedFunc(maps.Keys(b.days), func(x, y dayKey) int {
		return cmp.Or(compareEnrolments(x.enrolmentKey, y.enrolmentKey), cmp.Compare(x.group, y.group), cmp.Compare(x.day, y.day))
	})
	rows := make([]any, 0, 5*len(days))
	for _, d := range days {
		rows = append(rows, d.campaign, d.project, d.group, d.day, b.days[d])
	}
	return rows
}

// answerRows come in the order of codes, after all others, as AddOpens writes
// the same rows.
func (b *batch) answerRows() []any {
	rows := make([]any, 0, 2*len(b.answers))
	for _, code := range slices.Sorted(maps.Keys(b.answers)) {
		rows = append(rows, code, b.answers[code])
	}
	return rows
}

func (b *batch) tallyRows() []any {
	var rows []any
	for _, key := range sortedEnrolments(maps.Keys(b.projects)) {
		s := b.projects[key]
		if !s.touched {
			continue
		}
		r := s.pack(b.store.wrap)
		rows = append(rows, r.Campaign, r.Project, r.Tally, r.ShownOwner, r.ShownResident, r.ChangesOwner, r.ChangesResident, r.Refused)
	}
	return rows
}
