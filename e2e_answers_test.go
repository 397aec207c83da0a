package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
)

// given is an answer as another system sends it (DESIGN §8).
type given struct {
	Key       string         `json:"key"`
	Household place          `json:"household"`
	Answers   map[string]any `json:"answers"`
}

type place struct {
	Building string `json:"building,omitempty"`
	Unit     string `json:"unit,omitempty"`
	Room     string `json:"room,omitempty"`
}

// newKey is a submission key.
func newKey() string { return rand.Text() }

// person is who may answer: the relation to the home and whether it is lived
// in.
type person struct{ relation, lives string }

var (
	ownerHere  = person{"OWNER", "Y"}
	ownerAway  = person{"CO_OWNER", "N"}
	tenantHere = person{"TENANT", "Y"}
)

// answerOf is what a person of a home answers to the overall question, "" for
// nothing.
func answerOf(p person, home place, overall string) given {
	g := given{Key: newKey(), Household: home, Answers: map[string]any{"S1": p.relation, "S2": p.lives}}
	if overall != "" {
		g.Answers["Q1"] = overall
	}
	return g
}

// bases says by the rules' own words to which bases an answer belongs.
func (g given) bases() (list []string) {
	if s1 := g.Answers["S1"]; s1 == "OWNER" || s1 == "CO_OWNER" {
		list = append(list, "owner")
	}
	if g.Answers["S2"] == "Y" {
		list = append(list, "resident")
	}
	return list
}

// answer posts it: the status and the receipt or the error's code.
func (s *server) answer(poster string, g given) (status int, word string, err error) {
	r, err := s.send(http.MethodPost, "/api/v1/posters/"+poster+"/responses", "", g)
	if err != nil {
		return 0, "", err
	}
	var said struct{ Receipt, Code string }
	if err := json.Unmarshal([]byte(r.Body), &said); err != nil {
		return r.Status, "", fmt.Errorf("status %d, not JSON: %s", r.Status, r.Body)
	}
	return r.Status, said.Receipt + said.Code, nil
}

// accepted posts an answer that must be taken and returns its receipt.
func (s *server) accepted(t *testing.T, poster string, g given) string {
	t.Helper()
	status, receipt, err := s.answer(poster, g)
	if err != nil || status != http.StatusCreated || receipt == "" {
		t.Fatalf("answer %+v: status %d, %q, %v", g, status, receipt, err)
	}
	return receipt
}

// count is our own recount of one base of one project.
type count struct{ Responses, Answered, Satisfied int64 }

// ledger counts what was accepted, by project name and base.
type ledger map[string]map[string]count

func (l ledger) add(project, base, overall string) {
	if l[project] == nil {
		l[project] = map[string]count{}
	}
	c := l[project][base]
	c.Responses++
	if overall != "" {
		c.Answered++
	}
	if overall == "5" || overall == "4" {
		c.Satisfied++
	}
	l[project][base] = c
}

// take adds an accepted answer whose home was free.
func (l ledger) take(project string, g given) {
	overall, _ := g.Answers["Q1"].(string)
	for _, base := range g.bases() {
		l.add(project, base, overall)
	}
}

// recount reads a campaign's stored answers one by one: nothing that the
// program counted itself. The packed answers begin with S1, S2 and Q1.
func recount(t *testing.T, data, campaign string) ledger {
	t.Helper()
	db := stored(t, data)
	defer func() { _ = db.Close() }()
	found, err := db.QueryContext(t.Context(), `SELECT p.name, r.bases, r.answers FROM responses r JOIN projects p ON p.id = r.project
		WHERE r.campaign = ? AND r.state = 'c' AND r.lane <> 'o'`, campaignNumber(t, campaign))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	l := ledger{}
	for found.Next() {
		var project, answers string
		var bases int
		if err := found.Scan(&project, &bases, &answers); err != nil {
			t.Fatal(err)
		}
		overall := map[byte]string{'A': "5", 'B': "4", 'C': "3", 'D': "2", 'E': "1"}[answers[2]]
		for bit, base := range map[int]string{1: "owner", 2: "resident"} {
			if bases&bit != 0 {
				l.add(project, base, overall)
			}
		}
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return l
}
