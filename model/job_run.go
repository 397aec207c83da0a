package model

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"meihao/survey"
	"meihao/survey/work"
)

// ClaimJob takes a job for an instance if it is still as was: nobody claimed
// it, and the instance that has it gave no beat. That is decided by one
// conditional UPDATE.
func (s *Store) ClaimJob(ctx context.Context, was work.Job, instance survey.ID) (work.Job, bool, error) {
	mine := false
	err := s.onJobs(ctx, func(tx *gorm.DB) error {
		now := millis(s.now())
		claimed := tx.Model(&jobRow{}).
			Where("id = ? AND state = ? AND instance = ? AND beat = ?", was.ID, was.State, was.Instance, millis(was.Beat)).
			Updates(map[string]any{
				"state": work.Running, "instance": instance, "tries": was.Tries + 1,
				"phase": "", "done": 0, "total": 0, "started": now, "beat": now,
			})
		mine = claimed.RowsAffected == 1
		return claimed.Error
	})
	if err != nil || !mine {
		return work.Job{}, false, err
	}
	j, err := s.freshJob(ctx, was.ID)
	return j, err == nil, err
}

// OwnJob says whether a claimed job is still this claim's, and whether it was
// asked to stop.
func (s *Store) OwnJob(ctx context.Context, j work.Job) (own, stop bool, err error) {
	var rows []jobRow
	if err := s.lookup(ctx).db.Where("id = ?", j.ID).Find(&rows).Error; err != nil {
		return false, false, fmt.Errorf("job: %w", err)
	}
	if len(rows) == 0 {
		return false, false, nil
	}
	return rows[0].State == work.Running && rows[0].Instance == j.Instance, rows[0].Stopping, nil
}

// ofClaim is the row of a job that is still its claim's.
func ofClaim(tx *gorm.DB, j work.Job) *gorm.DB {
	return tx.Model(&jobRow{}).Where("id = ? AND state = ? AND instance = ?", j.ID, work.Running, j.Instance)
}

// BeatJob writes how far a claimed job is, and that its instance lives.
func (s *Store) BeatJob(ctx context.Context, j work.Job) error {
	err := ofClaim(s.write.WithContext(ctx), j).Updates(map[string]any{
		"phase": j.Phase, "done": j.Done, "total": j.Total, "beat": millis(s.now()),
	}).Error
	if err != nil {
		return fmt.Errorf("job: %w", err)
	}
	return nil
}

// EndJob writes the end of a claimed job and its file; nothing if it is
// another's by now.
func (s *Store) EndJob(ctx context.Context, j work.Job, file *work.File) error {
	problem, err := problemText(j.Problem)
	if err != nil {
		return err
	}
	values := map[string]any{
		"state": j.State, "phase": j.Phase, "done": j.Done, "total": j.Total, "result": j.Result,
		"problem": problem, "beat": millis(s.now()), "ended": millis(j.Ended),
	}
	if file != nil {
		values["file"], values["media"] = file.Name, file.Media
	}
	return s.onJobs(ctx, func(tx *gorm.DB) error {
		ended := ofClaim(tx, j).Updates(values)
		if ended.Error != nil || ended.RowsAffected == 0 || file == nil {
			return ended.Error
		}
		part := 0
		for piece := range slices.Chunk(file.Data, uploadPart) {
			if err := tx.Create(&jobPartRow{Job: j.ID, Part: part, Data: piece}).Error; err != nil {
				return err
			}
			part++
		}
		return nil
	})
}

// ReleaseJob lets a claimed job wait again, as if this try had not been; one
// that was asked to stop is cancelled by it.
func (s *Store) ReleaseJob(ctx context.Context, j work.Job) error {
	return s.onJobs(ctx, func(tx *gorm.DB) error {
		return tx.Exec(`UPDATE jobs SET
			state = CASE WHEN stopping = 1 THEN ? ELSE ? END, ended = CASE WHEN stopping = 1 THEN ? ELSE 0 END,
			tries = tries - 1, instance = 0, beat = 0, started = 0, phase = '', done = 0, total = 0
			WHERE id = ? AND state = ? AND instance = ?`,
			work.Cancelled, work.Waiting, millis(s.now()), j.ID, work.Running, j.Instance).Error
	})
}

// sweptAtOnce is how many jobs, or uploads, one transaction removes: their
// files have megabytes, and whoever saves answers waits for it.
const sweptAtOnce = 5

// SweepJobs removes the jobs that are over and were asked for before a time,
// with their files, and the uploads that nobody wants any more: a few in each
// transaction, until nothing is left.
func (s *Store) SweepJobs(ctx context.Context, before time.Time) error {
	for {
		left := false
		err := s.onJobs(ctx, func(tx *gorm.DB) (err error) {
			left, err = s.sweepSome(tx, before)
			return err
		})
		if err != nil || !left {
			return err
		}
	}
}

// sweepSome removes some of what is old and says whether there may be more.
func (s *Store) sweepSome(tx *gorm.DB, before time.Time) (bool, error) {
	uploads, err := removeOldUploads(tx, s.now())
	if err != nil {
		return false, err
	}
	var ids []survey.ID
	err = tx.Model(&jobRow{}).Where("added < ? AND state NOT IN ?", millis(before), []work.State{work.Waiting, work.Running}).
		Limit(sweptAtOnce).Pluck("id", &ids).Error
	if err != nil || len(ids) == 0 {
		return uploads, err
	}
	if err := tx.Where("job IN ?", ids).Delete(&jobPartRow{}).Error; err != nil {
		return false, err
	}
	return uploads || len(ids) == sweptAtOnce, tx.Where("id IN ?", ids).Delete(&jobRow{}).Error
}

// SweepFiles removes the files of a kind's jobs that ended before a time, a
// few in each transaction.
func (s *Store) SweepFiles(ctx context.Context, kind string, before time.Time) error {
	for {
		var ids []survey.ID
		err := s.onJobs(ctx, func(tx *gorm.DB) error {
			err := tx.Model(&jobRow{}).Where("kind = ? AND state = ? AND file <> '' AND ended < ?", kind, work.Done, millis(before)).
				Limit(sweptAtOnce).Pluck("id", &ids).Error
			if err != nil || len(ids) == 0 {
				return err
			}
			if err := tx.Where("job IN ?", ids).Delete(&jobPartRow{}).Error; err != nil {
				return err
			}
			return tx.Model(&jobRow{}).Where("id IN ?", ids).Updates(map[string]any{"file": "", "media": ""}).Error
		})
		if err != nil || len(ids) < sweptAtOnce {
			return err
		}
	}
}
