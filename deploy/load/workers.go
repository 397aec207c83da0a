package main

import (
	"context"
	"crypto/rand"
	"errors"
	mathrand "math/rand/v2"
	"sync/atomic"

	"meihao/survey"
	"meihao/survey/intake"
)

// visitor asks a server for one thing at posters drawn at random.
type visitor struct {
	*client
	visit
	chance *mathrand.Rand
	buffer []byte
}

// visit is what the visitors of one series have in common.
type visit struct {
	requests []request
	lobbies  []survey.PosterPlace
	letter   byte          // no two series answer for the same home
	number   *atomic.Int64 // nor two requests of one
	want     int           // status of a success
}

func (v visit) begin(address string) func(context.Context) (worker, error) {
	return func(ctx context.Context) (worker, error) {
		c, err := dial(ctx, address)
		if err != nil {
			return nil, err
		}
		return &visitor{client: c, visit: v, chance: newChance()}, nil
	}
}

func newChance() *mathrand.Rand {
	return mathrand.New(mathrand.NewPCG(mathrand.Uint64(), mathrand.Uint64()))
}

func (v *visitor) once(context.Context) (bool, error) {
	one := v.requests[v.chance.IntN(len(v.requests))]
	code := v.lobbies[v.chance.IntN(len(v.lobbies))].Code
	v.buffer = one.fill(v.buffer, code, v.letter, v.number.Add(1), v.chance)
	status, err := v.ask(v.buffer)
	return status == v.want, err
}

func (v *visitor) close() error { return v.conn.Close() }

// teller hands submissions straight to a desk, without HTTP and gate.
type teller struct {
	desk        *intake.Desk
	submissions []survey.Submission
	lobbies     []survey.PosterPlace
	chance      *mathrand.Rand
}

func (t teller) begin(context.Context) (worker, error) {
	t.chance = newChance()
	return &t, nil
}

func (t *teller) once(ctx context.Context) (bool, error) {
	at := t.chance.IntN(len(t.lobbies))
	one := t.submissions[t.chance.IntN(len(t.submissions))]
	one.Project, one.Poster, one.Group = t.lobbies[at].Project.ID, t.lobbies[at].Code, 1+at%buildingCount
	_, _ = rand.Read(one.Claim[:]) // never fails (crypto/rand)
	_, _ = rand.Read(one.Change[:])
	one.Receipt = rand.Text()[:survey.ReceiptLength]
	saved := t.desk.Submit(ctx, one)
	if survey.KindOf(saved.Err) == survey.Busy {
		return false, nil
	}
	return saved.Err == nil, saved.Err
}

func (t *teller) close() error { return nil }

// submissions are the sheets as the gate would make them, but for what each
// use draws anew, and without comments: what they weigh is compared with a
// goal that leaves comments out.
func submissions(campaign survey.ID, q *survey.Questionnaire, sheets []sheet) ([]survey.Submission, error) {
	list := make([]survey.Submission, len(sheets))
	for i, s := range sheets {
		reading, err := q.Read(s.values)
		if err != nil {
			return nil, err
		}
		list[i] = survey.Submission{Campaign: campaign, Bases: q.Bases(reading), Lane: survey.RoomLane, Answers: q.Pack(reading)}
		if list[i].Bases == 0 {
			return nil, errors.New("a sheet belongs to no base")
		}
	}
	return list, nil
}
