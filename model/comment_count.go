package model

import (
	"math"
	"strings"

	"meihao/survey"
)

// sampledProjects is how many projects a sample of comments is taken from at
// most.
const sampledProjects = 800

// count counts the themes: of all comments where they are few, else of a
// sample of them, by their ids, which are random.
func (r *reading) count() error {
	some, responses := r.sampled()
	if len(some) == 0 {
		return nil
	}
	counts := &r.page.Themes
	counts.Sample = len(some) < len(r.projects)
	where, args := "campaign = ? AND project IN (?"+strings.Repeat(", ?", len(some)-1)+")", []any{r.campaign}
	for _, id := range some {
		args = append(args, id)
	}
	if responses > survey.CommentsSampled {
		counts.Sample = true
		where += " AND id < ?"
		args = append(args, math.MaxInt64/responses*survey.CommentsSampled)
	}
	rows, err := r.commentRows("SELECT project, id, text FROM comments WHERE "+where, args...)
	if err != nil {
		return err
	}
	hidden := map[markKey]hiddenView{}
	if r.company {
		if hidden, err = r.hidden(rows); err != nil {
			return err
		}
	}
	found := make([]int, len(r.filter.Lexicon.Themes))
	for _, row := range rows {
		if _, is := hidden[markKey{row.Project, row.ID}]; is {
			continue
		}
		counts.Comments++
		themes := r.sorter.Themes(survey.MaskText(row.Text).Folded())
		for _, i := range themes {
			found[i]++
		}
		if len(themes) == 0 {
			counts.None++
		}
	}
	if counts.Comments < survey.FewestByTheme {
		counts.None = 0
		return nil // too few to say of what they are
	}
	counts.Counts = found
	return nil
}

// sampled are the projects from which comments are counted, evenly spread over
// their random ids, and how many responses they have.
func (r *reading) sampled() ([]survey.ID, int64) {
	some := r.projects
	if len(some) > sampledProjects {
		some = make([]survey.ID, sampledProjects)
		for i := range some {
			some[i] = r.projects[i*len(r.projects)/sampledProjects]
		}
	}
	var responses int64
	for _, id := range some {
		responses += r.answers[id]
	}
	return some, responses
}
