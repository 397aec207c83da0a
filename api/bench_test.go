package api_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

// The benchmarks put the whole chain of middlewares and handlers beside bare
// gin, over a desk that acknowledges at once and without a network. The goals
// are PERFORMANCE's; `load bench` measures the same with both.

// discard is a response that is written and forgotten, with headers of its
// own for each as net/http has them.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(status int)      { d.status = status }

// repeat sends one request again and again.
func repeat(b *testing.B, handler http.Handler, request *http.Request, body string, want int) {
	b.Helper()
	b.ReportAllocs()
	text := strings.NewReader(body)
	request.Body, request.ContentLength = io.NopCloser(text), int64(len(body))
	var w discard
	for b.Loop() {
		text.Reset(body)
		w.header = http.Header{}
		handler.ServeHTTP(&w, request)
	}
	if w.status != want {
		b.Fatalf("status %d, want %d", w.status, want)
	}
}

// beside runs a request through bare gin and through the site.
func beside(b *testing.B, bare gin.HandlerFunc, method, path, kind, body string, want int) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Handle(method, "/s/:poster", bare)
	engine.Handle(method, "/api/v1/posters/:poster/responses", bare)
	for name, handler := range map[string]http.Handler{"bare gin": engine, "Meihao": newSite(b, nil, false)} {
		b.Run(name, func(b *testing.B) {
			r := httptest.NewRequest(method, path, nil)
			r.Header = http.Header{
				"User-Agent": {"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile"}, "Accept": {"*/*"},
				"Accept-Language": {"zh-CN,zh;q=0.9"}, "Accept-Encoding": {"gzip, deflate, br"},
			}
			if kind != "" {
				r.Header.Set("Content-Type", kind)
			}
			repeat(b, handler, r, body, want)
		})
	}
}

func BenchmarkPage(b *testing.B) {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/s/"+lobbyCode, nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br")
	newSite(b, nil, false).ServeHTTP(w, r)
	packed := w.Body.Bytes()
	beside(b, func(c *gin.Context) {
		c.Header("Content-Encoding", "br")
		c.Data(http.StatusOK, "text/html; charset=utf-8", packed)
	}, http.MethodGet, "/s/"+lobbyCode, "", "", http.StatusOK)
}

// bareSheet are the questions of the default questionnaire.
type bareSheet struct {
	S1, S2, Q1, Q2, Q3, Q4, Q5, Q6, Q7, Q8, Q8b, Q9, Q10, Q11, Q12 string
	Q13, Q14                                                       []string
	Q15, Q16                                                       string
}

func BenchmarkForm(b *testing.B) {
	beside(b, func(c *gin.Context) {
		var sent struct {
			Key  string `form:"key"`
			Unit string `form:"unit"`
			Room string `form:"room"`
			bareSheet
		}
		if err := c.ShouldBind(&sent); err != nil || sent.Key == "" {
			b.Fatal(err)
		}
		c.Redirect(http.StatusSeeOther, "/s/"+c.Param("poster")+"/done?receipt=ABCDEFGHJKMNPQRSTV")
	}, http.MethodPost, "/s/"+lobbyCode, "application/x-www-form-urlencoded", sheetAsForm(), http.StatusSeeOther)
}

func BenchmarkJSON(b *testing.B) {
	beside(b, func(c *gin.Context) {
		var sent struct {
			Key       string                      `json:"key"`
			Household struct{ Unit, Room string } `json:"household"`
			Answers   bareSheet                   `json:"answers"`
		}
		if err := c.ShouldBindJSON(&sent); err != nil || sent.Key == "" {
			b.Fatal(err)
		}
		c.JSON(http.StatusCreated, gin.H{"receipt": "ABCDEFGHJKMNPQRSTV"})
	}, http.MethodPost, "/api/v1/posters/"+lobbyCode+"/responses", "application/json", sheetAsJSON(), http.StatusCreated)
}
