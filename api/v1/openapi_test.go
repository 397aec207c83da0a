package v1_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"meihao/api/v1"
	"meihao/static"
	"meihao/survey"
)

type description struct {
	OpenAPI string                                `json:"openapi"`
	Paths   map[string]map[string]json.RawMessage `json:"paths"`
}

func described(t *testing.T) description {
	t.Helper()
	var d description
	if err := json.Unmarshal(static.OpenAPI, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryRouteIsDescribedAndEveryDescriptionIsARoute(t *testing.T) {
	d := described(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1.") {
		t.Errorf("OpenAPI %q", d.OpenAPI)
	}
	engine := gin.New()
	(&v1.Handlers{}).Routes(engine)
	routes := map[string]bool{}
	for _, r := range engine.Routes() {
		path := regexp.MustCompile(`:(\w+)`).ReplaceAllString(r.Path, "{$1}")
		routes[r.Method+" "+path] = true
		if _, ok := d.Paths[path][strings.ToLower(r.Method)]; !ok {
			t.Errorf("%s %s is not described", r.Method, path)
		}
	}
	for path, methods := range d.Paths {
		for method := range methods {
			if !routes[strings.ToUpper(method)+" "+path] {
				t.Errorf("%s %s is described and is no route", method, path)
			}
		}
	}
}

func TestTheDescriptionHangsTogether(t *testing.T) {
	var whole map[string]any
	if err := json.Unmarshal(static.OpenAPI, &whole); err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`"\$ref":\s*"#/([^"]+)"`).FindAllStringSubmatch(string(static.OpenAPI), -1) {
		at := any(whole)
		for _, step := range strings.Split(m[1], "/") {
			object, _ := at.(map[string]any)
			at = object[step]
		}
		if at == nil {
			t.Errorf("#/%s leads nowhere", m[1])
		}
	}
	kinds := []survey.Kind{
		survey.Closed, survey.NotOpen, survey.UnknownPoster, survey.RetiredPoster, survey.AlreadyAnswered, survey.NoBase, survey.Invalid, survey.WrongCode,
		survey.TooLarge, survey.Busy, survey.Unauthorized, survey.Forbidden, survey.NotFound, survey.Conflict, survey.Internal,
	}
	for _, kind := range kinds {
		if !strings.Contains(string(static.OpenAPI), `"`+string(kind)+`"`) {
			t.Errorf("the code %s is not described", kind)
		}
	}
}

func TestTheDescriptionIsServed(t *testing.T) {
	s := newSite(t)
	a := s.call("", http.MethodGet, "/api/v1/openapi.json", "").is(http.StatusOK)
	if a.body != string(static.OpenAPI) || !strings.HasPrefix(a.header.Get("Content-Type"), "application/json") {
		t.Errorf("%s of %d bytes", a.header.Get("Content-Type"), len(a.body))
	}
}
