package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// reply is an answer of the server, read whole.
type reply struct {
	Status int
	Header http.Header
	Body   string
}

// refusal is the JSON error of DESIGN §8.
type refusal struct {
	Code    string            `json:"code"`
	Message string            `json:"message"`
	Fields  map[string]string `json:"fields"`
}

// connections is how many a client of ours opens at most: 64 people at once.
const connections = 64

// newClient shows redirects instead of following them.
func newClient() *http.Client {
	return &http.Client{
		Timeout:       patience,
		Transport:     &http.Transport{MaxConnsPerHost: connections, MaxIdleConnsPerHost: connections},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// send makes one request. body is JSON-encoded unless it is text, a reader or
// a form.
func (s *server) send(method, path, token string, body any) (reply, error) {
	var content io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	case url.Values:
		kind, content = "application/x-www-form-urlencoded", strings.NewReader(b.Encode())
	case io.Reader:
		content = b
	default:
		text, err := json.Marshal(b)
		if err != nil {
			return reply{}, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, s.URL+path, content)
	if err != nil {
		return reply{}, err
	}
	if body != nil {
		request.Header.Set("Content-Type", kind)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	return do(s.client, request)
}

func do(client *http.Client, request *http.Request) (reply, error) {
	response, err := client.Do(request)
	if err != nil {
		return reply{}, err
	}
	text, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	return reply{response.StatusCode, response.Header, string(text)}, err
}

// ask is send for a test that cannot go on without an answer.
func (s *server) ask(t *testing.T, method, path, token string, body any) reply {
	t.Helper()
	r, err := s.send(method, path, token, body)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// get is ask for a page.
func (s *server) get(t *testing.T, path string) reply {
	t.Helper()
	return s.ask(t, http.MethodGet, path, "", nil)
}

// read decodes a JSON answer that must have the status.
func (r reply) read(t *testing.T, status int, into any) {
	t.Helper()
	if r.Status != status {
		t.Fatalf("status %d, want %d: %s", r.Status, status, r.Body)
	}
	if err := json.Unmarshal([]byte(r.Body), into); err != nil {
		t.Fatalf("not JSON (%v): %s", err, r.Body)
	}
}

// refused checks that the answer is an error of DESIGN §8 with a message, and
// returns it.
func (r reply) refused(t *testing.T, status int, code string) refusal {
	t.Helper()
	var e refusal
	r.read(t, status, &e)
	if e.Code != code || strings.TrimSpace(e.Message) == "" {
		t.Fatalf("refused with %q and message %q, want %q: %s", e.Code, e.Message, code, r.Body)
	}
	return e
}

// figures are one base of one row of GET …/standings.
type figures struct {
	Households int64   `json:"households"`
	Answered   *int64  `json:"answered"`
	Satisfied  *int64  `json:"satisfied"`
	DontKnow   *int64  `json:"dont_know"`
	Rate       *string `json:"rate"`
	Adequacy   *string `json:"adequacy"`
	Item11     *string `json:"item_1_1"`
	Veto61     *string `json:"veto_6_1"`
	Hidden     string  `json:"hidden"`
}

// standing is one row of GET …/standings.
type standing struct {
	Project  struct{ ID, Name, Community, Subdistrict, District string }
	Owner    figures
	Resident figures
	Turnout  struct{ Answered, Households int64 }
	Lanes    map[string]int64
	Held     int64
}

// standings reads all rows of a campaign, page by page.
func (s *server) standings(t *testing.T, token, campaign string) []standing {
	t.Helper()
	var rows []standing
	cursor := ""
	for {
		var page struct {
			AsOf  string `json:"as_of"`
			Items []standing
			Next  *string
		}
		path := fmt.Sprintf("/api/v1/campaigns/%s/standings?cursor=%s", campaign, url.QueryEscape(cursor))
		s.ask(t, http.MethodGet, path, token, nil).read(t, http.StatusOK, &page)
		if page.AsOf == "" {
			t.Error("standings say nothing of as_of")
		}
		rows = append(rows, page.Items...)
		if page.Next == nil || *page.Next == "" {
			return rows
		}
		cursor = *page.Next
	}
}

// standing is the row of one project by name.
func (s *server) standing(t *testing.T, token, campaign, project string) standing {
	t.Helper()
	for _, row := range s.standings(t, token, campaign) {
		if row.Project.Name == project {
			return row
		}
	}
	t.Fatalf("no standing of %s", project)
	return standing{}
}

// sheetItem is one line of a rubric sheet.
type sheetItem struct {
	ID     string   `json:"id"`
	Points *float64 `json:"points"`
	Max    float64  `json:"max"`
	State  string   `json:"state"`
}

// sheet is GET …/sheets/{project}.
type sheet struct {
	Project  any         `json:"project"`
	Items    []sheetItem `json:"items"`
	Vetoes   []sheetItem `json:"vetoes"`
	Total    float64     `json:"total"`
	Complete bool        `json:"complete"`
}

func (s sheet) item(id string) sheetItem {
	for _, list := range [][]sheetItem{s.Items, s.Vetoes} {
		for _, one := range list {
			if one.ID == id {
				return one
			}
		}
	}
	return sheetItem{}
}
