package resident_test

import (
	"net/http"
	"strings"
	"testing"
)

// FuzzForm sends any body as a form: never a 5xx, and something is stored
// exactly when a receipt was given that was not known before.
func FuzzForm(f *testing.F) {
	for _, seed := range []string{
		form(0).Encode(), with(form(1), "Q16", "电梯常坏").Encode(), with(form(2), "Q13", "VOTE", "NONE").Encode(),
		"", "S1=OWNER", "S1=OWNER&S2=Y&room=\xff", "&&&===%zz;", "key=%00&room=%00&unit=%00&Q16=%00",
		"S1=FAMILY&S2=N&unit=1&room=1", "lane=open&S1=OWNER&S2=Y", "building=4号楼&S1=OWNER&S2=Y&unit=１&room=３０１室",
	} {
		f.Add(seed)
	}
	s := newSite(f)
	known := map[string]bool{}
	f.Fuzz(func(t *testing.T, body string) {
		s := s.on(t)
		before := s.stored()
		a := s.postBody("/s/"+s.Poster.Code, body)
		if a.status >= 500 {
			t.Fatalf("%d", a.status)
		}
		want := before
		if a.status == http.StatusSeeOther && !known[a.receipt()] {
			known[a.receipt()] = true
			want++
		}
		if got := s.stored(); got != want {
			t.Fatalf("status %d, and %d answers became %d", a.status, before, got)
		}
		if a.status == http.StatusUnprocessableEntity && !strings.Contains(a.body, "</html>") {
			t.Fatal("half a page")
		}
	})
}
