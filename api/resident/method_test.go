package resident_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What can be shown can be asked after: programs that check links send HEAD.
func TestHead(t *testing.T) {
	s := newSite(t)
	receipt := s.post("/s/"+s.Poster.Code, form(0)).receipt()
	for path, want := range map[string]int{
		"/": 200, "/s/" + s.Poster.Code: 200, "/s/" + s.Poster.Code + "/done?receipt=" + receipt: 200, "/r/" + receipt: 200,
		"/s/" + strings.ToLower(s.Poster.Code): 301, "/s/AAAAAAAA": 404, "/healthz": 200, "/readyz": 503,
	} {
		if a := s.send(httptest.NewRequest(http.MethodHead, path, nil)); a.status != want {
			t.Errorf("HEAD %s: %d, want %d", path, a.status, want)
		}
	}
}

// A method that an address does not take is refused with the area's face.
func TestMethodNotAllowed(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]string{"/": "不支持这种请求方式", "/?lang=en": "does not allow this method", "/s/" + s.Poster.Code: "<h1>"} {
		a := s.send(httptest.NewRequest(http.MethodDelete, path, nil)).is(http.StatusMethodNotAllowed, want, "<main").not(`"code"`)
		if kind := a.header.Get("Content-Type"); !strings.HasPrefix(kind, "text/html") {
			t.Errorf("%s: %s", path, kind)
		}
		if a.header.Get("Allow") == "" {
			t.Errorf("%s says not what is allowed", path)
		}
	}
}

// An answer that will not be stored does not stay on the phone; one that may
// still be sent does.
func TestStopPagesWipeTheDraft(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	wipes := []string{`id="stop" data-poster="` + s.Poster.Code + `"`, s.assets.URL("sending.js")}
	s.post(path, form(0)).receipt()
	s.post(path, with(form(0), "key", "key-of-somebody-else-1")).is(http.StatusConflict, wipes...)
	s.post(path, with(with(form(1), "S1", "OTHER"), "S2", "N")).is(http.StatusUnprocessableEntity, append(wipes, "谢谢您")...)
	s.postBody(path, strings.Repeat("a", 1<<20)).is(http.StatusRequestEntityTooLarge).not("data-poster")
	s.get("/s/AAAAAAAA").is(http.StatusNotFound).not("data-poster")
}
