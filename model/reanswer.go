package model

import (
	"context"
	"crypto/subtle"
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
	s.moved(c.admission, after, c.marking().Mark(after.ID).Again(), c.wrap)
	if err := s.add(c.questionnaire, before, -1); err != nil {
		return err
	}
	return s.add(c.questionnaire, after, +1)
}

// MayReanswer says whether Reanswer would find the response that a phone keeps
// a receipt and change key of, and its campaign takes answers: one read, for
// pages that offer 重新作答. The reading does not matter.
func (s *Store) MayReanswer(ctx context.Context, r survey.Reanswer) (bool, error) {
	digest := survey.DigestOf(r.Receipt)
	var found []struct {
		Campaign  campaignRow `gorm:"embedded"`
		ChangeKey []byte
	}
	err := s.lookup(ctx).db.Raw(`SELECT k.stage, k.opens, k.closes, r.change_key FROM responses r JOIN campaigns k ON k.id = r.campaign
		WHERE r.campaign = ? AND r.project = ? AND r.receipt = ?`, r.Campaign, r.Project, digest[:]).Scan(&found).Error
	if err != nil {
		return false, fmt.Errorf("reanswer: %w", err)
	}
	return len(found) > 0 && subtle.ConstantTimeCompare(found[0].ChangeKey, r.Change[:]) == 1 &&
		found[0].Campaign.campaign().Accepts(s.now()) == nil, nil
}
