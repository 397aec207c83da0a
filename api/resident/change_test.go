package resident

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// phoneWith is a request of a phone whose cookie holds a value.
func phoneWith(value string) (*gin.Context, *httptest.ResponseRecorder) {
	gin.SetMode(gin.ReleaseMode)
	w := httptest.NewRecorder()
	c, _ := gin.CreateTestContext(w)
	c.Request = httptest.NewRequest(http.MethodGet, "/s/7KQ4M2XR", nil)
	c.Request.Header.Set("Cookie", changeCookie+"="+value)
	return c, w
}

// secretsOf a submission to an enrolment.
func secretsOf(tag uint32, key string) survey.Secrets {
	return survey.Key{1}.Secrets(tag, key, survey.Claim{}, survey.OwnerBase)
}

// What a phone keeps never grows beyond bound, the newest comes first, an
// answer that is acknowledged again takes its first place, and what is broken
// goes at the next writing.
func TestThePhoneKeepsTheLastAnswers(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	h := &Handlers{Now: func() time.Time { return now }}
	p := survey.Poster{Campaign: survey.Campaign{Closes: now.Add(-time.Hour)}}
	value, receipts := "broken.."+strings.Repeat("A", 40), []string{}
	for i := range 9 {
		secrets := secretsOf(uint32(i%2), string(rune('a'+i)))
		c, w := phoneWith(value)
		h.keepChange(c, p, survey.Saved{Receipt: secrets.Receipt, Change: secrets.Change})
		set := w.Header().Get("Set-Cookie")
		if !strings.Contains(set, "; Max-Age=82800;") { // it closed an hour ago
			t.Errorf("it is kept so: %s", set)
		}
		value = strings.TrimPrefix(strings.SplitN(set, ";", 2)[0], changeCookie+"=")
		receipts = append([]string{secrets.Receipt}, receipts...)
	}
	c, w := phoneWith(value)
	list := answeredOf(c)
	if len(list) != mostAnswered || len(value) != mostAnswered*41-1 {
		t.Fatalf("%d answers in %d bytes", len(list), len(value))
	}
	for i, one := range list {
		if one.Receipt != receipts[i] {
			t.Errorf("answer %d is %s, not %s", i, one.Receipt, receipts[i])
		}
	}
	if here := answeredHere(c, 1); len(here) != 3 {
		t.Errorf("%d of six are of one enrolment, not 3", len(here))
	}
	third := list[2]
	h.keepChange(c, p, survey.Saved{Receipt: third.Receipt, Change: third.Change, Retry: true})
	if set := w.Header().Get("Set-Cookie"); !strings.HasPrefix(set, changeCookie+"="+third.Receipt) || strings.Count(set, third.Receipt) != 1 {
		t.Errorf("a retry is kept so: %s", set)
	}
	c, w = phoneWith(value)
	h.keepChange(c, p, survey.Saved{Receipt: "nonsense"})
	if set := w.Header().Get("Set-Cookie"); set != "" {
		t.Errorf("nonsense was kept: %s", set)
	}
}

// Whatever stands in the cookie: only well-formed entries are taken, few, each
// receipt once, and what is written again is as good.
func FuzzAnswered(f *testing.F) {
	good := secretsOf(7, "a-submission-key-of-mine")
	word := good.Receipt + good.Change
	for _, value := range []string{"", ".", word, word + "." + word, strings.Repeat(word+".", 2000), strings.ToLower(word), word + "=", "%00", "%zz", "\x00\xff", strings.Repeat(".", 9000)} {
		f.Add(value)
	}
	h := &Handlers{Now: time.Now}
	f.Fuzz(func(t *testing.T, value string) {
		c, w := phoneWith(value)
		list := answeredOf(c)
		if len(list) > mostAnswered {
			t.Fatalf("%d answers", len(list))
		}
		seen := map[string]bool{}
		for _, one := range list {
			if seen[one.Receipt] || !survey.CheckCode(one.Receipt, survey.ReceiptLength) || len(one.Change) != changeLength || strings.ContainsAny(one.Change, ".;, =%\"\\<>") {
				t.Fatalf("%+v", one)
			}
			seen[one.Receipt] = true
		}
		h.keepChange(c, survey.Poster{}, survey.Saved{Receipt: good.Receipt, Change: good.Change})
		if set := w.Header().Get("Set-Cookie"); len(set) > mostAnswered*41+150 || !strings.HasPrefix(set, changeCookie+"="+word) {
			t.Fatalf("written again: %q", set)
		}
	})
}
