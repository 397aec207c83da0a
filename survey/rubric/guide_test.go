package rubric_test

import (
	"bytes"
	"testing"

	"meihao/static"
	"meihao/survey/rubric"
)

// Every item is explained in both languages, nothing that is no item is, and
// all that the notice asks for is listed.
func TestGuide(t *testing.T) {
	r, err := rubric.Parse(static.Rubric)
	if err != nil {
		t.Fatal(err)
	}
	g, err := r.ReadGuide(static.ItemHelp, static.Requirements)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range r.Items {
		if h := g.Of(item.ID); h.WantsZH == "" || h.EvidenceZH == "" || h.WantsEN == "" || h.EvidenceEN == "" {
			t.Errorf("%s is explained as %+v", item.ID, h)
		}
	}
	if n := len(g.Requirements); n != 24 || g.Requirements[0].ID != "R01" || g.Requirements[23].ID != "R24" {
		t.Errorf("%d requirements: %+v", n, g.Requirements)
	}
	for what, broken := range map[string][]byte{
		"an item without help":   bytes.Replace(static.ItemHelp, []byte("\n6.6,"), []byte("\n6.7,"), 1),
		"help of no item":        append(bytes.Clone(static.ItemHelp), "7.1,a,b,c,d\n"...),
		"a row with a cell less": append(bytes.Clone(static.ItemHelp), "7.1,a\n"...),
	} {
		if _, err := r.ReadGuide(broken, static.Requirements); err == nil {
			t.Errorf("%s is read", what)
		}
	}
}
