package resident

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// phoneWith is a request of a phone that holds cookies.
func phoneWith(cookies ...string) (*gin.Context, *httptest.ResponseRecorder) {
	gin.SetMode(gin.ReleaseMode)
	w := httptest.NewRecorder()
	c, _ := gin.CreateTestContext(w)
	c.Request = httptest.NewRequest(http.MethodGet, "/s/7KQ4M2XR", nil)
	c.Request.Header.Set("Cookie", strings.Join(cookies, "; "))
	return c, w
}

// jar is what a phone keeps: cookies by their names, in the order in which they
// came.
type jar []*http.Cookie

func (j jar) sent() (pairs []string) {
	for _, one := range j {
		pairs = append(pairs, one.Name+"="+one.Value)
	}
	return pairs
}

// keep takes what an answer sets.
func (j *jar) keep(w *httptest.ResponseRecorder) (set []*http.Cookie) {
	set = w.Result().Cookies()
	for _, one := range set {
		*j = slices.DeleteFunc(*j, func(old *http.Cookie) bool { return old.Name == one.Name })
		if one.MaxAge > 0 {
			*j = append(*j, one)
		}
	}
	return set
}

// secretsOf a submission to an enrolment.
func secretsOf(tag uint32, key string) survey.Secrets {
	return survey.Key{1}.Secrets(tag, key, survey.Claim{}, survey.OwnerBase)
}

// What a phone keeps never grows beyond bound, the newest comes first, each
// lasts as long as its own campaign, an answer that is acknowledged again takes
// its first place, and what is broken goes at the next writing.
func TestThePhoneKeepsTheLastAnswers(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	h := &Handlers{Now: func() time.Time { return now }}
	phone := jar{{Name: changeCookie + "BROKEN", Value: strings.Repeat("A", 40)}}
	var receipts []string
	for i := range 9 {
		secrets := secretsOf(uint32(i%2), string(rune('a'+i)))
		closes := now.Add(time.Duration(i-1) * time.Hour) // the first closed an hour ago
		c, w := phoneWith(phone.sent()...)
		h.keepChange(c, survey.Poster{Campaign: survey.Campaign{Closes: closes}}, survey.Saved{Receipt: secrets.Receipt, Change: secrets.Change})
		kept := 0
		for _, one := range phone.keep(w) {
			if one.MaxAge > 0 {
				kept++
				if one.MaxAge != (23+i)*60*60 || !strings.HasPrefix(one.Value, secrets.Receipt+secrets.Change) || !one.HttpOnly || one.Path != "/s/" {
					t.Errorf("answer %d is kept so: %v", i, one)
				}
			}
		}
		if kept != 1 {
			t.Errorf("answer %d sets %d cookies", i, kept)
		}
		receipts = append([]string{secrets.Receipt}, receipts...)
	}
	if len(phone) != mostAnswered {
		t.Fatalf("the phone keeps %q", phone.sent())
	}
	slices.Reverse(phone) // whatever order they come in
	c, w := phoneWith(phone.sent()...)
	list := answeredOf(c)
	if len(list) != mostAnswered {
		t.Fatalf("%d answers in %q", len(list), phone.sent())
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
	h.keepChange(c, survey.Poster{}, survey.Saved{Receipt: third.Receipt, Change: third.Change, Retry: true})
	phone.keep(w)
	c, _ = phoneWith(phone.sent()...)
	if again := answeredOf(c); len(again) != mostAnswered || again[0].Receipt != third.Receipt {
		t.Errorf("after a retry: %+v", again)
	}
	c, w = phoneWith(phone.sent()...)
	h.keepChange(c, survey.Poster{}, survey.Saved{Receipt: "nonsense"})
	if set := w.Header().Get("Set-Cookie"); set != "" {
		t.Errorf("nonsense was kept: %s", set)
	}
}

// Two answers that are acknowledged at once, each to a request that knew of
// neither, are both kept.
func TestTwoAnswersAtOnceAreBothKept(t *testing.T) {
	h := &Handlers{Now: time.Now}
	first, second := secretsOf(1, "a"), secretsOf(1, "b")
	var phone jar
	for _, one := range []survey.Secrets{first, second} {
		c, w := phoneWith()
		h.keepChange(c, survey.Poster{}, survey.Saved{Receipt: one.Receipt, Change: one.Change})
		phone.keep(w)
	}
	c, _ := phoneWith(phone.sent()...)
	if list := answeredOf(c); !names(list, first.Receipt) || !names(list, second.Receipt) {
		t.Errorf("kept: %+v", list)
	}
}

// Whatever stands in the cookies: only well-formed entries are taken, few, each
// receipt once, and what is written again is as good.
func FuzzAnswered(f *testing.F) {
	good := secretsOf(7, "a-submission-key-of-mine")
	word, name := good.Receipt+good.Change, changeName(good.Receipt)
	for _, value := range []string{"", ".", word, word + ".7", word + ".-1", word + ".99999999999999999999", strings.Repeat(word+".", 2000), strings.ToLower(word), word + "=", "%00", "%zz", "\x00\xff", strings.Repeat(".", 9000)} {
		f.Add(name, value)
		f.Add(changeCookie, value)
	}
	f.Add("x", strings.Repeat("; "+changeCookie+"a=b", 100))
	h := &Handlers{Now: time.Now}
	f.Fuzz(func(t *testing.T, name, value string) {
		c, w := phoneWith(name+"="+value, name+strconv.Itoa(len(value))+"="+value)
		list := answeredOf(c)
		if len(list) > mostAnswered {
			t.Fatalf("%d answers", len(list))
		}
		seen := map[string]bool{}
		for _, one := range list {
			if seen[one.Receipt] || !survey.CheckCode(one.Receipt, survey.ReceiptLength) || len(one.Change) != changeLength || strings.ContainsAny(one.Change, ".;, =%\"\\<>") || one.turn < 0 {
				t.Fatalf("%+v", one)
			}
			seen[one.Receipt] = true
		}
		h.keepChange(c, survey.Poster{}, survey.Saved{Receipt: good.Receipt, Change: good.Change})
		var phone jar
		if set := phone.keep(w); len(set) > mostForgotten+1 || len(phone) != 1 || phone[0].Name != changeName(good.Receipt) || !strings.HasPrefix(phone[0].Value, word+".") || len(phone[0].Value) > len(word)+7 {
			t.Fatalf("written again: %v", set)
		}
	})
}
