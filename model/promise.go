package model

import (
	"fmt"

	"meihao/survey"
)

type promiseRow struct {
	ID          survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Campaign    survey.ID
	Project     survey.ID
	Company     survey.ID
	CompanyName string
	Added       int64
	Version     int
	Changed     int64
	Text        string
	Due         int // days: YYYYMMDD in Asia/Shanghai, 0 for none
	Done        int
	DoneNote    string
	Returned    string
	PublicAt    int64 // 0: nothing of it is public
	PublicText  string
	PublicDue   int
	PublicDone  int
	PublicNote  string
	FirstDue    int // as it was first published
}

// TableName is gorm's question.
func (promiseRow) TableName() string { return "promises" }

func (r promiseRow) promise() survey.Promise {
	p := survey.Promise{
		ID: r.ID, Campaign: r.Campaign, Project: r.Project, Company: r.company(),
		Text: r.Text, Due: midnight(r.Due), Done: midnight(r.Done), DoneNote: r.DoneNote,
		Returned: r.Returned, Changed: moment(r.Changed), Version: r.Version,
		Published: survey.PublicPromise{FirstDue: midnight(r.FirstDue)},
	}
	if r.PublicAt != 0 {
		p.Published = survey.PublicPromise{
			ID: r.ID, Company: r.company(), Text: r.PublicText, Due: midnight(r.PublicDue), FirstDue: midnight(r.FirstDue),
			Done: midnight(r.PublicDone), DoneNote: r.PublicNote, At: moment(r.PublicAt),
		}
	}
	return p
}

func (r promiseRow) company() survey.Company {
	return survey.Company{ID: r.Company, Name: r.CompanyName}
}

// take copies what changes of a promise into its row.
func (r *promiseRow) take(p survey.Promise) {
	r.Text, r.Due, r.Done, r.DoneNote = p.Text, dayOrNone(p.Due), dayOrNone(p.Done), p.DoneNote
	r.Returned, r.Changed, r.Version = p.Returned, millis(p.Changed), p.Version
	q := p.Published
	r.PublicAt, r.PublicText, r.PublicDue = millis(q.At), q.Text, dayOrNone(q.Due)
	r.PublicDone, r.PublicNote, r.FirstDue = dayOrNone(q.Done), q.DoneNote, dayOrNone(q.FirstDue)
}

// promises of one project's result, in the order in which they were entered.
func (l lookup) promises(campaign, project survey.ID) ([]survey.Promise, error) {
	found, err := l.promisesOf(campaign, []survey.ID{project})
	return found[project], err
}

// promisesOf are the promises of some projects of a campaign.
func (l lookup) promisesOf(campaign survey.ID, projects []survey.ID) (map[survey.ID][]survey.Promise, error) {
	var rows []promiseRow
	err := l.db.Where("campaign = ? AND project IN ?", campaign, projects).Order("added, id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("promises: %w", err)
	}
	found := make(map[survey.ID][]survey.Promise, len(projects))
	for _, r := range rows {
		found[r.Project] = append(found[r.Project], r.promise())
	}
	return found, nil
}

// madeBy are those of a company, all where it is none.
func madeBy(company survey.ID, promises []survey.Promise) []survey.Promise {
	if company == 0 {
		return promises
	}
	var list []survey.Promise
	for _, p := range promises {
		if p.Company.ID == company {
			list = append(list, p)
		}
	}
	return list
}

// publicOnly are the published copies of promises.
func publicOnly(promises []survey.Promise) []survey.PublicPromise {
	var list []survey.PublicPromise
	for _, p := range promises {
		if p.Public() {
			list = append(list, p.Published)
		}
	}
	return list
}
