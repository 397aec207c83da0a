package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"meihao/survey"
)

// Reanswer puts a reading in place of the answers and the comment of the
// response that a receipt names, for who holds its change key (RULES §1). The
// tally moves with it in the same transaction. Bases, building group, lane,
// state, claims, receipt and turnout stay; no event is written, as none is for
// an answer.
//
// The campaign, read again in this transaction, must take answers: else
// NotOpen or Closed. An unknown receipt and a wrong change key are NotFound,
// and cannot be told apart. As in SaveResponses, all is stored when it
// returns nil and nothing of it otherwise.
//
// One runs at a time, and Busy is said to those beyond what may wait. Whoever
// is gone before the turn comes has perhaps sent other answers since: then it
// does not begin, and is Busy. Once it has begun, the context's end does not
// stop it.
func (s *Store) Reanswer(ctx context.Context, r survey.Reanswer) error {
	if err := s.reanswers.take(ctx); err != nil {
		return err
	}
	defer s.reanswers.leave()
	err := s.persist(ctx, func() error { return s.reanswerOnce(ctx, r) })
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return busyReanswer()
	}
	return err
}

func (s *Store) reanswerOnce(ctx context.Context, r survey.Reanswer) error {
	conn, err := s.writer().Conn(ctx)
	if err != nil {
		return fmt.Errorf("reanswer: %w", err)
	}
	return errors.Join(s.reanswerOn(context.WithoutCancel(ctx), conn, r), conn.Close())
}

func (s *Store) reanswerOn(ctx context.Context, conn *sql.Conn, r survey.Reanswer) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("reanswer: %w", err)
	}
	if err := s.newBatch(ctx, tx, nil).reanswer(r); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("reanswer: %w", err)
	}
	return nil
}

// reanswer locks in the order of saving: the campaign against closing, then
// the tally, then the response.
func (b *batch) reanswer(r survey.Reanswer) error {
	campaign, err := b.loadCampaign(r.Campaign)
	if err != nil {
		return err
	}
	if campaign == nil {
		return unknownAnswer()
	}
	if campaign.sealed() {
		return survey.Fail(survey.Closed, "error.campaign.closed")
	}
	if err := campaign.campaign.Accepts(b.now); err != nil {
		return err
	}
	key := enrolmentKey{r.Campaign, r.Project}
	if err := b.loadEnrolments([]enrolmentKey{key}, campaign); err != nil {
		return fmt.Errorf("reanswer: %w", err)
	}
	enrolled := b.projects[key]
	if enrolled == nil {
		return unknownAnswer()
	}
	before, err := b.changeable(r)
	if err != nil {
		return err
	}
	if before.Version != campaign.questionnaire.Number {
		return fmt.Errorf("reanswer: a response of questionnaire %d in a campaign that asks %d", before.Version, campaign.questionnaire.Number)
	}
	after := before.response()
	if after.Answers, err = campaign.questionnaire.Replace(before.Answers, r.Reading); err != nil {
		return fmt.Errorf("reanswer: %w", err)
	}
	if err := enrolled.replace(campaign, before.response(), after); err != nil {
		return err
	}
	return b.writeAgain(key, after, campaign.key.CommentID(after.ID), r.Reading.Comment)
}

// unknownAnswer is said of an unknown receipt and of a wrong change key alike.
func unknownAnswer() error { return survey.NotFoundError("error.receipt.unknown") }

// replace counts a response out as it was and in as it is.
func (s *saving) replace(c *openCampaign, before, after survey.Response) error {
	if before.Answers == after.Answers {
		return nil
	}
	s.touched = true
	if err := s.add(c.questionnaire, before, -1); err != nil {
		return err
	}
	if err := s.add(c.questionnaire, after, +1); err != nil {
		return err
	}
	s.moved(c.admission, after, c.marking().Mark(after.ID).Again(), c.wrap)
	return nil
}
