package wall_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api"
	"meihao/api/lang"
	"meihao/api/limit"
	"meihao/api/page"
	"meihao/api/wall"
	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
)

type site struct {
	*modeltest.World
	server http.Handler
	log    *bytes.Buffer
}

type nobody struct{}

func (nobody) Routes(gin.IRouter) {}

func newSite(t *testing.T, guesses int) *site {
	t.Helper()
	s := &site{World: modeltest.New(t), log: &bytes.Buffer{}}
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	catalogs, err := lang.Load(static.Lang)
	s.Must(err)
	assets, err := page.LoadAssets(static.Assets)
	s.Must(err)
	pages, err := page.Load(static.Pages, catalogs, assets, log)
	s.Must(err)
	limits := limit.New(pages, limit.Settings{
		Pages: limit.Rate{Most: 1000, Within: time.Minute}, Guesses: limit.Rate{Most: guesses, Within: time.Minute}, Now: s.Clock.Now,
	})
	s.server, err = api.New(api.Options{
		Resident: nobody{}, Systems: nobody{}, Pages: pages, Assets: assets, Log: log, Limits: limits,
		Walls: &wall.Handlers{Store: s.Store, Pages: pages, Limits: limits, Now: s.Clock.Now, Public: "https://mh.example.cn"},
		Ready: func(context.Context) error { return errors.New("nobody asks") },
	})
	s.Must(err)
	return s
}

// wall makes one and returns its path.
func (s *site) wall(secret string, change func(*survey.Wall)) (string, survey.Wall) {
	s.T.Helper()
	w := survey.Wall{Campaign: s.Campaign.ID, Name: "大厅", Scope: s.District.Scope, Language: "zh", Code: true, Expires: s.Clock.Now().AddDate(0, 0, 30)}
	if change != nil {
		change(&w)
	}
	token := "mw_" + strings.Repeat(secret, 26)
	made, err := s.Store.AddWall(s.Ctx(), s.District, w, sha256.Sum256([]byte(token)))
	s.Must(err)
	return "/wall/" + token, made
}

func (s *site) call(method, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.RemoteAddr = "203.0.113.7:4711"
	r.Header.Set("Cookie", "lang=en; meihao=x")
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, r)
	return w
}

// shows checks a page for what must and (after "!") must not be seen.
func (s *site) shows(what, path string, status int, words ...string) string {
	s.T.Helper()
	w := s.call(http.MethodGet, path)
	body := w.Body.String()
	if w.Code != status {
		s.T.Errorf("%s: status %d, want %d", what, w.Code, status)
	}
	for _, word := range words {
		if not, found := strings.CutPrefix(word, "!"); strings.Contains(body, not) == found {
			s.T.Errorf("%s: %q seen is %v", what, not, found)
		}
	}
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive", "Set-Cookie": "",
	} {
		if w.Header().Get(name) != want {
			s.T.Errorf("%s: %s is %q, want %q", what, name, w.Header().Get(name), want)
		}
	}
	return body
}

