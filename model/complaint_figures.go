package model

import (
	"context"
	"fmt"
	"time"

	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/rubric"
)

// ComplaintFigure is what the complaints say of a project in an activity.
type ComplaintFigure struct {
	Lowest *rubric.Lowest
	Prompt *rubric.Prompt
}

// ComplaintVolumes are, project by project, the valid complaints of an
// activity's period, month by month; a project without a feed for each month
// is not complete.
func (s *Store) ComplaintVolumes(ctx context.Context, scope survey.Scope, activity survey.ID) ([]rubric.Volume, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return nil, err
	}
	where, args := within(scope, "projects")
	return l.volumes(a, where, args...)
}

// months of an activity's period: 202307, 202308 …
func months(a survey.Activity) []int {
	var list []int
	for at := a.ComplaintsFrom; at.Before(a.ComplaintsTo); at = at.In(shanghai()).AddDate(0, 1, 0) {
		list = append(list, monthOf(at))
	}
	return list
}

// volumes gathers the feeds: a monthly total, else the tickets of a month that
// a log has all tickets of.
func (l lookup) volumes(a survey.Activity, where string, args ...any) ([]rubric.Volume, error) {
	var projects []struct {
		ID         survey.ID
		District   survey.ID
		Households int64
		Name       string
	}
	if err := l.db.Table("projects").Select("id, district, households, name").Where(where, args...).Order("position").Find(&projects).Error; err != nil {
		return nil, fmt.Errorf("complaints: %w", err)
	}
	period := months(a)
	totals := map[survey.ID]map[int]int64{}
	if err := l.knownMonths(totals); err != nil {
		return nil, err
	}
	tickets, err := l.ticketsByMonth(a, period)
	if err != nil {
		return nil, err
	}
	covered, err := l.covered()
	if err != nil {
		return nil, err
	}
	volumes := make([]rubric.Volume, len(projects))
	for i, p := range projects {
		v := rubric.Volume{Project: p.ID, Name: p.Name, Households: p.Households, Complete: len(period) > 0}
		for _, m := range period {
			one := rubric.MonthVolume{Month: m, Tickets: tickets[m][p.ID]}
			total, known := totals[p.ID][m]
			switch {
			case known:
				one.Complaints, one.Known, one.Total = total, true, true
			case covered(p.District, m):
				one.Complaints, one.Known = one.Tickets, true
			default:
				v.Complete = false
			}
			v.Complaints += one.Complaints
			v.Months = append(v.Months, one)
		}
		volumes[i] = v
	}
	return volumes, nil
}

// ticketsByMonth counts the valid tickets of each project, a month at a time.
func (l lookup) ticketsByMonth(a survey.Activity, period []int) (map[int]map[survey.ID]int64, error) {
	counts := map[int]map[survey.ID]int64{}
	from := a.ComplaintsFrom
	for _, m := range period {
		to := from.In(shanghai()).AddDate(0, 1, 0)
		var rows []struct {
			Project survey.ID
			N       int64
		}
		err := l.db.Table("complaints").Select("project, COUNT(*) AS n").
			Where("received >= ? AND received < ? AND valid = ? AND project <> 0", millis(from), millis(to), true).
			Group("project").Scan(&rows).Error
		if err != nil {
			return nil, fmt.Errorf("complaints: %w", err)
		}
		counts[m] = make(map[survey.ID]int64, len(rows))
		for _, r := range rows {
			counts[m][r.Project] = r.N
		}
		from = to
	}
	return counts, nil
}

// covered says of which months of a district a log has all tickets.
func (l lookup) covered() (func(district survey.ID, month int) bool, error) {
	var rows []complaintBatchRow
	if err := l.db.Where("kind = 'tickets' AND removed = 0 AND covers_from > 0").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("complaint batches: %w", err)
	}
	return func(district survey.ID, month int) bool {
		for _, r := range rows {
			if (r.District == 0 || r.District == district) && r.CoversFrom <= month && month <= r.CoversTo {
				return true
			}
		}
		return false
	}, nil
}

// ComplaintFigures are the figures of items 1.2 and 1.3 of projects in scope;
// ranks are among all projects of the register, of which nothing else is told.
func (s *Store) ComplaintFigures(ctx context.Context, scope survey.Scope, activity survey.ID, projects []survey.ID) (map[survey.ID]ComplaintFigure, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return nil, err
	}
	var seen []survey.ID
	if err := l.db.Table("projects").Scopes(inScope(scope)).Where("id IN ?", projects).Pluck("id", &seen).Error; err != nil {
		return nil, fmt.Errorf("complaints: %w", err)
	}
	return l.complaintFigures(a, seen)
}

