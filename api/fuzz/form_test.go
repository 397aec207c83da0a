package fuzz_test

import (
	"net/http"
	"strings"
	"testing"
)

const aForm = "key=key-of-household-0001&S1=OWNER&S2=Y&Q1=5&unit=1&room=101"

// FuzzForm sends any body as a form: never a 5xx, never half a page, and
// something is stored only where a receipt was given.
func FuzzForm(f *testing.F) {
	for _, seed := range []string{
		aForm, aForm + "&Q16=%E7%94%B5%E6%A2%AF", aForm + "&Q13=VOTE&Q13=NONE", aForm + "&building=2%E5%8F%B7%E6%A5%BC",
		"", "S1=OWNER", "S1=OWNER&S2=Y&room=\xff", "&&&===%zz;", "key=%00&room=%00&unit=%00&Q16=%00",
		"S1=FAMILY&S2=N&unit=1&room=1", "lane=open&S1=OWNER&S2=Y", "building=甲楼&S1=OWNER&S2=Y&unit=１&room=３０１室",
	} {
		f.Add(seed)
	}
	server, m := site(f)
	f.Fuzz(func(t *testing.T, body string) {
		before := len(m.receipts)
		w := send(t, server, "/s/"+posterCode, formKind, body)
		if stored := len(m.receipts) - before; stored > 0 && w.Code != http.StatusSeeOther {
			t.Fatalf("status %d, and %d answers were stored", w.Code, stored)
		}
		if w.Code != http.StatusSeeOther && !strings.HasSuffix(w.Body.String(), "</html>") {
			t.Fatalf("status %d with half a page", w.Code)
		}
		if strings.Contains(w.Body.String(), "<script>") {
			t.Fatal("a script of somebody's own")
		}
	})
}
