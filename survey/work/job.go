package work

import (
	"time"

	"meihao/survey"
)

// MostWaiting is how many jobs of one account may wait.
const MostWaiting = 20

// State of a job.
type State string

// The states. A job that waits or runs may still be stopped; Done, Failed and
// Cancelled are its ends.
const (
	Waiting   State = "waiting"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Days is how long a job and its file are kept after it was asked for.
const Days = 7

// Job 任务 is one piece of long work.
type Job struct {
	ID       survey.ID
	Account  survey.ID // who asked for it, and as whom it is done
	By       string    // user name of the account
	Kind     string
	Name     string // what it is about, for people: a file's name, a page's title
	Argument string // what Do needs, in a form of the kind's own
	// Once says what there is only one of: asking for the same Once again is
	// answered with the job there is. "" for what may be asked for many times.
	Once string

	State   State
	Stop    bool          // somebody asked a running job to stop
	Phase   string        // what it is doing, a word of its kind
	Done    int           // of Total
	Total   int           // 0 where nobody can say
	Result  string        // of a done job, in a form of the kind's own
	File    string        // name of the file that came of it, "" for none
	Media   string        // media type of the file
	Problem *survey.Error // of a failed job

	Tries    int       // how often it was begun
	Instance survey.ID // that runs it, 0 for none
	Added    time.Time
	Started  time.Time // zero before
	Beat     time.Time // when the instance that runs it was last heard of
	Ended    time.Time // zero before
}

// Over says that nothing more will come of it.
func (j Job) Over() bool { return j.State != Waiting && j.State != Running }

// Percent is how much is done, 0 to 100; -1 where nobody can say.
func (j Job) Percent() int {
	if j.Total <= 0 || j.Done < 0 {
		return -1
	}
	return 100 * min(j.Done, j.Total) / j.Total
}

// Result is what came of a job.
type Result struct {
	Text string
	File *File // nil for none
}

// File is a file that a job made.
type File struct {
	Name, Media string
	Data        []byte
}

// Progress tells how far a job is: its phase, and so many done of so many,
// total 0 where nobody can say. It never waits.
type Progress func(phase string, done, total int)
