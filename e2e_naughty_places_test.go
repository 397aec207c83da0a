package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/http/httpguts"
)

// Every naughty string in every header that is read, in every part of every
// address of the residents, and in every query: nothing fails, nothing is
// stored, nothing becomes markup or leads elsewhere.
func TestNaughtyStringsAround(t *testing.T) {
	sqliteOnly(t, "what is around the fields is read before any engine")
	all := naughtyStrings(t)
	s, demo := serveDemo(t)
	receipt := s.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(0), "4"))
	for name, shots := range map[string][]shot{
		"headers": headerShots(all, demo.Poster, receipt), "addresses": addressShots(all), "queries": queryShots(all, demo.Poster, receipt),
	} {
		storesNothing(t, s.Data, name, func(t *testing.T) {
			start := time.Now()
			told := s.fire(t, shots)
			told.took(t, start)
			told.none(t)
		})
	}
}

// headerShots put a string into all headers of a request, some of which are
// answers that are refused for want of everything, and our own strings into
// each header alone.
func headerShots(all []string, poster, receipt string) (shots []shot) {
	names := []string{"Accept", "Accept-Language", "Accept-Encoding", "Content-Type", "X-Forwarded-For", "X-Real-Ip", "Forwarded", "Referer", "Origin", "If-None-Match", "User-Agent", "Authorization", "X-Request-Id", "Range"}
	alone := len(all) - len(ownNaughty())
	cookies := []string{"mh_key", "mh_change_", "mh_change_0", "mh_device", "lang", "size", "__Host-session"}
	for i, naughty := range all {
		if len(naughty) > 8000 { // headers have a bound of their own
			naughty = naughty[:8000]
		}
		every := http.Header{}
		for _, name := range names {
			if httpguts.ValidHeaderFieldValue(naughty) {
				every.Set(name, naughty)
			}
		}
		var jar []string
		for _, name := range cookies { // as a browser would write it, and as it is
			jar = append(jar, name+"="+url.QueryEscape(naughty))
			if httpguts.ValidHeaderFieldValue(naughty) && len(naughty) < 1000 {
				jar = append(jar, name+"="+naughty, name+`="`+naughty+`"`)
			}
		}
		for name := range every {
			if i < alone {
				break
			}
			shots = append(shots, shot{method: http.MethodGet, path: "/s/" + poster, header: http.Header{name: every[name]}, what: fmt.Sprintf("%.60q as %s", naughty, name)})
		}
		for _, one := range jar {
			if i < alone {
				break
			}
			shots = append(shots, shot{method: http.MethodGet, path: "/s/" + poster, header: http.Header{"Cookie": {one}}, what: fmt.Sprintf("the cookie %.60q", one)})
		}
		every.Set("Cookie", strings.Join(jar, "; "))
		for _, path := range []string{"/s/" + poster, "/s/" + poster + "/again?receipt=" + receipt, "/r/" + receipt, "/api/v1/campaigns", "/assets/base.css", "/"} {
			shots = append(shots, shot{method: http.MethodGet, path: path, header: every, what: fmt.Sprintf("%.60q in all headers of %s", naughty, path)})
		}
		for _, path := range []string{"/s/" + poster, "/s/" + poster + "/again", "/api/v1/posters/" + poster + "/responses"} {
			shots = append(shots, shot{method: http.MethodPost, path: path, body: "unit=1&Q1=4", header: every, what: fmt.Sprintf("%.60q in all headers to %s", naughty, path)})
		}
	}
	return shots
}

// addressShots put a string where a code stands, as a browser writes it and
// as somebody else may.
func addressShots(all []string) (shots []shot) {
	for _, naughty := range all {
		if len(naughty) > 8000 {
			naughty = naughty[:8000]
		}
		for _, path := range []string{"/s/%s", "/s/%s/done", "/s/%s/again", "/s/%s/privacy", "/r/%s", "/p/%s", "/assets/%s", "/%s"} {
			shots = append(shots, shot{method: http.MethodGet, path: fmt.Sprintf(path, url.PathEscape(naughty)), what: fmt.Sprintf("%.60q in the address %s", naughty, path)})
		}
		for _, path := range []string{"/s/%s", "/s/%s/again", "/api/v1/posters/%s/responses"} {
			shots = append(shots, shot{method: http.MethodPost, path: fmt.Sprintf(path, url.PathEscape(naughty)), kind: formKind, body: "unit=1",
				what: fmt.Sprintf("%.60q in the address %s", naughty, path)})
		}
	}
	return shots
}

// queryShots put a string into all queries of a page, and our own strings into
// each alone.
func queryShots(all []string, poster, receipt string) (shots []shot) {
	paths := map[string][]string{
		"/":                         {"lang", "size", "code", "x"},
		"/s/" + poster:              {"lang", "size", "home", "retry", "again"},
		"/s/" + poster + "/done":    {"lang", "size", "receipt", "retry", "again"},
		"/s/" + poster + "/again":   {"lang", "receipt"},
		"/s/" + poster + "/privacy": {"lang", "size"},
		"/r/" + receipt:             {"lang", "size", "x"},
		"/p/" + poster:              {"lang", "size"},
		"/privacy":                  {"lang", "size"},
	}
	alone := len(all) - len(ownNaughty())
	for i, naughty := range all {
		if len(naughty) > 8000 {
			naughty = naughty[:8000]
		}
		for path, names := range paths {
			var whole []string
			for _, name := range names {
				if whole = append(whole, name+"="+url.QueryEscape(naughty)); i < alone {
					continue
				}
				shots = append(shots, shot{method: http.MethodGet, path: path + "?" + whole[len(whole)-1], what: fmt.Sprintf("%.60q as %s?%s", naughty, path, name)})
			}
			shots = append(shots, shot{method: http.MethodGet, path: path + "?" + strings.Join(whole, "&"), what: fmt.Sprintf("%.60q in every query of %s", naughty, path)})
		}
	}
	return shots
}
