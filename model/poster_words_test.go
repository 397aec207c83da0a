package model_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

// to replaces all words, under their rule.
func to(words survey.PosterWords) func(*survey.PosterWords, survey.Stage) error {
	return func(w *survey.PosterWords, stage survey.Stage) error { return w.Change(words, stage) }
}

// The words of a campaign's posters are its managers' to change until it is
// sealed, for everybody in scope to read, and each change leaves its event.
func TestPosterWords(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		read := func() survey.PosterWords {
			t.Helper()
			words, err := w.Store.PosterWords(w.Ctx(), w.Community.Scope, w.Campaign.ID)
			w.Must(err)
			return words
		}
		if words := read(); words != (survey.PosterWords{}) {
			t.Errorf("at first: %+v", words)
		}
		own := survey.PosterWords{Bilingual: true, ZH: survey.PosterText{Title: "请为物业打分", Why: "本社区邀请您"}, EN: survey.PosterText{Help: "Ask us."}}
		w.Must(w.Store.ChangePosterWords(w.Ctx(), w.District, w.Campaign.ID, to(own)))
		w.Must(w.Store.ChangePosterWords(w.Ctx(), w.District, w.Campaign.ID, to(own))) // nothing new: no event
		if diff := cmp.Diff(own, read()); diff != "" {
			t.Error(diff)
		}
		second := survey.PosterWords{ZH: survey.PosterText{Title: "请为物业打分"}}
		w.Must(w.Store.ChangePosterWords(w.Ctx(), w.District, w.Campaign.ID, to(second)))
		if diff := cmp.Diff(second, read()); diff != "" {
			t.Error(diff)
		}
		events, err := w.Store.Events(w.Ctx(), 0, 2)
		w.Must(err)
		want := []string{
			`{"new":{"bilingual":false,"zh_title":"请为物业打分"},"old":{"bilingual":true,"en_help":"Ask us.","zh_title":"请为物业打分","zh_why":"本社区邀请您"}}`,
			`{"new":{"bilingual":true,"en_help":"Ask us.","zh_title":"请为物业打分","zh_why":"本社区邀请您"},"old":{"bilingual":false}}`,
		}
		for i, e := range events {
			if e.Action != "campaign.poster_changed" || e.Detail != want[i] || e.Object != "campaign "+w.Campaign.ID.String() {
				t.Errorf("event %d: %s of %s: %s", i, e.Action, e.Object, e.Detail)
			}
		}
		for who, actor := range map[string]survey.Actor{"community": w.Community, "another district": w.Stranger} {
			if err := w.Store.ChangePosterWords(w.Ctx(), actor, w.Campaign.ID, to(own)); err == nil {
				t.Errorf("the %s may change them", who)
			}
		}
		_, err = w.Store.PosterWords(w.Ctx(), w.Stranger.Scope, w.Campaign.ID)
		wantKind(t, err, survey.NotFound)
		w.SealCampaign()
		wantKind(t, w.Store.ChangePosterWords(w.Ctx(), w.District, w.Campaign.ID, to(own)), survey.Conflict)
	})
}

// An emblem replaces the one before, can be taken away, and each
// change leaves an event that names it and does not hold it.
func TestEmblem(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		read := func() []byte {
			t.Helper()
			png, err := w.Store.Emblem(w.Ctx(), w.Community.Scope, w.Campaign.ID)
			w.Must(err)
			return png
		}
		if png := read(); png != nil {
			t.Errorf("at first: %q", png)
		}
		first, second := []byte("\x89PNG the first"), bytes.Repeat([]byte("second"), 100_000)
		for _, png := range [][]byte{first, second, second, nil, nil, first} {
			w.Must(w.Store.ChangeEmblem(w.Ctx(), w.District, w.Campaign.ID, png))
			if !bytes.Equal(read(), png) {
				t.Errorf("%d bytes are not those that were stored", len(png))
			}
		}
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM events WHERE action = 'campaign.poster_changed'"); n != 4 {
			t.Errorf("%d events of 4 changes", n)
		}
		events, err := w.Store.Events(w.Ctx(), 0, 1)
		w.Must(err)
		if d := events[0].Detail; !strings.Contains(d, `"new":{"emblem":"sha256:`) || strings.Contains(d, "PNG") {
			t.Errorf("the event says %s", d)
		}
		wantKind(t, w.Store.ChangeEmblem(w.Ctx(), w.Community, w.Campaign.ID, first), survey.Forbidden)
		wantKind(t, w.Store.ChangeEmblem(w.Ctx(), w.Stranger, w.Campaign.ID, first), survey.NotFound)
		wantKind(t, w.Store.ChangeEmblem(w.Ctx(), w.District, w.Campaign.ID, make([]byte, 3<<20)), survey.TooLarge)
		_, err = w.Store.Emblem(w.Ctx(), w.Stranger.Scope, w.Campaign.ID)
		wantKind(t, err, survey.NotFound)
		w.SealCampaign()
		wantKind(t, w.Store.ChangeEmblem(w.Ctx(), w.District, w.Campaign.ID, nil), survey.Conflict)
	})
}

// A draft that has its words and its emblem can be removed.
func TestADraftWithWordsGoes(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		draft := w.Draft(nil)
		w.Must(w.Store.ChangePosterWords(w.Ctx(), w.District, draft.ID, to(survey.PosterWords{Bilingual: true})))
		w.Must(w.Store.ChangeEmblem(w.Ctx(), w.District, draft.ID, []byte("png")))
		w.Must(w.Store.RemoveCampaign(w.Ctx(), w.District, draft.ID))
		for _, table := range []string{"poster_words", "emblems"} {
			if n := number(t, w.SQL(), "SELECT COUNT(*) FROM "+table); n != 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
	})
}
