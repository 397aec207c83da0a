package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"meihao/model"
	"meihao/survey"
	"meihao/survey/intake"
)

// home is one home of a demo building.
type home struct{ unit, room string }

// homes lists a building's homes, unit by unit and floor by floor.
func (b demoBuilding) homes() []home {
	var list []home
	for u := 1; u <= max(b.units, 1); u++ {
		unit := ""
		if b.units > 0 {
			unit = strconv.Itoa(u)
		}
		for floor := 1; floor <= b.floors; floor++ {
			for n := 1; n <= homesOnFloor; n++ {
				list = append(list, home{unit, fmt.Sprintf("%d%02d", floor, n)})
			}
		}
	}
	return list
}

// demoDays is for how many days the demo's campaign has been open.
const demoDays = 6

// demoClock is the machine's clock some days ago: answers of a campaign come
// day by day.
type demoClock struct {
	now time.Time
	day int // 0 is today, -1 yesterday
}

func (c *demoClock) read() time.Time { return c.on(c.day) }

// on is the same hour on another day, 0 for today.
func (c *demoClock) on(day int) time.Time { return c.now.AddDate(0, 0, day) }

// answerDemo prints the posters, generates the answers through the gate and
// returns the demo poster with the homes of its building that are still free.
func (c *console) answerDemo(store *model.Store, campaign survey.Campaign, clock *demoClock) (string, []demoRoom, error) {
	places, err := store.Posters(c.ctx, survey.CityScope(), campaign.ID)
	if err != nil {
		return "", nil, err
	}
	codes, hung := map[string]string{}, []string{}
	for _, p := range places {
		codes[p.Project.Name+" "+p.Building.Name] = p.Code
		if p.Project.Name+" "+p.Building.Name != demoForgotten {
			hung = append(hung, p.Code)
		}
	}
	if err := store.MarkPrinted(c.ctx, operator(), campaign.ID, hung); err != nil {
		return "", nil, err
	}
	chance := rand.New(rand.NewPCG(2023, 232))
	for i, p := range demoProjects() {
		if err := c.answerProject(store, clock, p, i == 0, codes, chance); err != nil {
			return "", nil, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	first := demoProjects()[0]
	var free []demoRoom
	for _, h := range first.buildings[0].homes() {
		if unit, _ := strconv.Atoi(h.unit); unit <= freeUnits {
			free = append(free, demoRoom{h.unit, h.room})
		}
	}
	return codes[first.name+" "+first.buildings[0].name], free, nil
}

// answerProject saves a project's generated answers, those of a day in one
// group, and how often its posters were opened for them.
func (c *console) answerProject(store *model.Store, clock *demoClock, p demoProject, keepFree bool, codes map[string]string, chance *rand.Rand) error {
	type lobby struct {
		home
		code string
	}
	var all []lobby
	for n, b := range p.buildings {
		for _, h := range b.homes() {
			if unit, _ := strconv.Atoi(h.unit); (!keepFree || n > 0 || unit > freeUnits) && p.name+" "+b.name != demoForgotten {
				all = append(all, lobby{h, codes[p.name+" "+b.name]})
			}
		}
	}
	chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	opened := map[string]survey.Poster{}
	for day := -demoDays; day <= 0; day++ {
		clock.day = day
		var group []survey.Submission
		opens := map[string]int64{}
		for i, l := range all[:p.answers] {
			if p.dayOf(i) != day {
				continue
			}
			place, known := opened[l.code]
			if !known {
				var err error
				if place, err = store.Poster(c.ctx, l.code); err != nil {
					return err
				}
				opened[l.code] = place
			}
			submission, err := c.generated(c.ctx, store, place, l.home, p, chance)
			if err != nil {
				return err
			}
			group, opens[l.code] = append(group, submission), opens[l.code]+1+int64(i%3/2)
		}
		saved, err := store.SaveResponses(c.ctx, group)
		for _, s := range saved {
			err = errors.Join(err, s.Err)
		}
		if err = errors.Join(err, store.AddOpens(c.ctx, opens, clock.read())); err != nil {
			return err
		}
	}
	return nil
}

// dayOf is the day of a project's answer, 0 for today: most come first, and
// where few come they soon stop.
func (p demoProject) dayOf(i int) int {
	share := []int{30, 50, 65, 76, 86, 94, 100} // of a hundred, up to each day
	if p.fades {
		share = []int{50, 80, 96, 100}
	}
	for day, most := range share {
		if 100*i < most*p.answers {
			return day - demoDays
		}
	}
	return 0
}

func (c *console) generated(ctx context.Context, store *model.Store, place survey.Poster, h home, p demoProject, chance *rand.Rand) (survey.Submission, error) {
	q, err := store.Questionnaire(ctx, place.Campaign.Questionnaire)
	if err != nil {
		return survey.Submission{}, err
	}
	return intake.Admit(place, q, intake.Request{Key: demoKey(), Unit: h.unit, Room: h.room, Values: p.values(q, chance)}, c.now())
}

// values are one made-up household's answers: the mood of the compound in the
// overall question and, loosely, in the aspects.
func (p demoProject) values(q *survey.Questionnaire, chance *rand.Rand) map[string][]string {
	v := map[string][]string{}
	relation := [][2]string{{"OWNER", "Y"}, {"OWNER", "Y"}, {"OWNER", "Y"}, {"CO_OWNER", "Y"}, {"OWNER", "N"}, {"FAMILY", "Y"}, {"TENANT", "Y"}}[chance.IntN(7)]
	mood := p.mood(chance)
	for _, one := range q.Questions {
		switch {
		case one.Role == survey.RelationRole:
			v[one.ID] = []string{relation[0]}
		case one.Role == survey.ResidenceRole:
			v[one.ID] = []string{relation[1]}
		case one.Role == survey.OverallRole:
			v[one.ID] = []string{strconv.Itoa(mood)}
		case one.Role == survey.CommentRole:
			if chance.IntN(12) == 0 {
				v[one.ID] = []string{demoComments(mood)[chance.IntN(3)]}
			}
		case chance.IntN(4) == 0: // left blank
		case one.Type == survey.Scale:
			v[one.ID] = []string{strconv.Itoa(min(5, max(1, mood+chance.IntN(3)-1)))}
		default:
			v[one.ID] = []string{one.Options[chance.IntN(len(one.Options))].Code}
		}
	}
	return v
}

// mood is the answer to the overall question, 5 very satisfied to 1.
func (p demoProject) mood(chance *rand.Rand) int {
	switch n := chance.IntN(1000); {
	case n < p.satisfied:
		return 4 + chance.IntN(2)
	case n < p.satisfied+p.dissatisfied:
		return 1 + chance.IntN(2)
	}
	return 3
}

// demoComments are three things people say in a mood.
func demoComments(mood int) []string {
	if mood >= 4 {
		return []string{"保洁很及时，谢谢。", "门岗师傅很热心。", "希望多一些充电桩。"}
	}
	return []string{"电梯经常坏，维修太慢。", "停车收费不公开。", "绿化没人管。"}
}
