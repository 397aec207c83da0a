package model

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"meihao/survey"
)

// commentRow is a comment as residents sent it. Its text leaves this package
// with masks only.
type commentRow struct {
	Campaign survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	ID       int64     `gorm:"primaryKey;autoIncrement:false"`
	Text     string
}

// TableName is gorm's question.
func (commentRow) TableName() string { return "comments" }

// reading is who reads which comments of a campaign: the projects that they
// may read, in the order of their ids.
type reading struct {
	lookup
	ctx      context.Context
	campaign survey.ID
	company  bool // reads what is not hidden
	projects []survey.ID
	filter   survey.CommentFilter
	sorter   survey.Sorter
	theme    int // place of the filter's theme, -1 for all
	page     *survey.CommentPage
	answers  map[survey.ID]int64 // of each project, in any state
}

// Comments are those of a campaign in the actor's scope that a filter chooses
// and that the actor may read at this moment (RULES §8; survey.ReadsComments
// says why not), masked, of projects with enough answers. NotFound for what is
// outside, and to a company for what is not published or not released to it.
//
// A search or a theme looks through a bounded number of comments at once: a
// page may come with few of them, or none, and a Next that goes on.
func (s *Store) Comments(ctx context.Context, actor survey.Actor, campaign survey.ID, f survey.CommentFilter) (survey.CommentPage, error) {
	var page survey.CommentPage
	if err := permitted(actor, survey.ViewComments); err != nil {
		return page, err
	}
	l := s.lookup(ctx)
	view, err := l.campaign(actor.Scope, campaign)
	if err != nil {
		return page, err
	}
	publication, err := l.publication(campaign)
	if err != nil {
		return page, err
	}
	if page.Why = view.campaign().ReadsComments(actor.Role, publication.Published(), s.now()); page.Why != "" {
		if actor.Role == survey.CompanyRole {
			return page, survey.NotFoundError("error.not_found")
		}
		return page, s.onlyInScope(ctx, actor, view, f.Project)
	}
	r := &reading{
		lookup: l, ctx: ctx, campaign: campaign, company: actor.Role == survey.CompanyRole,
		filter: f, sorter: f.Lexicon.Sorter(), theme: -1, page: &page,
	}
	if f.Theme != "" {
		r.theme = slices.IndexFunc(f.Lexicon.Themes, func(t survey.Theme) bool { return t.Key == f.Theme })
	}
	if err := s.readable(r, actor, view); err != nil {
		return page, err
	}
	if f.Count {
		if err := r.count(); err != nil {
			return page, fmt.Errorf("comments: %w", err)
		}
	}
	if f.Hidden {
		if err := r.onlyHidden(); err != nil {
			return page, err
		}
	}
	if err := r.list(); err != nil {
		return page, fmt.Errorf("comments: %w", err)
	}
	return page, nil
}

// onlyInScope is nil where a project is the campaign's and the actor's.
func (s *Store) onlyInScope(ctx context.Context, actor survey.Actor, view campaignView, project survey.ID) error {
	if project == 0 {
		return nil
	}
	_, err := s.lookup(ctx).enrolment(ctx, actor.Scope, view.Row, project)
	return err
}

// readable chooses the projects and leaves out those of which the actor may
// not read anything.
func (s *Store) readable(r *reading, actor survey.Actor, view campaignView) error {
	enrolments, err := s.chosenEnrolments(r.ctx, actor, view, r.filter.Project)
	if err != nil {
		return err
	}
	released, err := r.released(r.filter.Project)
	if err != nil {
		return err
	}
	chosen := pointers(enrolments)
	if r.filter.Choose != nil {
		chosen = r.filter.Choose(enrolments)
	}
	r.page.Projects, r.answers = make(map[survey.ID]survey.Project, len(chosen)), make(map[survey.ID]int64, len(chosen))
	for _, e := range chosen {
		id := e.Project.ID
		if _, is := released[id]; r.company && !is {
			continue
		}
		r.page.Chosen++
		r.page.Projects[id] = e.Project
		if !view.campaign().EnoughForComments(e.Tally, actor.Role) {
			r.page.Few++
			continue
		}
		r.projects = append(r.projects, id)
		r.answers[id] = e.Tally.Sum(func(survey.Cell) bool { return true }).Responses
	}
	if r.filter.Project != 0 {
		if r.company && r.page.Chosen == 0 {
			return survey.NotFoundError("error.not_found")
		}
		r.page.Released = moment(released[r.filter.Project])
	}
	slices.Sort(r.projects)
	return nil
}

// chosenEnrolments are all in scope, or the one of a project.
func (s *Store) chosenEnrolments(ctx context.Context, actor survey.Actor, view campaignView, project survey.ID) ([]survey.Enrolment, error) {
	if project == 0 {
		return s.Enrolments(ctx, actor.Scope, view.Row.ID)
	}
	e, err := s.lookup(ctx).enrolment(ctx, actor.Scope, view.Row, project)
	return []survey.Enrolment{e}, err
}

