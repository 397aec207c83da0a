package resident

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A form is read as net/url reads it.
func FuzzValues(f *testing.F) {
	for _, body := range []string{"", "a=1&b=2&a=3&&c", "Q16=%E5%A5%BD+%21&=x&a", "a;b=1", "a=%zz", "%41=1&A=2&A=3", "a=1=2&=&&"} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		want, wrong := url.ParseQuery(body)
		got, ok := valuesOf(body)
		if ok != (wrong == nil) {
			t.Fatalf("%q is read: %v, net/url says %v", body, ok, wrong)
		}
		if ok && !cmp.Equal(want, got) {
			t.Fatalf("%q (-want +got):\n%s", body, cmp.Diff(want, got))
		}
	})
}
