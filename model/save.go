package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"meihao/survey"
)

// SaveResponses saves a group of submissions in one transaction and says of
// each, in order, what became of it: a receipt, a retry of a known one, or
// the Error that its sender is told. An error means that nothing of the
// group was saved.
//
// For each submission (DESIGN §4):
//
//  1. the campaign, read again in this transaction, must take answers;
//  2. each base asked for is claimed with a plain INSERT, and the primary
//     key alone decides whether it was free (RULES §1);
//  3. response, comment, day counter and tally are written.
//
// Where 1 or 2 refuse, a receipt that is known makes it a retry: whatever the
// state of campaign and poster, until sealing deletes the key.
//
// The context's end does not stop it: a group belongs to many senders, and
// none of them may break it off for the others.
func (s *Store) SaveResponses(ctx context.Context, submissions []survey.Submission) ([]survey.Saved, error) {
	if len(submissions) == 0 {
		return nil, nil
	}
	ctx = context.WithoutCancel(ctx)
	tx, err := s.writer().BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("save: %w", err)
	}
	b := s.newBatch(ctx, tx)
	saved, err := b.saveAll(submissions)
	if err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("save: %w", err)
	}
	return saved, nil
}

// batch is one save transaction under way. It runs prepared statements of
// database/sql and not gorm: this is the path that every answer takes, and
// building each statement through gorm costs half as much again.
type batch struct {
	store *Store
	ctx   context.Context
	tx    *sql.Tx
	run   boundStatements
	now   time.Time

	campaigns map[survey.ID]*openCampaign
	projects  map[enrolmentKey]*saving
	days      map[dayKey]int64
}

// enrolmentKey orders what a transaction writes, so that several writers
// never wait for each other in a circle (STYLE trap 2).
type enrolmentKey struct{ campaign, project survey.ID }

type dayKey struct {
	enrolmentKey
	group, day int
}

func (s *Store) newBatch(ctx context.Context, tx *sql.Tx) *batch {
	return &batch{
		store: s, ctx: ctx, tx: tx, run: s.save.bind(ctx, tx), now: s.now(),
		campaigns: map[survey.ID]*openCampaign{},
		projects:  map[enrolmentKey]*saving{},
		days:      map[dayKey]int64{},
	}
}

func (b *batch) saveAll(submissions []survey.Submission) ([]survey.Saved, error) {
	if err := b.load(submissions); err != nil {
		return nil, err
	}
	saved := make([]survey.Saved, len(submissions))
	for i := range submissions {
		one, err := b.saveOne(&submissions[i])
		if err != nil {
			return nil, err
		}
		saved[i] = one
	}
	return saved, b.write()
}

// saveOne decides on one submission. What its sender is told is a result;
// an error is a fault and ends the whole group.
func (b *batch) saveOne(one *survey.Submission) (survey.Saved, error) {
	campaign := b.campaigns[one.Campaign]
	if campaign.sealed() {
		return survey.Saved{Err: survey.Fail(survey.Closed, "error.campaign.closed")}, nil
	}
	digest := survey.DigestOf(one.Receipt)
	if err := campaign.takes(one, b.now); err != nil {
		return b.retryOr(one, digest, err)
	}
	enrolled := b.projects[enrolmentKey{one.Campaign, one.Project}]
	if enrolled == nil {
		return survey.Saved{Err: survey.NotFoundError("error.not_found")}, nil
	}
	bases, err := b.claim(one, campaign.apart(one.Lane))
	if err != nil {
		return survey.Saved{}, err
	}
	if bases == 0 {
		return b.noSlot(one, digest, campaign, enrolled)
	}
	if err := b.add(one, bases, digest, campaign, enrolled); err != nil {
		return survey.Saved{}, err
	}
	return survey.Saved{Receipt: one.Receipt}, nil
}

// noSlot is a retry, or the home has answered. A known receipt is looked for
// only here and where the campaign takes nothing: when it was stored all its
// slots were taken, and no slot is ever freed.
func (b *batch) noSlot(one *survey.Submission, digest survey.Digest, campaign *openCampaign, enrolled *saving) (survey.Saved, error) {
	key := "error.already_answered"
	if one.Lane == survey.OpenLane {
		key = "error.already_answered_device"
	}
	saved, err := b.retryOr(one, digest, survey.Fail(survey.AlreadyAnswered, key))
	if err != nil || saved.Retry {
		return saved, err
	}
	apart := campaign.apart(one.Lane)
	refused, err := b.refuse(one, apart)
	if !apart { // feedback never makes a project contested
		enrolled.refused(refused)
	}
	return saved, err
}

// retryOr is the receipt again if it is known, else the refusal.
func (b *batch) retryOr(one *survey.Submission, digest survey.Digest, refusal error) (survey.Saved, error) {
	known, err := b.known(one, digest)
	if err != nil {
		return survey.Saved{}, err
	}
	if known {
		return survey.Saved{Receipt: one.Receipt, Retry: true}, nil
	}
	return survey.Saved{Err: refusal}, nil
}

// known says whether a receipt is stored already, be it by this very group.
func (b *batch) known(one *survey.Submission, digest survey.Digest) (bool, error) {
	var there int
	err := b.run.known.QueryRowContext(b.ctx, one.Campaign, one.Project, digest[:]).Scan(&there)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("save: %w", err)
	}
	return true, nil
}

// add stores the response with all that counts it.
func (b *batch) add(one *survey.Submission, bases survey.Bases, digest survey.Digest, campaign *openCampaign, enrolled *saving) error {
	r := survey.Response{
		ID: newResponseID(), Bases: bases, Group: one.Group, Lane: one.Lane, State: survey.Counted, Answers: one.Answers,
	}
	if enrolled.overflows(campaign.admission, r) {
		r.State, r.Reason = survey.Held, survey.OverHouseholds
	}
	_, err := b.run.response.ExecContext(b.ctx, one.Campaign, one.Project, r.ID, int(r.Bases), r.Group, r.Lane.Letter(),
		r.State.Letter(), string(r.Reason), campaign.questionnaire.Number, r.Answers, digest[:], one.Change[:])
	if err != nil {
		return fmt.Errorf("save response: %w", err)
	}
	if one.Comment != "" {
		id := campaign.key.CommentID(r.ID)
		if _, err := b.run.comment.ExecContext(b.ctx, one.Campaign, one.Project, id, one.Comment); err != nil {
			return fmt.Errorf("save comment: %w", err)
		}
	}
	if bases.Has(survey.ResidentBase) && campaign.admission.Admits(r.Lane) {
		b.days[dayKey{enrolmentKey{one.Campaign, one.Project}, r.Group, dayOf(b.now)}]++
	}
	return enrolled.count(campaign, r)
}