func (l lookup) complaintFigures(a survey.Activity, projects []survey.ID) (map[survey.ID]ComplaintFigure, error) {
	figures := make(map[survey.ID]ComplaintFigure, len(projects))
	lowest, err := l.lowest(a, projects)
	if err != nil {
		return nil, err
	}
	tickets, err := l.ticketsOf(a, projects)
	if err != nil {
		return nil, err
	}
	until, err := l.logsUntil()
	if err != nil {
		return nil, err
	}
	for _, id := range projects {
		p := rubric.JudgePrompt(tickets[id], promptCutoff(a, l.now(), tickets[id], until), l.prompt)
		figures[id] = ComplaintFigure{Lowest: lowest[id], Prompt: &p}
	}
	return figures, nil
}

// ticketsOf are the valid tickets of some projects in an activity's period.
func (l lookup) ticketsOf(a survey.Activity, projects []survey.ID) (map[survey.ID][]survey.Complaint, error) {
	var rows []complaintRow
	err := l.db.Where("project IN ? AND received >= ? AND received < ? AND valid = ?", projects, millis(a.ComplaintsFrom), millis(a.ComplaintsTo), true).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("complaints: %w", err)
	}
	tickets := map[survey.ID][]survey.Complaint{}
	for _, r := range rows {
		tickets[r.Project] = append(tickets[r.Project], r.complaint())
	}
	return tickets, nil
}

// lowest is item 1.2: computed where the city confirmed that the data is the
// whole city's, else what an imported city ranking says.
func (l lookup) lowest(a survey.Activity, projects []survey.ID) (map[survey.ID]*rubric.Lowest, error) {
	result := make(map[survey.ID]*rubric.Lowest, len(projects))
	if a.Citywide {
		volumes, err := l.volumes(a, "1 = 1")
		if err != nil {
			return nil, err
		}
		for i, ranked := range rubric.RankVolumes(volumes) {
			result[volumes[i].Project] = &ranked
		}
	}
	var rows []complaintRankRow
	if err := l.db.Where("activity = ? AND project IN ?", a.ID, projects).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("complaints: %w", err)
	}
	for _, id := range projects {
		if result[id] == nil {
			result[id] = &rubric.Lowest{Why: rubric.WhyNotCitywide}
		}
		result[id].PerHome = a.PerHousehold
	}
	documents := map[survey.ID]string{}
	for _, r := range rows {
		document, known := documents[r.Batch]
		if !known {
			if err := l.db.Table("complaint_batches").Select("document").Where("id = ?", r.Batch).Scan(&document).Error; err != nil {
				return nil, fmt.Errorf("complaints: %w", err)
			}
			documents[r.Batch] = document
		}
		result[r.Project].Imported = &rubric.ImportedRank{Rank: r.Place, Of: r.Places, Document: document}
	}
	return result, nil
}

// promptCutoff is the moment at which item 1.3 is judged: the end of the
// activity's period, or now, and never later than the logs of a project's
// tickets reach. What a log cannot know yet is not held against anybody.
func promptCutoff(a survey.Activity, now time.Time, tickets []survey.Complaint, until map[survey.ID]time.Time) time.Time {
	var known time.Time
	for _, t := range tickets {
		if at := until[t.Batch]; at.After(known) {
			known = at
		}
	}
	for _, at := range []time.Time{now, a.ComplaintsTo} {
		if at.Before(known) {
			known = at
		}
	}
	return known
}

// logsUntil says of each complaint log how far it reaches: until it was
// imported, or to the end of the last month that it has all tickets of.
func (l lookup) logsUntil() (map[survey.ID]time.Time, error) {
	var rows []complaintBatchRow
	if err := l.db.Where("kind = ? AND removed = 0", string(roster.Tickets)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("complaint batches: %w", err)
	}
	until := make(map[survey.ID]time.Time, len(rows))
	for _, r := range rows {
		until[r.ID] = moment(r.Added)
		if r.CoversTo == 0 {
			continue
		}
		if end := time.Date(r.CoversTo/100, time.Month(r.CoversTo%100)+1, 1, 0, 0, 0, 0, shanghai()); end.Before(until[r.ID]) {
			until[r.ID] = end
		}
	}
	return until, nil
}