func pointers(list []survey.Enrolment) []*survey.Enrolment {
	all := make([]*survey.Enrolment, len(list))
	for i := range list {
		all[i] = &list[i]
	}
	return all
}

// Comments are read from so many projects at once, so often for one page, and
// so many rows are looked at by theme.
const (
	commentProjects = 200
	commentRounds   = 2
	commentRows     = 3_000
)

// list reads a page.
func (r *reading) list() error {
	after, most := r.filter.After, r.filter.Limit
	if most == 0 || r.filter.Theme != "" && r.theme < 0 {
		return nil
	}
	first, _ := slices.BinarySearch(r.projects, after.Project)
	for round := 0; first < len(r.projects); round++ {
		if !r.filter.All && (round >= commentRounds && r.picks() || round >= 5*commentRounds) {
			r.page.Next = after
			return nil
		}
		some := r.projects[first:min(first+commentProjects, len(r.projects))]
		limit := most + 1
		if r.picks() {
			limit = commentRows
		}
		rows, err := r.rowsOf(some, after, limit)
		if err != nil {
			return err
		}
		done, err := r.take(rows)
		if err != nil || done {
			return err
		}
		if len(rows) == limit {
			last := rows[len(rows)-1]
			after = survey.CommentCursor{Project: last.Project, ID: survey.CommentID(last.ID)}
			first, _ = slices.BinarySearch(r.projects, after.Project)
			continue
		}
		first += len(some)
		after = survey.CommentCursor{Project: some[len(some)-1], ID: math.MaxInt64}
	}
	return nil
}

// picks says whether not every comment that is read is wanted.
func (r *reading) picks() bool {
	return survey.SearchTerm(r.filter.Search) != "" || r.filter.Theme != "" || r.company
}

// take adds rows to the page until it is full.
func (r *reading) take(rows []commentRow) (full bool, err error) {
	marks, err := r.hidden(rows)
	if err != nil {
		return false, err
	}
	term := survey.SearchTerm(r.filter.Search)
	for _, row := range rows {
		mark, hidden := marks[markKey{row.Project, row.ID}]
		if hidden && r.company {
			continue
		}
		text := survey.MaskText(row.Text)
		folded := text.Folded()
		if term != "" && !strings.Contains(folded, term) || r.theme >= 0 && !r.sorter.Has(r.theme, folded) {
			continue
		}
		if len(r.page.List) == r.filter.Limit {
			last := r.page.List[len(r.page.List)-1]
			r.page.Next = survey.CommentCursor{Project: last.Project, ID: last.ID}
			return true, nil
		}
		r.page.List = append(r.page.List, survey.Comment{
			ID: survey.CommentID(row.ID), Project: row.Project, Text: text, Themes: r.sorter.Themes(folded),
			Hidden: mark.Reason, By: mark.ByName, At: moment(mark.At),
		})
	}
	return false, nil
}

// rowsOf reads comments of some projects in the order of project and id. Where
// something is searched for, they are those that might hold it.
func (r *reading) rowsOf(projects []survey.ID, after survey.CommentCursor, limit int) ([]commentRow, error) {
	from := "comments c"
	where, args := "c.campaign = ?", []any{r.campaign}
	if r.filter.Hidden {
		from = "comment_marks m JOIN comments c ON c.campaign = m.campaign AND c.project = m.project AND c.id = m.comment"
		where, args = "m.campaign = ? AND m.mark = ? AND "+where, []any{r.campaign, hiddenMark, r.campaign}
	}
	where += " AND c.project IN (?" + strings.Repeat(", ?", len(projects)-1) + ")"
	for _, id := range projects {
		args = append(args, id)
	}
	if after.Project == projects[0] {
		where += " AND (c.project > ? OR c.id > ?)"
		args = append(args, after.Project, int64(after.ID))
	}
	if like := likely(r.filter.Search); like != "" {
		where += " AND c.text LIKE ? ESCAPE '!'"
		args = append(args, like)
	}
	return r.commentRows("SELECT c.project, c.id, c.text FROM "+from+" WHERE "+where+" ORDER BY c.project, c.id LIMIT ?", append(args, limit)...)
}

func (r *reading) commentRows(query string, args ...any) ([]commentRow, error) {
	rows, err := r.rows(r.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []commentRow
	for rows.Next() {
		row := commentRow{Campaign: r.campaign}
		if err := rows.Scan(&row.Project, &row.ID, &row.Text); err != nil {
			return nil, err
		}
		list = append(list, row)
	}
	return list, rows.Err()
}

// likely is a pattern that every text matches in which something is found: the
// Chinese letters in their order, whatever stands between. Others may be
// written in several forms (full width, capitals) and stand for anything. What
// is masked matches too, and is sorted out afterwards. "" for no search.
func likely(search string) string {
	term := survey.SearchTerm(search)
	if term == "" {
		return ""
	}
	var b strings.Builder
	b.WriteByte('%')
	for _, r := range term {
		if unicode.Is(unicode.Han, r) && r >= 0x3400 { // which has one form
			b.WriteRune(r)
			b.WriteByte('%')
		}
	}
	return b.String()
}
