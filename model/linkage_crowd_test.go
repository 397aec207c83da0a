package model_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
)

// resident is one of a crowd: whose, and in which place of it they came.
type resident struct{ crowd, arrival int }

// crowd is what the adversary saw, and the truth about what is stored: who is
// behind each mark.
type crowd struct {
	responses, changes, claims, comments map[string]resident // by the bytes that are stored
	again                                map[resident]bool   // who answered again
}

// actor is a resident with what their phone holds.
type actor struct {
	resident
	survey.Submission
	comment string // the one that counts
}

// stairwell is where the crowds of one campaign are seen coming.
type stairwell struct {
	*modeltest.World
	*rand.Rand
	seen crowd
	came []*actor
}

// answers has the crowds come, two at a time at two buildings of a campaign:
// one after the other, a minute apart, and every now and then somebody who
// was there answers again.
func answers(w *modeltest.World) crowd {
	w.T.Helper()
	s := stairwell{World: w, Rand: rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())), seen: crowd{
		map[string]resident{}, map[string]resident{}, map[string]resident{}, map[string]resident{}, map[resident]bool{},
	}}
	for number := range crowds / 2 {
		campaign := w.OpenCampaign(w.Draft(nil))
		s.came = nil
		var queues [2][]modeltest.Answer
		for building := range queues {
			poster := w.PosterOf(campaign, w.Project.Buildings[building])
			for _, home := range s.Perm(inCrowd) {
				queues[building] = append(queues[building], w.AnswerAt(poster, home).Rate(1+s.IntN(5)).
					Key(fmt.Sprintf("key-%016x", s.Uint64())).Comment(s.comment()))
			}
		}
		for arrival := range inCrowd {
			w.Clock.Add(time.Minute)
			first := s.IntN(2)
			s.come(2*number, arrival, [2]int{first, 1 - first}, queues)
			s.comeBack()
		}
	}
	return s.seen
}

func (s *stairwell) comment() string { return fmt.Sprintf("comment %016x", s.Uint64()) }

// come saves those who came together, as the desk does.
func (s *stairwell) come(number, arrival int, order [2]int, queues [2][]modeltest.Answer) {
	s.T.Helper()
	var group []survey.Submission
	for _, building := range order {
		one, who := queues[building][arrival].Submission(), resident{number + building, arrival}
		digest := survey.DigestOf(one.Receipt)
		s.seen.responses[string(digest[:])], s.seen.changes[string(one.Change[:])] = who, who
		s.seen.claims[string(one.Claim[:])], s.seen.comments[one.Comment] = who, who
		s.came = append(s.came, &actor{who, one, one.Comment})
		group = append(group, one)
	}
	saved, err := s.Store.SaveResponses(s.Ctx(), group)
	s.Must(err)
	for _, one := range saved {
		s.Must(one.Err)
	}
}

// comeBack has one of three minutes' passers-by answer again.
func (s *stairwell) comeBack() {
	s.T.Helper()
	one := s.came[s.IntN(len(s.came))]
	if s.IntN(3) > 0 || s.seen.again[one.resident] {
		return
	}
	delete(s.seen.comments, one.comment)
	one.comment = s.comment()
	s.seen.comments[one.comment], s.seen.again[one.resident] = one.resident, true
	q, err := s.Store.Questionnaire(s.Ctx(), s.Campaign.Questionnaire)
	s.Must(err)
	reading, err := q.ReadAgain(map[string][]string{"Q1": {fmt.Sprint(1 + s.IntN(5))}, "Q16": {one.comment}})
	s.Must(err)
	s.Must(s.Store.Reanswer(s.Ctx(), survey.Reanswer{
		Campaign: one.Submission.Campaign, Project: one.Project, Receipt: one.Receipt, Change: one.Change, Reading: reading,
	}))
}

// pretended are crowds of whom nothing is stored.
func pretended() crowd {
	seen := crowd{responses: map[string]resident{}, again: map[resident]bool{}}
	for i := range crowds * inCrowd {
		who := resident{i / inCrowd, i % inCrowd}
		digest := survey.DigestOf(fmt.Sprint(rand.Uint64(), who))
		seen.responses[string(digest[:])], seen.again[who] = who, rand.IntN(4) == 0
	}
	return seen
}