// From the first answer to publication: what hangs for everybody is turnout,
// and satisfaction only where its maker said so, or everybody may know it; never
// what is held, said, or done by staff.
func TestWhatAWallShows(t *testing.T) {
	s := newSite(t, 100)
	plain, _ := s.wall("A", nil)
	figures, _ := s.wall("B", func(w *survey.Wall) { w.Figures = true })
	for i := range 42 {
		a := s.Answer(i).Comment("电梯常坏")
		if i%8 == 0 {
			a = a.Rate(1)
		}
		s.Save(a)
	}
	door := s.PosterOf(s.Campaign, s.Sibling.Buildings[0])
	for i := range 9 {
		s.Saved(s.AnswerAt(door, i).Rate(1))
	}
	never := []string{"!电梯常坏", "!湖畔居", "!待核", "!district", "!大厅", "!<a ", "!<form"}
	turnout := append([]string{"答卷回收", "51/", "各社区回收", "东里社区", "公布以后显示", "<svg class=\"qr\"", "还有 11 天截止"}, never...)
	turnout[1] = "已有 51 户填写"
	s.shows("live", plain, 200, append(turnout, "!业主满意率", "!87.5%", "!class=\"card league\"")...)
	live := s.shows("live with figures", figures, 200, append(never, "业主满意率", "35 户满意", "40 户业主作答", "3 个小区中的 1 个", "!银杏里")...)
	if !strings.Contains(live, "87.5%") {
		t.Error("the rate of the shown copy is not there")
	}

	s.CloseCampaign()
	s.Clock.Add(time.Minute)
	s.shows("closed", plain, 200, append(never, "调查已结束", "!业主满意率", "!87.5%", "!class=\"qr\"")...)
	s.shows("closed with figures", figures, 200, append(never, "业主满意率", "87.5%", "3 个小区中的 1 个", "!银杏里")...)
	s.SealCampaign()
	s.Must(s.Store.PublishResults(s.Ctx(), s.District, s.Campaign.ID, 1))
	s.Clock.Add(time.Minute)
	s.shows("published", plain, 200, append(never, "业主满意率", "87.5%", "!银杏里")...)
}

// The language is the maker's unless the address says otherwise; a cookie of
// another page has no say.
func TestWallLanguage(t *testing.T) {
	s := newSite(t, 100)
	zh, _ := s.wall("A", nil)
	en, _ := s.wall("B", func(w *survey.Wall) { w.Language = "en" })
	s.shows("Chinese", zh, 200, `lang="zh-CN"`, "答卷回收")
	s.shows("English by address", zh+"?lang=en", 200, `lang="en"`, "Turnout")
	s.shows("English", en, 200, `lang="en"`, "Turnout")
	s.shows("Chinese by address", en+"?lang=zh", 200, `lang="zh-CN"`)
}

// Unknown, mistyped, expired, revoked and without its maker: one and the same
// page, and no token in a log. Nothing but looking is possible.
func TestWallsThatAreNot(t *testing.T) {
	s := newSite(t, 100)
	live, made := s.wall("A", nil)
	short, _ := s.wall("C", func(w *survey.Wall) { w.Expires = s.Clock.Now().Add(time.Hour) })
	page := s.shows("unknown", "/wall/mw_"+strings.Repeat("Z", 26), 404, "区住建部门", "!refresh")
	same := func(what, path string) {
		t.Helper()
		if s.shows(what, path, 404) != page {
			t.Errorf("%s is another page", what)
		}
	}
	same("mistyped", "/wall/x")
	same("of another form", "/wall/"+strings.Repeat("mw_", 90))
	s.shows("running", short, 200)
	s.Clock.Add(time.Hour)
	same("expired", short)
	s.Must(s.Store.RevokeWall(s.Ctx(), s.District, made.ID))
	same("revoked", live)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
		if w := s.call(method, live); w.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, w.Code)
		}
	}
	if log := s.log.String(); strings.Contains(log, "mw_") || !strings.Contains(log, "/wall/:token") {
		t.Errorf("the log says\n%.600s", log)
	}
}

// Who tries addresses is slowed down; a right one is shown nevertheless.
func TestGuessingWalls(t *testing.T) {
	s := newSite(t, 3)
	live, _ := s.wall("A", nil)
	unknown := "/wall/mw_" + strings.Repeat("Z", 26)
	for range 3 {
		s.shows("guess", unknown, 404)
	}
	if w := s.call(http.MethodGet, unknown); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("the fourth guess: %d", w.Code)
	}
	s.shows("known", live, 200)
}

// Many screens cost one look; what changes shows within seconds.
func TestWallIsKeptForAMoment(t *testing.T) {
	s := newSite(t, 100)
	path, _ := s.wall("A", nil)
	s.shows("empty", path, 200, "已有 0 户填写", "还没有收到答卷")
	s.Saved(s.Answer(0))
	s.shows("kept", path, 200, "已有 0 户填写")
	s.Clock.Add(6 * time.Second)
	s.shows("fresh", path, 200, "已有 1 户填写", "今天 1 份")
}
