package model

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"meihao/survey"
	"meihao/survey/work"
)

// AddJob keeps a job of the actor's that waits. Where the actor has one of
// the same Once that one comes back, as work.Store says.
func (s *Store) AddJob(ctx context.Context, actor survey.Actor, j work.Job, stale time.Time) (work.Job, error) {
	j.Account, j.State = actor.Account, work.Waiting
	err := s.onJobs(ctx, func(tx *gorm.DB) error {
		j.ID, j.Added = newID(), s.now()
		row := rowOfJob(j)
		err := mayWait(tx, actor.Account)
		if err == nil {
			err = tx.Create(&row).Error
		} else if row.Once != nil { // unless it is there already
			if id, joined := s.joinJob(tx, actor, j.Once, stale); joined == nil {
				j.ID, err = id, nil
			}
		}
		if errors.Is(err, gorm.ErrDuplicatedKey) && row.Once != nil {
			j.ID, err = s.joinJob(tx, actor, j.Once, stale)
		}
		return err
	})
	if err != nil {
		return work.Job{}, err
	}
	return s.freshJob(ctx, j.ID)
}

// joinJob finds the job that there is only one of, and lets it wait again
// where it came to nothing or is too old.
func (s *Store) joinJob(tx *gorm.DB, actor survey.Actor, once string, stale time.Time) (survey.ID, error) {
	there, err := s.lookupIn(tx).job("jobs.once = ? AND jobs.account = ?", once, actor.Account)
	if err != nil {
		return 0, err
	}
	old := there.State == work.Done && there.Ended.Before(stale)
	if there.State == work.Failed || there.State == work.Cancelled || old {
		return there.ID, s.renewJob(tx, there)
	}
	return there.ID, nil
}

// mayWait refuses one more job of an account that has enough of them waiting.
func mayWait(tx *gorm.DB, account survey.ID) error {
	var waiting int64
	err := tx.Model(&jobRow{}).Where("account = ? AND state = ?", account, work.Waiting).Count(&waiting).Error
	if err == nil && waiting >= work.MostWaiting {
		err = survey.Fail(survey.Conflict, "error.work.many", "N", work.MostWaiting)
	}
	return err
}

// renewJob lets a job that is over wait as if it were new; if somebody else
// did so first there is nothing to do.
func (s *Store) renewJob(tx *gorm.DB, j work.Job) error {
	if err := mayWait(tx, j.Account); err != nil {
		return err
	}
	done := tx.Model(&jobRow{}).Where("id = ? AND state = ?", j.ID, j.State).Updates(map[string]any{
		"state": work.Waiting, "stopping": false, "phase": "", "done": 0, "total": 0, "result": "", "file": "", "media": "",
		"problem": "", "tries": 0, "instance": 0, "added": millis(s.now()), "started": 0, "beat": 0, "ended": 0,
	})
	if done.Error != nil || done.RowsAffected == 0 {
		return done.Error
	}
	return tx.Where("job = ?", j.ID).Delete(&jobPartRow{}).Error
}

// AgainJob lets a failed or cancelled job of the actor's wait once more.
func (s *Store) AgainJob(ctx context.Context, actor survey.Actor, id survey.ID) (work.Job, error) {
	err := s.onJobs(ctx, func(tx *gorm.DB) error {
		there, err := s.lookupIn(tx).job("jobs.id = ? AND jobs.account = ?", id, actor.Account)
		if err != nil {
			return err
		}
		if there.State != work.Failed && there.State != work.Cancelled {
			return survey.Fail(survey.Conflict, "error.work.not_over")
		}
		return s.renewJob(tx, there)
	})
	if err != nil {
		return work.Job{}, err
	}
	return s.freshJob(ctx, id)
}

// freshJob reads a job where it was just written: another node of a cluster
// may not know of it yet.
func (s *Store) freshJob(ctx context.Context, id survey.ID) (work.Job, error) {
	return s.lookupIn(s.write.WithContext(ctx)).job("jobs.id = ?", id)
}

// StopJob cancels a job that waits and asks one that runs to stop. That
// somebody stopped another account's work is recorded; the event comes after
// the stop and not with it, as it may have to wait for the very import that
// is to end, and it comes even if whoever asked has gone by then.
func (s *Store) StopJob(ctx context.Context, actor survey.Actor, id survey.ID) error {
	j, err := s.stopJob(ctx, actor, id)
	if err != nil || j.Account == actor.Account {
		return err
	}
	return s.change(context.WithoutCancel(ctx), actor, func(c *change) error {
		return c.record("work.stopped", object("job", id), "", detail{"account": j.By, "kind": j.Kind, "name": j.Name})
	})
}

// stopJob stops a job and is the job as it was before.
func (s *Store) stopJob(ctx context.Context, actor survey.Actor, id survey.ID) (work.Job, error) {
	where, args := seesJob(actor)
	var j work.Job
	err := s.onJobs(ctx, func(tx *gorm.DB) error {
		var err error
		if j, err = s.lookupIn(tx).job("jobs.id = ? AND "+where, append([]any{id}, args...)...); err != nil {
			return err
		}
		// MySQL sets one after the other: the state comes last, which the
		// others depend on.
		stopped := tx.Exec(`UPDATE jobs SET stopping = 1,
			ended = CASE WHEN state = ? THEN ? ELSE ended END,
			state = CASE WHEN state = ? THEN ? ELSE state END
			WHERE id = ? AND state IN (?, ?)`,
			work.Waiting, millis(s.now()), work.Waiting, work.Cancelled, id, work.Waiting, work.Running)
		if stopped.Error == nil && stopped.RowsAffected == 0 {
			return survey.Fail(survey.Conflict, "error.work.over")
		}
		return stopped.Error
	})
	return j, err
}
