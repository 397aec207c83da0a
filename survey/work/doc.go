// Package work is long work that goes on without its page, as planning and
// applying an import. What is asked for becomes a Job in the store; a Runner
// in each instance takes jobs that wait, two at a time, and whoever asked may
// leave the page and find the job again.
//
// A kind of work is registered once, before the runner runs:
//
//	runner.Handle(work.Kind{Name: "import", Tries: 3, Do: func(ctx context.Context, j work.Job, progress work.Progress) (work.Result, error) {
//		progress("writing", 4000, 8000) // as often as one likes, it costs nothing
//		return work.Result{Text: `{"added":8000}`}, nil
//	}})
//
// and asked for by a handler:
//
//	job, err := runner.Start(ctx, actor, work.Job{Kind: "import", Name: "register.xlsx", Argument: upload, Once: "import " + upload})
//	job, err = runner.Await(ctx, actor, job.ID, 700*time.Millisecond)
//
// What Do must keep: everything it needs is in the job's argument and in the
// store, because another instance may have to begin it again (Tries times at
// most) after one that died; it ends soon when ctx does; it acts for the
// job's account, as that account is now; it writes nothing about residents
// into the job. A Result may carry a File: it is kept in parts beside the
// job, for Days.
//
// Progress lives in the memory of the instance that runs the job and is
// written to its row about once a second, where the store has time for it: a
// beat that would have to wait is left out. A running job whose last beat is
// older than Options.Dead belonged to an instance that is gone.
package work
