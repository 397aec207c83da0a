package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strconv"

	"meihao/static"
	"meihao/survey"
)

// The recount knows nothing of the program but the columns of its table, the
// questionnaire's file and how a letter stands for an option: it shares no
// line with what it judges.

// votes are the figures of one base.
type votes struct{ answered, satisfied, dontKnow int64 }

// bothVotes are a project's, in both bases.
type bothVotes struct{ owner, resident votes }

// countRows counts the responses of the campaign that count, by project.
func (l *looking) countRows(ctx context.Context) (counted map[string]bothVotes, err error) {
	at, counts, err := overallOf(static.Questionnaire)
	if err != nil {
		return nil, err
	}
	driver, source := "sqlite", "file:"+filepath.Join(l.folder, "meihao.db")+"?mode=ro"
	if l.dsn != "" {
		driver, source = "mysql", l.dsn
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.QueryContext(ctx, "SELECT project, bases, state, answers FROM responses WHERE campaign = ? AND lane <> 'o'", int64(l.campaign.ID))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counted = map[string]bothVotes{}
	var project, bases int64
	var state, answers sql.RawBytes
	last, sum := int64(0), bothVotes{}
	keep := func() { counted[survey.ID(last).String()] = sum }
	for rows.Next() {
		if err := rows.Scan(&project, &bases, &state, &answers); err != nil {
			return nil, err
		}
		if project != last && last != 0 { // rows lie in the order of their key
			keep()
			sum = counted[survey.ID(project).String()]
		}
		last = project
		if string(state) != "c" || at >= len(answers) {
			continue
		}
		one := votes{dontKnow: 1} // or left blank
		if option := int(answers[at]) - 'A'; option >= 0 && option < len(counts) {
			one = counts[option]
		}
		if bases&1 != 0 {
			sum.owner.add(one)
		}
		if bases&2 != 0 {
			sum.resident.add(one)
		}
	}
	if last != 0 {
		keep()
	}
	return counted, rows.Err()
}

func (v *votes) add(one votes) {
	v.answered += one.answered
	v.satisfied += one.satisfied
	v.dontKnow += one.dontKnow
}

// overallOf finds where the overall question's letter stands, and what each
// of its options counts as.
func overallOf(questionnaire []byte) (at int, counts []votes, err error) {
	var file struct {
		Questions []struct {
			Type, Role string
			Options    []struct{ Counts string }
		}
	}
	if err := json.Unmarshal(questionnaire, &file); err != nil {
		return 0, nil, err
	}
	for _, q := range file.Questions {
		switch {
		case q.Role == "overall":
			for _, o := range q.Options {
				counts = append(counts, map[string]votes{
					"satisfied": {1, 1, 0}, "neutral": {1, 0, 0}, "dissatisfied": {1, 0, 0}, "excluded": {0, 0, 1},
				}[o.Counts])
			}
			return at, counts, nil
		case q.Type == "multi":
			at += (len(q.Options) + 5) / 6
		case q.Type != "text":
			at++
		}
	}
	return 0, nil, errors.New("the questionnaire has no overall question")
}

// said is what the standings say of a project.
type said struct {
	Project         struct{ ID string }
	Owner, Resident saidBase
}

type saidBase struct {
	Answered, Satisfied *int64
	DontKnow            *int64 `json:"dont_know"`
}

// standings reads the standings of all projects, page by page.
func (s *staff) standings(ctx context.Context, address string, campaign survey.ID) ([]said, error) {
	var all []said
	path := "/api/v1/campaigns/" + campaign.String() + "/standings?limit=1000"
	for cursor := ""; ; {
		var page struct {
			Items []said
			Next  *string
		}
		if err := s.decode(ctx, "http://"+address+path+cursor, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if page.Next == nil {
			return all, nil
		}
		cursor = "&cursor=" + *page.Next
	}
}

// decode reads a JSON answer.
func (s *staff) decode(ctx context.Context, address string, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	answer, err := s.browser.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", address, strconv.Itoa(answer.StatusCode))
	}
	return errors.Join(err, json.Unmarshal(text, into))
}
