package admin

import (
	"slices"
	"strconv"

	"meihao/survey"
)

// questionSection is a part of the questionnaire with the results of its
// questions.
type questionSection struct {
	Name   string
	Blocks []questionBlock
}

// questionBlock is either several scale questions in a row, which share a
// table, or one question of another kind.
type questionBlock struct {
	Scale  []scaleRow
	Words  []string // of the columns of Scale
	Choice *choiceTable
	Text   *askedRow // free text
}

// askedRow is a question as the page names it.
type askedRow struct {
	survey.QuestionResult
	Text string
	If   *askedIf // nil where everybody is asked
}

// askedIf says of whom a question is asked.
type askedIf struct {
	Parent, Answer string
	Not            bool
}

// scaleRow is a scale question: a bar around the middle of the neutral answer
// and its figures.
type scaleRow struct {
	askedRow
	Parts []scalePart // of n, in the order of the options
	Axis  float64     // where the bar's axis is, of 100
}

// scalePart is an answer to a scale question. Place and width are of 100.
type scalePart struct {
	scaleWord
	Count    int64
	Share    string
	X, Width float64
}

// scaleWord is an answer in its word and colour (UX "Look"): 5 is the best.
type scaleWord struct {
	Word  string
	Shade int
}

// choiceTable is a question with options that are in no order.
type choiceTable struct {
	askedRow
	Of   int64 // what the shares are of: n, of a multiple choice all answer sheets
	Rows []choiceRow
}

type choiceRow struct {
	Word  string
	Count int64
	Share string
	Width float64 // of 100
}

// drawing makes rows of results, in one language and on one axis.
type drawing struct {
	pick func(zh, en string) string
	axis axis
}

// axis is how far the bars of a page reach to both sides, as shares of n.
type axis struct{ left, right float64 }

// at is where a share that far right of the middle is, of 100.
func (a axis) at(share float64) float64 { return 100 * (a.left + share) / (a.left + a.right) }

// axisOf has room for the longest bars, so that all of a page can be compared.
func axisOf(results []survey.QuestionResult) axis {
	a := axis{0.1, 0.1}
	for _, r := range results {
		if r.SeesRate() {
			left, right := reachOf(r)
			a.left, a.right = max(a.left, left), max(a.right, right)
		}
	}
	return a
}

// reachOf is how far a bar reaches to the left (satisfied, best first as on the
// form) and to the right of the middle of the neutral answers.
func reachOf(r survey.QuestionResult) (left, right float64) {
	for i, count := range r.Counts {
		share := float64(count) / float64(*r.Answered)
		switch r.Question.Options[i].Counts {
		case "satisfied":
			left += share
		case "neutral":
			left, right = left+share/2, right+share/2
		case "dissatisfied":
			right += share
		}
	}
	return left, right
}

// shades gives the answers in n their colours, best first; 0 to the others.
func shades(one *survey.Question) []int {
	list := make([]int, len(one.Options))
	good, last := 0, -1
	for i, o := range one.Options {
		switch o.Counts {
		case "satisfied":
			list[i] = max(4, 5-good)
			good++
		case "neutral":
			list[i] = 3
		case "dissatisfied":
			list[i], last = 2, i
		}
	}
	if last >= 0 {
		list[last] = 1
	}
	return list
}

// scaleWords are the answers of the first scale question, for the legend.
func (d drawing) scaleWords(q *survey.Questionnaire) []scaleWord {
	for i := range q.Questions {
		if one := &q.Questions[i]; one.Type == survey.Scale {
			return d.wordsOf(one)
		}
	}
	return nil
}

func (d drawing) wordsOf(one *survey.Question) []scaleWord {
	var words []scaleWord
	for i, shade := range shades(one) {
		if shade > 0 {
			words = append(words, scaleWord{d.pick(one.Options[i].ZH, one.Options[i].EN), shade})
		}
	}
	return words
}

// sections puts the results of one base into the questionnaire's sections.
func (d drawing) sections(q *survey.Questionnaire, results []survey.QuestionResult) []questionSection {
	byID := map[string]survey.QuestionResult{}
	for _, r := range results {
		byID[r.Question.ID] = r
	}
	var list []questionSection
	for _, s := range q.Sections {
		section := questionSection{Name: d.pick(s.ZH, s.EN)}
		for _, id := range s.Questions {
			section.add(d, d.asked(q, byID[id]))
		}
		list = append(list, section)
	}
	return list
}

// asked names a question and of whom it is asked.
func (d drawing) asked(q *survey.Questionnaire, r survey.QuestionResult) askedRow {
	one := r.Question
	row := askedRow{QuestionResult: r, Text: d.pick(one.ZH, one.EN)}
	if parent := q.Question(one.ShowIf.Parent); parent != nil {
		row.If = &askedIf{Parent: d.pick(parent.ZH, parent.EN), Not: one.ShowIf.Not}
		for _, o := range parent.Options {
			if o.Code == one.ShowIf.Code {
				row.If.Answer = d.pick(o.ZH, o.EN)
			}
		}
	}
	return row
}

func (s *questionSection) add(d drawing, row askedRow) {
	switch row.Question.Type {
	case survey.Text:
		s.Blocks = append(s.Blocks, questionBlock{Text: &row})
	case survey.Scale:
		scale, words := d.scale(row), []string(nil)
		for _, w := range d.wordsOf(row.Question) {
			words = append(words, w.Word)
		}
		if last := len(s.Blocks) - 1; last >= 0 && slices.Equal(s.Blocks[last].Words, words) {
			s.Blocks[last].Scale = append(s.Blocks[last].Scale, scale)
			return
		}
		s.Blocks = append(s.Blocks, questionBlock{Scale: []scaleRow{scale}, Words: words})
	default:
		s.Blocks = append(s.Blocks, questionBlock{Choice: d.choice(row)})
	}
}

func (d drawing) scale(row askedRow) scaleRow {
	s := scaleRow{askedRow: row, Axis: d.axis.at(0)}
	if row.Counts == nil {
		return s
	}
	x := s.Axis
	if row.SeesRate() {
		left, _ := reachOf(row.QuestionResult)
		x = d.axis.at(-left)
	}
	for i, shade := range shades(row.Question) {
		if shade == 0 {
			continue
		}
		o, count := row.Question.Options[i], row.Counts[i]
		part := scalePart{scaleWord: scaleWord{d.pick(o.ZH, o.EN), shade}, Count: count, Share: survey.Rate(count, *row.Answered), X: x}
		if row.SeesRate() {
			part.Width = d.axis.at(float64(count)/float64(*row.Answered)) - d.axis.at(0)
		}
		x += part.Width
		s.Parts = append(s.Parts, part)
	}
	return s
}

func (d drawing) choice(row askedRow) *choiceTable {
	t := &choiceTable{askedRow: row}
	if row.Counts == nil {
		return t
	}
	if t.Of = *row.Responses; row.Answered != nil {
		t.Of = *row.Answered
	}
	for i, count := range row.Counts {
		o := row.Question.Options[i]
		r := choiceRow{Word: d.pick(o.ZH, o.EN), Count: count, Share: survey.Rate(count, t.Of)}
		if t.Of > 0 {
			r.Width = 100 * float64(count) / float64(t.Of)
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// Multi says whether several answers could be chosen.
func (t choiceTable) Multi() bool { return t.Question.Type == survey.Multi }

// number is a place in a list as it stands in a picture.
func number(i int) string { return strconv.Itoa(i + 1) }
