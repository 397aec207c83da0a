package v1_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"meihao/api/v1"
	"meihao/model/modeltest"
	"meihao/survey"
)

// body is a request of household i as DESIGN §8 writes it.
func body(i int) string {
	return fmt.Sprintf(`{"key":"key-of-household-%04d","household":{"unit":"1","room":"%d"},"seconds":95,`+
		`"answers":{"S1":"OWNER","S2":"Y","Q1":"5","Q13":["VOTE","MEET"],"Q16":"电梯常坏"}}`, i, 101+i)
}

func (s *site) responses() string { return "/api/v1/posters/" + s.Poster.Code + "/responses" }

func (s *site) answered(path, body string, status int) string {
	s.T.Helper()
	var r struct{ Receipt string }
	s.call("", http.MethodPost, path, body).is(status).read(&r)
	if !survey.CheckCode(r.Receipt, survey.ReceiptLength) {
		s.T.Errorf("receipt %q", r.Receipt)
	}
	return r.Receipt
}

func TestAnAnswerOverJSON(t *testing.T) {
	s := newSite(t)
	receipt := s.answered(s.responses(), body(0), http.StatusCreated)
	if again := s.answered(s.responses(), body(0), http.StatusOK); again != receipt {
		t.Errorf("the retry got %s, not %s", again, receipt)
	}
	lower := "/api/v1/posters/" + strings.ToLower(s.Poster.Code[:4]+"-"+s.Poster.Code[4:]) + "/responses?lang=en"
	if again := s.answered(lower, body(0), http.StatusOK); again != receipt {
		t.Errorf("in another spelling and language it got %s, not %s", again, receipt)
	}
	status, err := s.Store.Receipt(s.Ctx(), receipt)
	s.Must(err)
	if status.State != survey.Counted || !status.Counts {
		t.Errorf("the receipt says %+v", status)
	}
	second := strings.Replace(body(0), "key-of-household-0000", "another-key-of-the-home", 1)
	s.call("", http.MethodPost, s.responses(), second).fails(http.StatusConflict, "already_answered").not("101", "电梯")
	s.CloseCampaign()
	s.Clock.Add(2 * time.Second)
	if again := s.answered(s.responses(), body(0), http.StatusOK); again != receipt {
		t.Errorf("after closing it got %s, not %s", again, receipt)
	}
	s.call("", http.MethodPost, s.responses(), body(1)).fails(http.StatusForbidden, "closed")
	if n := s.stored(); n != 1 {
		t.Errorf("%d answers are stored, not 1", n)
	}
	s.Clean()
}

func TestAnotherBuildingByIDAndByName(t *testing.T) {
	s := newSite(t)
	for i, building := range []string{s.Project.Buildings[1].ID.String(), "二号楼"} {
		other := strings.Replace(body(i), `{"unit"`, fmt.Sprintf(`{"building":%q,"unit"`, building), 1)
		s.answered(s.responses(), other, http.StatusCreated)
	}
	s.Clean()
}

