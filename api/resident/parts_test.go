package resident

import (
	"io"
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/api/lang"
	"meihao/api/page"
	"meihao/static"
	"meihao/survey"
)

// partsSite renders forms of the default questionnaire.
func partsSite(t testing.TB) (*Handlers, *survey.Questionnaire) {
	t.Helper()
	catalogs, err := lang.Load(static.Lang)
	if err != nil {
		t.Fatal(err)
	}
	assets, err := page.LoadAssets(static.Assets)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := page.Load(static.Pages, catalogs, assets, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	q, err := survey.ParseQuestionnaire(static.Questionnaire)
	if err != nil {
		t.Fatal(err)
	}
	return &Handlers{Pages: pages}, q
}

// blankForm is the view of a form on which nothing was typed.
func blankForm(q *survey.Questionnaire, poster, size string) FormView {
	v := FormView{Poster: poster, Action: "/s/" + poster, Household: &HouseholdView{Building: poster}, Frame: Frame{Frame: page.Frame{Size: size}}}
	for i, section := range q.Sections {
		part := Part{Title: Bilingual{section.ZH, section.EN}}
		for _, id := range section.Questions {
			part.Questions = append(part.Questions, questionView(q, q.Question(id), typed{}, ""))
		}
		if i == 0 {
			v.First = part
			continue
		}
		v.More = append(v.More, part)
	}
	return v
}

// A form with the parts that another poster's form left ready is the form
// rendered by itself, byte by byte.
func TestReadyPartsChangeNoByte(t *testing.T) {
	h, q := partsSite(t)
	short := *q
	short.Sections = q.Sections[:1]
	for id, q := range map[survey.ID]*survey.Questionnaire{1: q, 2: &short} {
		for _, language := range lang.Languages() {
			for _, form := range []FormView{blankForm(q, "7KQ4M2XD", ""), blankForm(q, "8KQ4M2XC", "xl")} {
				alone, err := h.Pages.Render(language, "resident/form", form)
				if err != nil {
					t.Fatal(err)
				}
				if form.Made, err = h.made(language, id, form); err != nil {
					t.Fatal(err)
				}
				shared, err := h.Pages.Render(language, "resident/form", form)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(alone), string(shared)); diff != "" {
					t.Errorf("questionnaire %d in %s (-alone +shared):\n%s", id, language, diff)
				}
			}
		}
	}
	if len(h.parts.kept) != 4 {
		t.Errorf("%d sets of parts of two questionnaires in two languages", len(h.parts.kept))
	}
	for id := range survey.ID(200) {
		if _, err := h.made("zh", id, blankForm(&short, "7KQ4M2XD", "")); err != nil {
			t.Fatal(err)
		}
		if len(h.parts.kept) > mostParts {
			t.Fatalf("%d sets of parts are kept", len(h.parts.kept))
		}
	}
}

// BenchmarkFirstForm is the first form of a poster: all of it rendered, with
// the parts of another poster's, and its compression.
func BenchmarkFirstForm(b *testing.B) {
	h, q := partsSite(b)
	form := blankForm(q, "7KQ4M2XD", "")
	render := func(b *testing.B, v FormView) (body []byte) {
		for b.Loop() {
			var err error
			if body, err = h.Pages.Render("zh", "resident/form", v); err != nil {
				b.Fatal(err)
			}
		}
		return body
	}
	var body []byte
	b.Run("alone", func(b *testing.B) { body = render(b, form) })
	ready := form
	var err error
	if ready.Made, err = h.made("zh", 1, form); err != nil {
		b.Fatal(err)
	}
	b.Run("parts ready", func(b *testing.B) { render(b, ready) })
	b.Run("brotli", func(b *testing.B) {
		for b.Loop() {
			h.packer.Pack(body, page.Brotli)
		}
	})
}
