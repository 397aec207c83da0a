package work

import (
	"context"
	"time"

	"meihao/survey"
)

// Store keeps jobs. Whoever asks for one sees their own; an administrator
// sees everybody's. What is not theirs is survey.NotFound.
type Store interface {
	// AddJob keeps a job of the actor's that waits, under a new id. Where the
	// actor has one of the same Once, that one comes back: as it is while it
	// waits, runs or is done, and waiting anew where it failed, was cancelled
	// or was done before stale (zero for never). Another's is NotFound. An
	// account with MostWaiting jobs that wait is a Conflict.
	AddJob(ctx context.Context, actor survey.Actor, j Job, stale time.Time) (Job, error)
	// Job is one job, Jobs the newest ones first.
	Job(ctx context.Context, actor survey.Actor, id survey.ID) (Job, error)
	Jobs(ctx context.Context, actor survey.Actor, limit int) ([]Job, error)
	// JobFile is the file that came of the actor's own job.
	JobFile(ctx context.Context, actor survey.Actor, id survey.ID) (File, error)
	// StopJob cancels a job that waits and asks one that runs to stop; one
	// that is over is a Conflict.
	StopJob(ctx context.Context, actor survey.Actor, id survey.ID) error
	// AgainJob lets a failed or cancelled job of the actor's wait once more;
	// another state is a Conflict.
	AgainJob(ctx context.Context, actor survey.Actor, id survey.ID) (Job, error)

	// OpenJobs are the jobs that wait or run, oldest first, at most limit.
	OpenJobs(ctx context.Context, limit int) ([]Job, error)
	// ClaimJob takes a job for an instance if it is still as was: false if
	// somebody else took it.
	ClaimJob(ctx context.Context, was Job, instance survey.ID) (Job, bool, error)
	// OwnJob looks a claimed job up: whether it is still this claim's, and
	// whether it was asked to stop. It only reads.
	OwnJob(ctx context.Context, j Job) (own, stop bool, err error)
	// BeatJob writes how far a claimed job is, and that its instance lives.
	BeatJob(ctx context.Context, j Job) error
	// EndJob writes the end of a claimed job (State, Result, Problem) and its
	// file; nothing if it is another's by now.
	EndJob(ctx context.Context, j Job, file *File) error
	// ReleaseJob lets a claimed job wait again, as if this try had not been.
	ReleaseJob(ctx context.Context, j Job) error
	// SweepJobs removes what was asked for before a time, and is over.
	SweepJobs(ctx context.Context, before time.Time) error
	// SweepFiles removes the files of a kind's jobs that ended before a time;
	// the jobs stay, without a file.
	SweepFiles(ctx context.Context, kind string, before time.Time) error
}
