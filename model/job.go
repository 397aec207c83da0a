package model

import (
	"context"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"gorm.io/gorm"

	"meihao/survey"
	"meihao/survey/work"
)

type jobRow struct {
	ID       survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Account  survey.ID
	Kind     string
	Name     string
	Argument string
	Once     *string
	State    work.State
	Stopping bool
	Phase    string
	Done     int
	Total    int
	Result   string
	File     string
	Media    string
	Problem  string
	Tries    int
	Instance survey.ID
	Added    int64
	Started  int64
	Beat     int64
	Ended    int64
}

type jobPartRow struct {
	Job  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Part int       `gorm:"primaryKey;autoIncrement:false"`
	Data []byte
}

// TableName is gorm's question.
func (jobRow) TableName() string { return "jobs" }

// TableName is gorm's question.
func (jobPartRow) TableName() string { return "job_parts" }

// jobView is a job with the user name of its account.
type jobView struct {
	Row jobRow `gorm:"embedded"`
	By  string
}

func (v jobView) job() (work.Job, error) {
	r := v.Row
	j := work.Job{
		ID: r.ID, Account: r.Account, By: v.By, Kind: r.Kind, Name: r.Name, Argument: r.Argument,
		State: r.State, Stop: r.Stopping, Phase: r.Phase, Done: r.Done, Total: r.Total,
		Result: r.Result, File: r.File, Media: r.Media, Tries: r.Tries, Instance: r.Instance,
		Added: moment(r.Added), Started: moment(r.Started), Beat: moment(r.Beat), Ended: moment(r.Ended),
	}
	if r.Once != nil {
		j.Once = *r.Once
	}
	if r.Problem != "" {
		j.Problem = &survey.Error{}
		if err := json.Unmarshal([]byte(r.Problem), j.Problem); err != nil {
			return j, fmt.Errorf("job %s: %w", r.ID, err)
		}
	}
	return j, nil
}

// longestJobName is how much of a name is kept, in characters.
const longestJobName = 120

func rowOfJob(j work.Job) jobRow {
	r := jobRow{ID: j.ID, Account: j.Account, Kind: j.Kind, Name: j.Name, Argument: j.Argument, State: j.State, Added: millis(j.Added)}
	if utf8.RuneCountInString(r.Name) > longestJobName {
		r.Name = string([]rune(r.Name)[:longestJobName-1]) + "…"
	}
	if j.Once != "" {
		r.Once = &j.Once
	}
	return r
}

// problemText keeps what a job failed of; "" where it did not.
func problemText(e *survey.Error) (string, error) {
	if e == nil {
		return "", nil
	}
	text, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("job: %w", err)
	}
	return string(text), nil
}

// seesJob is the condition under which a job is the actor's to see.
func seesJob(actor survey.Actor) (string, []any) {
	if actor.Role == survey.Administrator {
		return "1 = 1", nil
	}
	return "jobs.account = ?", []any{actor.Account}
}

// jobs lists the jobs under a condition.
func (l lookup) jobs(order string, limit int, where string, args ...any) ([]work.Job, error) {
	var views []jobView
	err := l.db.Table("jobs").Select("jobs.*, COALESCE(a.username, '') AS "+"`by`").
		Joins("LEFT JOIN accounts a ON a.id = jobs.account").
		Where(where, args...).Order(order).Limit(limit).Find(&views).Error
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	jobs := make([]work.Job, len(views))
	for i, v := range views {
		if jobs[i], err = v.job(); err != nil {
			return nil, err
		}
	}
	return jobs, nil
}

func (l lookup) job(where string, args ...any) (work.Job, error) {
	jobs, err := l.jobs("jobs.id", 1, where, args...)
	if err == nil && len(jobs) == 0 {
		err = survey.NotFoundError("error.not_found")
	}
	if err != nil {
		return work.Job{}, err
	}
	return jobs[0], nil
}

// Job is one of the actor's jobs, or anybody's for an administrator; NotFound
// otherwise.
func (s *Store) Job(ctx context.Context, actor survey.Actor, id survey.ID) (work.Job, error) {
	where, args := seesJob(actor)
	return s.lookup(ctx).job("jobs.id = ? AND "+where, append([]any{id}, args...)...)
}

// Jobs are the newest of the jobs that the actor sees.
func (s *Store) Jobs(ctx context.Context, actor survey.Actor, limit int) ([]work.Job, error) {
	where, args := seesJob(actor)
	return s.lookup(ctx).jobs("jobs.added DESC, jobs.id", limit, where, args...)
}

// OpenJobs are the jobs that wait or run, oldest first.
func (s *Store) OpenJobs(ctx context.Context, limit int) ([]work.Job, error) {
	return s.lookup(ctx).jobs("jobs.added, jobs.id", limit, "jobs.state IN ?", []work.State{work.Waiting, work.Running})
}

// JobFile is the file that came of a job of the actor's own, whoever the
// actor is: it shows what that account may see.
func (s *Store) JobFile(ctx context.Context, actor survey.Actor, id survey.ID) (work.File, error) {
	l := s.lookup(ctx)
	j, err := l.job("jobs.id = ? AND jobs.account = ? AND jobs.state = ? AND jobs.file <> ''", id, actor.Account, work.Done)
	if err != nil {
		return work.File{}, err
	}
	var parts []jobPartRow
	if err := l.db.Where("job = ?", id).Order("part").Find(&parts).Error; err != nil {
		return work.File{}, fmt.Errorf("job: %w", err)
	}
	file := work.File{Name: j.File, Media: j.Media}
	for _, p := range parts {
		file.Data = append(file.Data, p.Data...)
	}
	return file, nil
}

// onJobs runs f in a transaction. It is no change in the sense of change():
// nothing that counts is changed, no event tells of it, and it waits for no
// import that another instance is writing.
func (s *Store) onJobs(ctx context.Context, f func(tx *gorm.DB) error) error {
	err := s.persist(ctx, func() error { return s.write.WithContext(ctx).Transaction(f) })
	if err != nil && survey.KindOf(err) == survey.Internal {
		return fmt.Errorf("job: %w", err)
	}
	return err
}
