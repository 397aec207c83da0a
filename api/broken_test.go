package api_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"meihao/survey"
)

// ill is a lobby whose store or desk breaks in one way or another.
type ill struct {
	lobby
	breaks func() error
}

func (i ill) Poster(ctx context.Context, code string) (survey.Poster, error) {
	if code == lobbyCode {
		return i.lobby.Poster(ctx, code)
	}
	return survey.Poster{}, i.breaks()
}

func (i ill) Receipt(context.Context, string) (survey.ReceiptStatus, error) {
	return survey.ReceiptStatus{}, i.breaks()
}

func (i ill) Reanswer(context.Context, survey.Reanswer) error { return i.breaks() }

func (i ill) Submit(context.Context, survey.Submission) survey.Saved {
	return survey.Saved{Err: i.breaks()}
}

// However a request ends, in a fault, a panic or a full queue, the log at its
// most talkative says which route it was, and not a word of what was sent.
func TestBrokenRequestsTellNothing(t *testing.T) {
	const canary = "canary"
	code := survey.NewPosterCode([survey.PosterCodeLength - 1]byte{7, 7, 7})
	form := sheet()
	for name, value := range map[string]string{"key": "canary-key-0123456789", "unit": "2", "room": "7301A7", "Q16": "canary comment"} {
		form.Set(name, value)
	}
	asJSON := strings.NewReplacer("0123456789abcdefghijkl", "canary-key-0123456789", `"answers":{`, `"device":"canary-device-0123","answers":{"Q16":"canary comment",`).Replace(sheetAsJSON())
	for name, breaks := range map[string]func() error{
		"a fault":      func() error { return errors.New("something broke") },
		"a panic":      func() error { panic("something broke") },
		"a nil":        func() error { return errors.New(noPoster().Code) },
		"a full queue": func() error { return survey.Fail(survey.Busy, "error.busy") },
	} {
		t.Run(name, func(t *testing.T) {
			var log strings.Builder
			logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			l := newLobby(t)
			site := newSiteOf(t, ill{l, breaks}, logger, false)
			for _, one := range []struct{ method, path, kind, accept, body string }{
				{"GET", "/s/" + code + "?canary=canary", "", "text/html", ""},
				{"GET", "/r/" + survey.NormalCode(strings.Repeat("0", survey.ReceiptLength)) + "?canary=canary", "", "text/html", ""},
				{"POST", "/s/" + lobbyCode + "?canary", "application/x-www-form-urlencoded", "text/html", form.Encode()},
				{"POST", "/s/" + lobbyCode + "?canary", "application/x-www-form-urlencoded", "application/json", form.Encode()},
				{"POST", "/s/" + lobbyCode + "/again", "application/x-www-form-urlencoded", "text/html", url.Values{"receipt": {"canary"}, "Q1": {"4"}, "Q16": {"canary comment"}}.Encode()},
				{"POST", "/api/v1/posters/" + lobbyCode + "/responses?canary", "application/json", "application/json", asJSON},
			} {
				r := httptest.NewRequest(one.method, one.path, strings.NewReader(one.body))
				r.RemoteAddr = "203.0.113.77:1234"
				r.Header = http.Header{
					"Content-Type": {one.kind}, "Accept": {one.accept}, "User-Agent": {canary}, "Referer": {canary}, "X-Request-Id": {canary},
					"X-Forwarded-For": {"203.0.113.78"}, "Cookie": {"mh_key=canary-cookie-012345; mh_device=canary-device-012345; mh_change_canary=canary"},
				}
				w := httptest.NewRecorder()
				site.ServeHTTP(w, r)
				if w.Code < 400 {
					t.Errorf("%s %s with %s: %d", one.method, one.path, name, w.Code)
				}
			}
			text := log.String()
			if !strings.Contains(text, "/s/:poster") || name != "a full queue" && !strings.Contains(text, "level=ERROR") {
				t.Errorf("nothing is logged:\n%s", text)
			}
			for _, word := range []string{canary, "203.0.113", lobbyCode, code, "7301A7", "000000000000000000"} {
				if at := strings.Index(text, word); at >= 0 {
					t.Errorf("the log holds %q: %s", word, fmt.Sprintf("%q", text[max(0, at-100):min(len(text), at+100)]))
				}
			}
		})
	}
}

// noPoster is what nothing should be asked of.
func noPoster() *survey.Poster { return nil }
