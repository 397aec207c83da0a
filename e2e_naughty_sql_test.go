package main

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// conditions are true and false to whom would paste them into a statement;
// they are equally long.
func conditions() [][2]string {
	return [][2]string{
		{`' OR '1'='1`, `' OR '1'='2`}, {`' AND '1'='1`, `' AND '1'='2`}, {`" OR "1"="1`, `" OR "1"="2`}, {` OR 1=1`, ` OR 1=2`}, {`) OR (1=1`, `) OR (1=2`},
		{`' OR 1=1--`, `' OR 1=2--`}, {`' OR EXISTS(SELECT 1 FROM responses)--`, `' OR EXISTS(SELECT 1 FROM responsez)--`},
		{`'||(SELECT 'a' FROM accounts LIMIT 1)||'`, `'||(SELECT 'a' FROM accountz LIMIT 1)||'`},
	}
}

// delays take seconds where an engine runs them.
func delays() []string {
	slow := `(SELECT count(*) FROM tallies a, events b, claims c, claims d, claims e)`
	return []string{`' OR ` + slow + `>0--`, `'||` + slow + `||'`, ` OR ` + slow + `>0`, `" OR ` + slow + `>0--`, `' OR length(randomblob(1000000000))>0--`,
		`' AND SLEEP(5)--`, `';SELECT SLEEP(5);--`, `' OR BENCHMARK(100000000,SHA2('a',512))--`, `' AND pg_sleep(5)--`, `'; WAITFOR DELAY '0:0:5'--`}
}

// tooSlow is what an answer may take on a busy machine.
const tooSlow = 4 * time.Second

// No part of a request is part of a statement: an answer does not depend on
// the truth of a condition in it, nor does it take the time of one.
func TestNothingSentIsSQL(t *testing.T) {
	s, demo := serveDemo(t)
	staff := s.signIn(t, demo.AdminUser, demo.AdminPassword)
	receipt := s.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(0), "4"))
	for _, username := range []string{demo.AdminUser + "' OR '1'='1", demo.AdminUser + "'--"} { // more would have to wait
		if _, r := s.tryToSignIn(t, username, "x"); r.Status != http.StatusUnauthorized {
			t.Errorf("signing in as %s: %d", username, r.Status)
		}
	}
	ways := s.ways(t, demo, staff, receipt)
	for _, name := range sortedKeys(ways) {
		storesNothing(t, s.Data, name, func(t *testing.T) {
			for _, pair := range conditions() {
				yes, no := ways[name](pair[0]), ways[name](pair[1])
				if diff := cmp.Diff(without(yes.Body, pair[0]), without(no.Body, pair[1])); yes.Status != no.Status || diff != "" {
					t.Errorf("%s answers %d, %s answers %d: %s", pair[0], yes.Status, pair[1], no.Status, diff)
				}
			}
			for _, one := range delays() {
				var took time.Duration
				for range 3 { // what an engine runs is slow each time, a busy machine only now and then
					start := time.Now()
					r := ways[name](one)
					if took = time.Since(start); r.Status >= http.StatusInternalServerError {
						t.Errorf("%s: %d", one, r.Status)
					}
					if took <= tooSlow {
						break
					}
				}
				if took > tooSlow {
					t.Errorf("%s: after %v", one, took)
				}
			}
		})
	}
}