func TestBadInputOverJSON(t *testing.T) {
	s := newSite(t)
	change := func(old, new string) string {
		changed := strings.Replace(body(0), old, new, 1)
		if changed == body(0) {
			t.Fatalf("%s does not stand in the body", old)
		}
		return changed
	}
	for name, one := range map[string]struct {
		body   string
		fields []string
	}{
		"nothing":                {"", nil},
		"no object":              {`[]`, nil},
		"null":                   {`null`, nil},
		"two objects":            {body(0) + "{}", nil},
		"half an object":         {body(0)[:60], nil},
		"invalid UTF-8":          {change("电梯常坏", "电\xff\xfe"), nil},
		"deep":                   {strings.Repeat("[", 20_000), nil},
		"empty object":           {`{}`, []string{"key", "unit", "room", "S1", "S2"}},
		"unknown field":          {change(`"seconds"`, `"second"`), []string{"second"}},
		"field of many bytes":    {change(`"seconds"`, `"`+strings.Repeat("s", 3000)+`"`), []string{"body"}},
		"unknown household part": {change(`"unit":"1"`, `"unit":"1","floor":"1"`), []string{"floor"}},
		"household in words":     {change(`{"unit":"1","room":"101"}`, `"1-101"`), []string{"household"}},
		"room as a number":       {change(`"room":"101"`, `"room":101`), []string{"room"}},
		"key as a number":        {change(`"key-of-household-0000"`, `1`), []string{"key"}},
		"key of odd symbols":     {change(`key-of-household-0000`, `key of household 0000`), []string{"key"}},
		"seconds in words":       {change(`95`, `"95"`), []string{"seconds"}},
		"seconds below zero":     {change(`95`, `-1`), []string{"seconds"}},
		"answers as a list":      {`{"key":"key-of-household-0000","answers":[]}`, []string{"answers"}},
		"answer as a number":     {change(`"Q1":"5"`, `"Q1":5`), []string{"Q1"}},
		"answer with null":       {change(`["VOTE","MEET"]`, `["VOTE",null]`), []string{"Q13"}},
		"answer as an object":    {change(`"Q1":"5"`, `"Q1":{}`), []string{"Q1"}},
		"unknown question":       {change(`"Q1":"5"`, `"Q99":"5"`), []string{"Q99"}},
		"unknown option":         {change(`"Q1":"5"`, `"Q1":"6"`), []string{"Q1"}},
		"two of one":             {change(`"Q1":"5"`, `"Q1":["5","4"]`), []string{"Q1"}},
		"none and another":       {change(`["VOTE","MEET"]`, `["VOTE","NONE"]`), []string{"Q13"}},
		"long comment":           {change("电梯常坏", strings.Repeat("长", 10_000)[:3*201]), []string{"Q16"}},
		"no household":           {change(`"household":{"unit":"1","room":"101"},`, ``), []string{"unit", "room"}},
		"impossible room":        {change(`"101"`, `"1 OR 1=1;--"`), []string{"room"}},
		"foreign building":       {change(`{"unit"`, `{"building":"`+s.Foreign.Buildings[0].ID.String()+`","unit"`), []string{"building"}},
		"closed lane":            {change(`"seconds":95`, `"lane":"open"`), []string{"lane"}},
		"clerk's lane":           {change(`"seconds":95`, `"lane":"assisted"`), []string{"lane"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.on(t)
			s.call("", http.MethodPost, s.responses(), one.body).fails(http.StatusUnprocessableEntity, "invalid_answers", one.fields...)
			s.call("", http.MethodPost, s.responses()+"?lang=en", one.body).fails(http.StatusUnprocessableEntity, "invalid_answers", one.fields...)
			if n := s.stored(); n != 0 {
				t.Errorf("%d answers were stored", n)
			}
		})
	}
	s.call("", http.MethodPost, s.responses(), strings.Repeat("a", 1<<20)).fails(http.StatusRequestEntityTooLarge, "too_large")
	long := change("电梯常坏", strings.Repeat("长", 44_000))
	s.call("", http.MethodPost, s.responses(), long).fails(http.StatusRequestEntityTooLarge, "too_large")
	outside := strings.NewReplacer("OWNER", "FAMILY", `"Y"`, `"N"`).Replace(body(0))
	s.call("", http.MethodPost, s.responses(), outside).fails(http.StatusUnprocessableEntity, "no_base")
	unknown := survey.NewPosterCode([7]byte{31, 30, 29, 28, 27, 26, 25})
	for _, code := range []string{unknown, "7KQ4M2X0", "x", "%ff", strings.Repeat("A", 3000)} {
		s.call("", http.MethodPost, "/api/v1/posters/"+code+"/responses", body(0)).fails(http.StatusNotFound, "unknown_poster")
	}
	if n := s.stored(); n != 0 {
		t.Errorf("%d answers were stored", n)
	}
	s.Clean()
}

