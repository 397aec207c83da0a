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
//  1. the campaign and the poster, read again in this transaction, must take
//     answers;
//  2. each base asked for is claimed with a plain INSERT, and the primary
//     key alone decides whether it was free (RULES §1);
//  3. response, comment, day counter, tally and the poster's counter are
//     written.
//
// Where 1 or 2 refuse, a receipt that is known makes it a retry: whatever the
// state of campaign and poster, until sealing deletes the key.
//
// Each step is done for the whole group at once, a few statements however
// many there are, in the order in which they came.
//
// The context's end does not stop it: a group belongs to many senders, and
// none of them may break it off for the others.
func (s *Store) SaveResponses(ctx context.Context, submissions []survey.Submission) ([]survey.Saved, error) {
	if len(submissions) == 0 {
		return nil, nil
	}
	ctx = context.WithoutCancel(ctx)
	var saved []survey.Saved
	err := s.persist(ctx, func() (err error) {
		saved, err = s.saveOnce(ctx, submissions)
		return err
	})
	return saved, err
}

func (s *Store) saveOnce(ctx context.Context, submissions []survey.Submission) ([]survey.Saved, error) {
	s.lookForNews(ctx, s.now()) // for groupHomes
	tx, err := s.writer().BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("save: %w", err)
	}
	saved, err := s.newBatch(ctx, tx, submissions).save()
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
	now   time.Time

	submissions []survey.Submission
	saved       []survey.Saved
	entering    []*entrant // in their order

	campaigns map[survey.ID]*openCampaign
	projects  map[enrolmentKey]*saving
	posters   map[string]error // by code: why nothing new comes in through it, nil while it is in use

	added    []addedResponse
	receipts map[receiptKey]bool // of added
	comments []any               // arguments of their rows
	days     map[dayKey]int64
	answers  map[string]int64 // by poster
}

// entrant is a submission that the campaign takes, or refuses unless it is a
// retry.
type entrant struct {
	*survey.Submission
	at       int   // its place in the group
	refusal  error // then the rest is empty
	campaign *openCampaign
	enrolled *saving
	apart    bool // its claims have slots of their own, see openCampaign.apart
	bases    survey.Bases
}

// enrolmentKey orders what a transaction writes, so that several writers
// never wait for each other in a circle (STYLE trap 2).
type enrolmentKey struct{ campaign, project survey.ID }

type receiptKey struct {
	enrolmentKey
	digest survey.Digest
}

type dayKey struct {
	enrolmentKey
	group, day int
}

func keyOf(one *survey.Submission) enrolmentKey { return enrolmentKey{one.Campaign, one.Project} }

func (s *Store) newBatch(ctx context.Context, tx *sql.Tx, submissions []survey.Submission) *batch {
	return &batch{
		store: s, ctx: ctx, tx: tx, now: s.now(),
		submissions: submissions, saved: make([]survey.Saved, len(submissions)),
		campaigns: map[survey.ID]*openCampaign{}, projects: map[enrolmentKey]*saving{},
		posters: map[string]error{}, receipts: map[receiptKey]bool{}, days: map[dayKey]int64{}, answers: map[string]int64{},
	}
}

func (b *batch) save() ([]survey.Saved, error) {
	if err := b.load(); err != nil {
		return nil, err
	}
	b.admit()
	if err := b.claim(); err != nil {
		return nil, err
	}
	for _, e := range b.entering {
		var err error
		switch {
		case e.refusal != nil:
			b.saved[e.at], err = b.retryOr(e.Submission, e.refusal)
		case e.bases == 0:
			b.saved[e.at], err = b.noSlot(e)
		default:
			b.saved[e.at], err = survey.Saved{Receipt: e.Receipt, Change: e.ChangeKey}, b.add(e)
		}
		if err != nil {
			return nil, err
		}
	}
	return b.saved, b.write()
}

// admit asks each campaign whether it takes the submission. Who is refused may
// still turn out to be a retry, of one in this very group as well.
func (b *batch) admit() {
	for i := range b.submissions {
		one := &b.submissions[i]
		campaign, enrolled := b.campaigns[one.Campaign], b.projects[keyOf(one)]
		if campaign.sealed() {
			b.saved[i] = survey.Saved{Err: survey.Fail(survey.Closed, "error.campaign.closed")}
			continue
		}
		e := &entrant{Submission: one, at: i, refusal: firstOf(campaign.takes(one, b.now), b.posters[one.Poster])}
		if e.refusal == nil {
			if enrolled == nil {
				b.saved[i] = survey.Saved{Err: survey.NotFoundError("error.not_found")}
				continue
			}
			e.campaign, e.enrolled, e.apart = campaign, enrolled, campaign.apart(one.Lane)
		}
		b.entering = append(b.entering, e)
	}
}

// noSlot is a retry, or the home has answered. A known receipt is looked for
// only here and where the campaign takes nothing: when it was stored all its
// slots were taken, and no slot is ever freed.
func (b *batch) noSlot(e *entrant) (survey.Saved, error) {
	key := "error.already_answered"
	if e.Lane == survey.OpenLane {
		key = "error.already_answered_device"
	}
	saved, err := b.retryOr(e.Submission, survey.Fail(survey.AlreadyAnswered, key))
	if err != nil || saved.Retry {
		return saved, err
	}
	refused, err := b.refuse(e)
	if !e.apart { // feedback never makes a project contested
		e.enrolled.refused(refused)
	}
	return saved, err
}

// retryOr is the receipt again if it is known, with the change key that was
// made with it from the same request; else the refusal.
func (b *batch) retryOr(one *survey.Submission, refusal error) (survey.Saved, error) {
	known, err := b.known(one)
	if err != nil {
		return survey.Saved{}, err
	}
	if known {
		return survey.Saved{Receipt: one.Receipt, Change: one.ChangeKey, Retry: true}, nil
	}
	return survey.Saved{Err: refusal}, nil
}

// known says whether a receipt is stored already, be it by this very group.
func (b *batch) known(one *survey.Submission) (bool, error) {
	digest := survey.DigestOf(one.Receipt)
	if b.receipts[receiptKey{keyOf(one), digest}] {
		return true, nil
	}
	var there int
	err := b.bound(b.store.save.known).QueryRowContext(b.ctx, one.Campaign, one.Project, digest[:]).Scan(&there)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("save: %w", err)
	}
	return true, nil
}