func sortedKeys[V any](m map[string]V) (list []string) {
	for name := range m {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// ways are the places of a request that lead to a query.
func (s *server) ways(t *testing.T, demo demoFile, staff *staff, receipt string) map[string]func(string) reply {
	t.Helper()
	ask := func(method, path string, form url.Values) reply {
		if form == nil {
			return s.ask(t, method, path, "", nil)
		}
		return s.ask(t, method, path, "", form)
	}
	form := func(field, value string) url.Values {
		f := url.Values{"key": {"0123456789abcdefghij"}, "unit": {"1"}, "room": {"abc"}, "S1": {"OWNER"}, "S2": {"Y"}} // the room is none
		f.Set(field, value)
		return f
	}
	ways := map[string]func(string) reply{
		"the poster":  func(v string) reply { return ask(http.MethodGet, "/s/"+url.PathEscape(demo.Poster+v), nil) },
		"the receipt": func(v string) reply { return ask(http.MethodGet, "/r/"+url.PathEscape(receipt+v), nil) },
		"the result":  func(v string) reply { return ask(http.MethodGet, "/p/"+url.PathEscape(demo.Poster+v), nil) },
		"the done page's receipt": func(v string) reply {
			return ask(http.MethodGet, "/s/"+demo.Poster+"/done?receipt="+url.QueryEscape(receipt+v), nil)
		},
		"the code on the first page": func(v string) reply { return ask(http.MethodGet, "/?code="+url.QueryEscape(demo.Poster+v), nil) },
		"the receipt to answer again": func(v string) reply {
			return ask(http.MethodPost, "/s/"+demo.Poster+"/again", url.Values{"receipt": {receipt + v}, "Q1": {"4"}})
		},
		"the user": func(v string) reply {
			return s.ask(t, http.MethodGet, "/api/v1/campaigns", demo.APIToken+strings.Map(visibleOnly, v), nil)
		},
		"the API's campaign": func(v string) reply {
			return s.ask(t, http.MethodGet, "/api/v1/campaigns/"+url.PathEscape(demo.Campaign+v)+"/standings", demo.APIToken, nil)
		},
		"the API's cursor": func(v string) reply {
			return s.ask(t, http.MethodGet, "/api/v1/campaigns/"+demo.Campaign+"/standings?cursor="+url.QueryEscape(v), demo.APIToken, nil)
		},
		"the staff's search": func(v string) reply { return staff.get(t, "/admin/projects?q="+url.QueryEscape("和畅园"+v)) },
		"the staff's filter": func(v string) reply { return staff.get(t, "/admin/projects?district="+url.QueryEscape(v)) },
		"the standings' filter": func(v string) reply {
			return staff.get(t, "/admin/campaigns/"+demo.Campaign+"/standings?sort="+url.QueryEscape("rate"+v)+"&q="+url.QueryEscape(v))
		},
		"the coach's search": func(v string) reply {
			return staff.get(t, "/admin/campaigns/"+demo.Campaign+"/coach?q="+url.QueryEscape(v))
		},
		"the record's filter": func(v string) reply {
			return staff.get(t, "/admin/events?q="+url.QueryEscape(v)+"&kind="+url.QueryEscape(v)+"&before="+url.QueryEscape(v))
		},
		"the posters' filter": func(v string) reply { return staff.get(t, "/admin/posters?campaign="+url.QueryEscape(demo.Campaign+v)) },
	}
	for _, field := range []string{"building", "unit", "room", "code", "lane", "key", "Q1", "Q16"} {
		ways["the form's "+field] = func(v string) reply { return ask(http.MethodPost, "/s/"+demo.Poster, form(field, "1"+v)) }
		ways["the body's "+field] = func(v string) reply {
			return s.ask(t, http.MethodPost, "/api/v1/posters/"+demo.Poster+"/responses", "", asText(badAnswer{change: form(field, "1"+v)}.body(place{})))
		}
	}
	return ways
}

// visibleOnly leaves out what no header can carry.
func visibleOnly(r rune) rune {
	if r < ' ' || r > '~' {
		return -1
	}
	return r
}

// echoes are where a page may repeat what was sent in an encoding of its own,
// and what is new each time.
var echoes = regexp.MustCompile(`((href|value|content)=")[^"]*"|<span class="code">[^<]*`)

// without is an answer without what was sent and what is new each time.
func without(body, sent string) string {
	body, quoted := echoes.ReplaceAllString(body, `$1"`), asText(sent)
	shown := html.EscapeString(strings.TrimSpace(sent)) // as a chip and the foot of the page name it
	for _, one := range []string{html.EscapeString(sent), quoted[1 : len(quoted)-1], sent, shown} {
		body = strings.ReplaceAll(body, one, "…")
	}
	return body
}

// Conditions of one length keep counters and the sizes of pages alike.
func TestConditionsAreEquallyLong(t *testing.T) {
	for _, pair := range conditions() {
		if len(pair[0]) != len(pair[1]) {
			t.Error(fmt.Sprint(pair))
		}
	}
}
