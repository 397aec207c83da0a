package model_test

import (
	"fmt"
	"strings"
	"testing"

	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
)

// BenchmarkComments reads pages of comments of a campaign that has ended, with
// 8,000 projects and a million comments.
func BenchmarkComments(b *testing.B) {
	lexicon, err := survey.ReadLexicon(static.Lexicon)
	if err != nil {
		b.Fatal(err)
	}
	const projects, each = 8000, 125
	for _, engine := range modeltest.Engines() {
		l := modeltest.NewLargeOn(b, engine, projects)
		fillComments(b, l, each)
		city := survey.Actor{Username: "city", Role: survey.CityRole, Scope: survey.CityScope()}
		for name, f := range map[string]survey.CommentFilter{
			"first page with themes": {Limit: 30, Count: true},
			"searched, rare":         {Limit: 30, Search: "没有这样的话"},
			"searched, often":        {Limit: 30, Search: "电梯"},
			"searched, Latin":        {Limit: 30, Search: "wifi"},
			"by theme":               {Limit: 30, Theme: "pets"},
			"by theme, rare":         {Limit: 30, Theme: "income"},
			"hidden":                 {Limit: 30, Hidden: true},
		} {
			f.Lexicon = lexicon
			b.Run(string(engine)+"/"+name, func(b *testing.B) {
				for b.Loop() {
					p, err := l.Store.Comments(b.Context(), city, l.Campaign.ID, f)
					if err != nil || p.Why != "" || len(p.List) == 0 && p.Next == (survey.CommentCursor{}) && !f.Hidden {
						b.Fatal(err, p.Why)
					}
				}
			})
		}
	}
}

// fillComments writes comments past the save, which would take minutes, and
// twelve hundred answers into each tally, and ends the campaign.
func fillComments(b *testing.B, l *modeltest.Large, each int) {
	b.Helper()
	q, err := l.Store.Questionnaire(b.Context(), l.Campaign.Questionnaire)
	if err != nil {
		b.Fatal(err)
	}
	var tally survey.Tally
	for i := range 1250 {
		a := l.AnswerAt(l.Posters[0], i).Bases(survey.Bases(1 + i%3)).Rate(1 + i%5)
		r := survey.Response{Bases: survey.Bases(1 + i%3), Group: 1 + i%7, Lane: survey.RoomLane, State: survey.Counted, Answers: a.Submission().Answers}
		if err := tally.Add(q, r, 1); err != nil {
			b.Fatal(err)
		}
	}
	db := l.SQL()
	exec(b, db, "UPDATE tallies SET tally = ?", tally.Pack())
	said := []string{
		"电梯经常坏，修了三个月也没修好，物业总是推诿", "停车位太少，晚上回来没地方停，消防通道也被占了", "保洁阿姨很好，楼道很干净，谢谢",
		"物业费高，服务跟不上，收费不公开", "狗叫扰民，遛狗不牵绳，希望王经理管管，电话13800138000", "绿化没人管，树枝挡住了窗户", "3号楼2单元门禁坏了，外来人员随便进",
	}
	step := int64(1) << 55
	rows := make([]string, each)
	for i := range rows {
		rows[i] = fmt.Sprintf("SELECT %d AS id, '%s' AS text", int64(i+1)*step%(1<<62)+int64(i), said[i%len(said)])
	}
	exec(b, db, "INSERT INTO comments (campaign, project, id, text) SELECT e.campaign, e.project, t.id, t.text FROM enrolments e, ("+
		strings.Join(rows, " UNION ALL ")+") t")
	exec(b, db, "UPDATE campaigns SET stage = 'closed'")
}