func TestNotYetOpenAndRetiredAndBusy(t *testing.T) {
	w := modeltest.Empty(t)
	w.Campaign = w.OpenCampaign(w.Draft(func(c *survey.Campaign) { c.Opens = w.Clock.Now().Add(time.Hour) }))
	w.Poster = w.PosterOf(w.Campaign, w.Project.Buildings[0])
	s := siteOf(t, w, nil)
	s.call("", http.MethodPost, s.responses(), body(0)).fails(http.StatusForbidden, "not_open")

	w = modeltest.New(t)
	s = siteOf(t, w, func(h *v1.Handlers) { h.Store = retired{h.Store} })
	s.call("", http.MethodPost, s.responses(), body(0)).fails(http.StatusGone, "retired_poster")
	s = siteOf(t, modeltest.New(t), nil)
	known := s.answered(s.responses(), body(0), http.StatusCreated)
	_, err := s.Again().ReplacePoster(s.Ctx(), s.Community, s.Poster.Code, modeltest.Reason)
	s.Must(err)
	for range 2 { // a moment after it, which this instance has not heard of, and later
		s.call("", http.MethodPost, s.responses(), body(1)).fails(http.StatusGone, "retired_poster")
		if again := s.answered(s.responses(), body(0), http.StatusOK); again != known {
			t.Error("a retry through a retired poster got another receipt")
		}
		s.Clock.Add(2 * time.Second)
	}
	s.Clean()

	s = siteOf(t, w, func(h *v1.Handlers) { h.Desk = full{} })
	a := s.call("", http.MethodPost, s.responses(), body(0)).fails(http.StatusServiceUnavailable, "busy")
	if a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	if n := s.stored(); n != 0 {
		t.Errorf("%d answers were stored", n)
	}
}

// retired is a store all of whose posters have been replaced.
type retired struct{ v1.Store }

func (s retired) Poster(ctx context.Context, code string) (survey.Poster, error) {
	p, err := s.Store.Poster(ctx, code)
	p.Retired = true
	return p, err
}

// full is a desk whose queue is full.
type full struct{}

func (full) Submit(context.Context, survey.Submission) survey.Saved {
	return survey.Saved{Err: survey.Fail(survey.Busy, "error.busy")}
}

func TestFeedbackOverJSON(t *testing.T) {
	w := modeltest.Empty(t)
	w.Campaign = w.OpenCampaign(w.Draft(func(c *survey.Campaign) { c.Feedback = true }))
	w.Poster = w.PosterOf(w.Campaign, w.Project.Buildings[0])
	s := siteOf(t, w, nil)
	feedback := func(key, device string) string {
		return fmt.Sprintf(`{"key":%q,"lane":"open",%s"answers":{"S1":"TENANT","S2":"Y","Q1":"1"}}`, key, device)
	}
	s.answered(s.responses(), feedback("key-of-a-passer-by-1", `"device":"one-device",`), http.StatusCreated)
	s.call("", http.MethodPost, s.responses(), feedback("key-of-a-passer-by-2", `"device":"one-device",`)).fails(http.StatusConflict, "already_answered")
	s.answered(s.responses(), feedback("key-of-a-passer-by-3", ""), http.StatusCreated) // the key is the claim
	cookie := []string{"Cookie", "mh_device=one-device"}
	s.call("", http.MethodPost, s.responses(), feedback("key-of-a-passer-by-4", ""), cookie...).fails(http.StatusConflict, "already_answered")
	s.Clean()
}

// A null says nothing, as a field that is left out.
func TestNullIsNothing(t *testing.T) {
	s := newSite(t)
	body := `{"key":"key-with-nulls-0000","code":null,"lane":null,"device":null,"seconds":12.5,` +
		`"household":{"building":null,"unit":"1","room":"102"},"answers":{"S1":"OWNER","S2":"Y","Q1":null,"Q13":["VOTE"]}}`
	s.call("", http.MethodPost, s.responses(), body).is(http.StatusCreated)
	if n := s.stored(); n != 1 {
		t.Errorf("%d answers were stored", n)
	}
}
