package admin_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/admin"
	"meihao/api/denied"
	"meihao/api/lang"
	"meihao/api/page"
	"meihao/api/session"
	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/rubric"
)

// password is everybody's in these tests.
const password = "correct horse battery"

var hashOnce = sync.OnceValues(func() (string, error) { return session.HashPassword(password) })

// site is the staff's pages over a real store.
type site struct {
	*modeltest.World
	handlers *admin.Handlers
	engine   *gin.Engine
	log      *bytes.Buffer
}

// newSite serves a world with an open campaign.
func newSite(t testing.TB) *site { return siteOf(t, modeltest.New(t)) }

func siteOf(t testing.TB, w *modeltest.World) *site {
	t.Helper()
	gin.SetMode(gin.TestMode)
	s := &site{World: w, engine: gin.New(), log: &bytes.Buffer{}}
	catalogs, err := lang.Load(static.Lang)
	w.Must(err)
	assets, err := page.LoadAssets(static.Assets)
	w.Must(err)
	pages, err := page.Load(static.Pages, catalogs, assets, slog.New(slog.NewTextHandler(s.log, nil)))
	w.Must(err)
	sessions, err := session.New(w.Store.Sessions(), w.Store, session.Settings{Now: w.Clock.Now})
	w.Must(err)
	lexicon, err := survey.ReadLexicon(static.Lexicon)
	w.Must(err)
	items, err := rubric.Parse(static.Rubric)
	w.Must(err)
	guide, err := items.ReadGuide(static.ItemHelp, static.Requirements)
	w.Must(err)
	s.handlers = &admin.Handlers{
		Refusals: &denied.Recorder{Store: w.Store, Pages: pages, Now: w.Clock.Now},
		Store:    w.Store, Pages: pages, Sessions: sessions, Now: w.Clock.Now,
		Public: "https://mh.example.cn", Rubric: items, Guide: guide, Lexicon: lexicon, Work: runner(w), Patience: 20 * time.Second,
	}
	s.engine.Use(page.Secure(false))
	w.Must(s.handlers.Register(s.engine))
	s.handlers.Work.Begin()
	t.Cleanup(func() {
		if strings.Contains(s.log.String(), "level=ERROR") {
			t.Errorf("the log has an error:\n%s", s.log)
		}
	})
	return s
}

// person is a browser, signed in or not.
type person struct {
	*site
	cookie, csrf, name string
}

type reply struct {
	Status  int
	Body    string
	To      string // where it redirects
	Header  http.Header
	Cookies []*http.Cookie
}

// visitor is nobody yet.
func (s *site) visitor() *person { return &person{site: s, name: "visitor"} }

// signIn gives an account the tests' password and signs it in.
func (s *site) signIn(a survey.Actor) *person {
	s.T.Helper()
	hash, err := hashOnce()
	s.Must(err)
	s.Must(s.Store.ChangePassword(s.Ctx(), s.Admin, a.Account, hash, false))
	p := s.visitor()
	p.name = a.Username
	r := p.send("POST", "/admin/login", url.Values{"username": {a.Username}, "password": {password}})
	if r.Status != http.StatusSeeOther {
		s.T.Fatalf("signing in as %s: %d", a.Username, r.Status)
	}
	p.get("/admin/help")
	return p
}

var csrfField = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

func (p *person) get(path string) reply { p.T.Helper(); return p.send("GET", path, nil) }

// post sends a form as a page of ours would, token and all.
func (p *person) post(path string, form url.Values) reply {
	p.T.Helper()
	if form == nil {
		form = url.Values{}
	}
	form.Set("csrf", p.csrf)
	return p.send("POST", path, form)
}

func (p *person) send(method, path string, form url.Values) reply {
	p.T.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	request := httptest.NewRequest(method, path, body)
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return p.do(request)
}

func (p *person) do(request *http.Request) reply {
	p.T.Helper()
	if p.cookie != "" {
		request.Header.Set("Cookie", p.cookie)
	}
	recorder := httptest.NewRecorder()
	p.engine.ServeHTTP(recorder, request)
	result := recorder.Result()
	for _, c := range result.Cookies() {
		if c.Name == "meihao" {
			p.cookie = c.Name + "=" + c.Value
			if c.MaxAge < 0 {
				p.cookie = ""
			}
		}
	}
	text := recorder.Body.String()
	if found := csrfField.FindStringSubmatch(text); found != nil {
		p.csrf = found[1]
	}
	return reply{result.StatusCode, text, result.Header.Get("Location"), result.Header, result.Cookies()}
}

// assetSum is the sum in an asset's address, in which any three digits may stand.
var assetSum = regexp.MustCompile(`/assets/[^"]*`)

// expect checks a reply: its status, what must be seen and (after "!") what
// must not be.
func (r reply) expect(t *testing.T, what string, status int, seen ...string) {
	t.Helper()
	if r.Status != status {
		t.Errorf("%s: status %d, want %d", what, r.Status, status)
	}
	body := assetSum.ReplaceAllString(r.Body, "")
	for _, one := range seen {
		if not, found := strings.CutPrefix(one, "!"); found {
			if stands(body, not) {
				t.Errorf("%s shows %q, which must not be seen", what, not)
			}
		} else if !strings.Contains(r.Body, one) {
			t.Errorf("%s does not show %q", what, one)
		}
	}
}

var digits = regexp.MustCompile(`^[0-9]{1,5}$`)

// stands says whether a text stands in a page. A short number does so only by
// itself: ids and tokens are random, and any three digits may stand in them.
func stands(body, text string) bool {
	if !digits.MatchString(text) {
		return strings.Contains(body, text)
	}
	return regexp.MustCompile(`(^|[^0-9A-Za-z])` + text + `($|[^0-9A-Za-z])`).MatchString(body)
}

// goes checks that a reply leads on to an address.
func (r reply) goes(t *testing.T, what, to string) {
	t.Helper()
	if r.Status != http.StatusSeeOther || r.To != to {
		t.Errorf("%s: %d to %q, want to %q\n%s", what, r.Status, r.To, to, excerpt(r.Body))
	}
}

var summary = regexp.MustCompile(`(?s)<div class="error-summary".*?</div>|<p class="notice notice-bad">.*?</p>`)

func excerpt(body string) string { return summary.FindString(body) }

// path is an address below the world's campaign.
func (s *site) path(rest string) string { return "/admin/campaigns/" + s.Campaign.ID.String() + rest }

// answers saves so many content owners who live there, and so many discontent.
func (s *site) answers(content, discontent int) {
	s.T.Helper()
	var list []modeltest.Answer
	for i := range content + discontent {
		a := s.Answer(i)
		if i >= content {
			a = a.Rate(1)
		}
		list = append(list, a)
	}
	for _, saved := range s.Save(list...) {
		s.Must(saved.Err)
	}
}
