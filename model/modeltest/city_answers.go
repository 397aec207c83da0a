package modeltest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"

	"meihao/survey"
)

// In a thousand answers of a city so many are sent twice.
const retries = 10

// add draws the next so many answers of a project.
func (g *cityGroup) add(s *sheets, p *cityProject, count int) {
	for range count {
		building, unit, room := p.home(p.answered)
		sheet := s.draw(p)
		one := p.submission(sheet, building, unit, room, p.answered)
		p.answered++
		g.submissions = append(g.submissions, one)
		g.fresh++
		switch n := p.chance.IntN(1000); {
		case n < retries:
			g.submissions = append(g.submissions, one)
		case n < retries+p.refused:
			g.submissions = append(g.submissions, p.submission(sheet, building, unit, room, -p.answered))
		}
	}
}

// submission is one home's answer as the gate makes it; number makes the
// submission key.
func (p *cityProject) submission(sheet answerSheet, building int, unit, room string, number int) survey.Submission {
	at := p.poster.Project.Buildings[building].ID
	claim := p.poster.Key.HouseholdClaim(at, unit, room)
	secrets := p.poster.Key.Secrets(p.poster.Tag, "city-"+p.number+"-"+strconv.Itoa(number), claim, sheet.bases)
	one := survey.Submission{
		Campaign: p.poster.Campaign.ID, Project: p.poster.Project.ID, Poster: p.poster.Code, Bases: sheet.bases, Group: p.poster.GroupOf(at),
		Lane: survey.RoomLane, Claim: claim, Receipt: secrets.Receipt, Change: survey.DigestOf(secrets.Change), Answers: sheet.answers,
	}
	if p.chance.Float64() < p.commenting {
		one.Comment = comment(sheet.mood, p.chance)
	}
	return one
}

// sheets are filled-in questionnaires, many for each mood and relation: a
// city of ten million draws from them instead of reading each anew.
type sheets struct {
	byMood [][]answerSheet // by overall option, the last without an answer
	counts []string        // of the overall options: "satisfied", …
}

type answerSheet struct {
	mood    int // of the overall option, from 0; the number of options for none
	bases   survey.Bases
	answers string
}

// sheetsOfMood is how many there are of each mood.
const sheetsOfMood = 400

// newSheets draws them. Who answers agrees with himself: the other scales are
// within an option of the overall answer.
func newSheets(q *survey.Questionnaire, seed uint64) (*sheets, error) {
	overall := q.Role(survey.OverallRole)
	s := &sheets{byMood: make([][]answerSheet, len(overall.Options)+1)}
	for _, o := range overall.Options {
		s.counts = append(s.counts, o.Counts)
	}
	chance := rand.New(rand.NewPCG(seed, 1<<40))
	for mood := range s.byMood {
		for range sheetsOfMood {
			reading, err := q.Read(sheetValues(q, mood, chance))
			if err != nil {
				return nil, fmt.Errorf("a drawn sheet: %w", err)
			}
			one := answerSheet{mood, q.Bases(reading), q.Pack(reading)}
			if one.bases == 0 {
				return nil, errors.New("a drawn sheet belongs to no base")
			}
			s.byMood[mood] = append(s.byMood[mood], one)
		}
	}
	return s, nil
}

// relations are who answers and whether he lives there, as often as listed.
func relations() [][2]string {
	return [][2]string{
		{"OWNER", "Y"}, {"OWNER", "Y"}, {"OWNER", "Y"}, {"OWNER", "Y"}, {"CO_OWNER", "Y"},
		{"OWNER", "N"}, {"FAMILY", "Y"}, {"FAMILY", "Y"}, {"TENANT", "Y"}, {"TENANT", "Y"},
	}
}

func sheetValues(q *survey.Questionnaire, mood int, chance *rand.Rand) map[string][]string {
	relation := relations()[chance.IntN(len(relations()))]
	values := map[string][]string{}
	for _, one := range q.Questions {
		options := len(one.Options)
		switch {
		case one.Role == survey.RelationRole:
			values[one.ID] = relation[:1]
		case one.Role == survey.ResidenceRole:
			values[one.ID] = relation[1:]
		case one.Role == survey.OverallRole:
			if mood < options {
				values[one.ID] = []string{one.Options[mood].Code}
			}
		case options == 0 || chance.IntN(8) == 0: // the comment, or left blank
		case one.Type == survey.Scale:
			at := chance.IntN(options)
			if scale := len(q.Role(survey.OverallRole).Options); chance.IntN(12) > 0 && mood < scale { // else anything, don't know too
				at = min(scale-1, max(0, mood+chance.IntN(3)-1))
			}
			values[one.ID] = []string{one.Options[at].Code}
		default:
			values[one.ID] = []string{one.Options[chance.IntN(options)].Code}
		}
	}
	return values
}

// draw is the sheet of the next one who answers.
func (s *sheets) draw(p *cityProject) answerSheet {
	n := p.chance.Float64()
	counts := "satisfied"
	switch {
	case n < p.silent:
		return pick(s.byMood[len(s.counts)], p.chance)
	case p.chance.Float64() < p.satisfied:
	case p.chance.IntN(2) == 0:
		counts = "neutral"
	default:
		counts = "dissatisfied"
	}
	for {
		mood := p.chance.IntN(len(s.counts))
		if s.counts[mood] == counts || !slices.Contains(s.counts, counts) {
			return pick(s.byMood[mood], p.chance)
		}
	}
}

func pick(list []answerSheet, chance *rand.Rand) answerSheet { return list[chance.IntN(len(list))] }

// comment is what somebody in a mood writes; hardly two are the same.
func comment(mood int, chance *rand.Rand) string {
	what := [][]string{
		{"保洁很及时，门岗师傅也很热心", "这几年小区变化大，绿化养护得好", "报修当天就有人来，谢谢物业", "希望多装几个充电桩，其他都满意"},
		{"电梯经常坏，维修太慢，希望尽快更换", "停车收费不公开，地面车位不够用", "绿化没人管，垃圾清运也不及时", "楼道堆物多，消防通道被占，报了几次没人管"},
	}[min(mood/2, 1)]
	return fmt.Sprintf("%s。去年反映过%d次，今年%d月又说了一回。", what[chance.IntN(len(what))], chance.IntN(40), 1+chance.IntN(12))
}
