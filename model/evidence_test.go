package model_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/evidence"
	"meihao/survey/rubric"
)

// pieceOf is a file of so many bytes; the store does not look into it.
func pieceOf(size int, note string) evidence.Piece {
	data := bytes.Repeat([]byte{7}, size)
	return evidence.Piece{Note: note, File: &evidence.File{Name: "现场.pdf", Type: evidence.PDF, Data: data, SHA256: sha256.Sum256(data), Sent: sha256.Sum256(data)}}
}

// thirdParty adds a third party of the first district.
func thirdParty(w *modeltest.World, name string) survey.Actor {
	w.T.Helper()
	a, err := w.Store.AddAccount(w.Ctx(), w.Admin, survey.Account{Username: name, Name: name, Role: survey.ThirdParty, Scope: survey.Scope{District: w.Project.Place.District}, Language: "zh"}, "hash")
	w.Must(err)
	return a.Actor()
}

// endActivity ends the world's activity while its campaign still runs.
func endActivity(w *modeltest.World) {
	w.T.Helper()
	_, err := w.SQL().Exec("UPDATE activities SET ended = ?", w.Clock.Now().UnixMilli())
	w.Must(err)
}

func wantFault(t *testing.T, what string, err error, key string) {
	t.Helper()
	if key == "" && err != nil || key != "" && survey.KeyOf(err) != key {
		t.Errorf("%s: %v, want %q", what, err, key)
	}
}

// A file comes back as it was stored, in as many parts as it takes, with the
// party of who added it; the event has its hash, and neither name nor note.
func TestEvidenceIsKept(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		activity, third := w.Campaign.Activity, thirdParty(w, "third")
		w.Must(w.Store.Declare(w.Ctx(), third, activity, w.Project.ID, false, ""))
		p := pieceOf(9<<20, "查看了现场")
		for _, one := range []struct {
			actor survey.Actor
			want  rubric.Party
		}{{w.Community, rubric.SelfParty}, {w.Company, rubric.SelfParty}, {w.District, rubric.FirstParty}, {w.City, rubric.FirstParty}, {third, rubric.ThirdParty}} {
			id, err := w.Store.AddEvidence(w.Ctx(), one.actor, activity, w.Project.ID, "2.1", p)
			w.Must(err)
			e, data, err := w.Store.EvidenceFile(w.Ctx(), one.actor, id)
			w.Must(err)
			if !bytes.Equal(data, p.File.Data) || e.Party != one.want || e.Name != "现场.pdf" || e.Type != evidence.PDF || e.Item != "2.1" || e.Note != "查看了现场" || e.By.ID != one.actor.Account {
				t.Errorf("%s: %d bytes of %+v", one.actor.Username, len(data), e)
			}
		}
		note, err := w.Store.AddEvidence(w.Ctx(), w.District, activity, w.Project.ID, "6.5", evidence.Piece{Note: "无处罚记录"})
		w.Must(err)
		_, _, err = w.Store.EvidenceFile(w.Ctx(), w.District, note)
		wantFault(t, "a note is no file", err, "error.not_found")
		_, one, err := w.Store.Sheet(w.Ctx(), survey.CityScope(), activity, w.Project.ID)
		w.Must(err)
		if n := len(one.Entries.Evidence); n != 6 {
			t.Errorf("the sheet has %d pieces, want 6", n)
		}
		events, err := w.Store.SheetHistory(w.Ctx(), w.City, activity, w.Project.ID)
		w.Must(err)
		sum := hex.EncodeToString(p.File.SHA256[:])
		if all := events[1].Detail; events[1].Action != "sheet.evidence_added" || !strings.Contains(all, sum) || strings.Contains(all, "现场") {
			t.Errorf("the event: %s %s", events[1].Action, all)
		}
	})
}

// Who may not, or has nothing to do with the project, is refused, and nothing
// is left behind.
func TestEvidenceRefused(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		activity, third, biased := w.Campaign.Activity, thirdParty(w, "third"), thirdParty(w, "biased")
		w.Must(w.Store.Declare(w.Ctx(), biased, activity, w.Project.ID, true, "为物业企业提供过服务"))
		before := count(t, w.SQL(), "SELECT COUNT(*) FROM events")
		for name, one := range map[string]struct {
			actor   survey.Actor
			project survey.ID
			item    string
			piece   evidence.Piece
			want    string
		}{
			"auditor":           {w.Auditor, w.Project.ID, "2.1", pieceOf(9, ""), "error.forbidden"},
			"other community":   {w.OtherCommunity, w.Project.ID, "2.1", pieceOf(9, ""), "error.not_found"},
			"other district":    {w.Stranger, w.Project.ID, "2.1", pieceOf(9, ""), "error.not_found"},
			"takes no part":     {w.City, w.Foreign.ID, "2.1", pieceOf(9, ""), "error.sheet.absent"},
			"no such item":      {w.District, w.Project.ID, "9.9", pieceOf(9, ""), "error.not_found"},
			"nothing":           {w.District, w.Project.ID, "2.1", evidence.Piece{}, "error.evidence.nothing"},
			"said nothing":      {third, w.Project.ID, "2.1", pieceOf(9, ""), "error.declaration.missing"},
			"has an interest":   {biased, w.Project.ID, "2.1", pieceOf(9, ""), "error.declaration.interest"},
			"of another sheet ": {biased, w.Neighbour.ID, "2.1", pieceOf(9, ""), "error.declaration.missing"},
		} {
			_, err := w.Store.AddEvidence(w.Ctx(), one.actor, activity, one.project, one.item, one.piece)
			wantFault(t, name, err, one.want)
		}
		_, err := w.Store.AddEvidence(w.Ctx(), w.City, 1, w.Project.ID, "2.1", pieceOf(9, ""))
		wantFault(t, "no such activity", err, "error.not_found")
		endActivity(w)
		_, err = w.Store.AddEvidence(w.Ctx(), w.District, activity, w.Project.ID, "2.1", pieceOf(9, ""))
		wantFault(t, "ended", err, "error.activity.ended")
		if n := count(t, w.SQL(), "SELECT (SELECT COUNT(*) FROM evidence) + (SELECT COUNT(*) FROM evidence_parts) + (SELECT COUNT(*) FROM sheets)"); n != 0 {
			t.Errorf("%d rows are left behind", n)
		}
		if after := count(t, w.SQL(), "SELECT COUNT(*) FROM events"); after != before {
			t.Errorf("%d events", after-before)
		}
	})
}

// Who speaks for a project reads what was said for it, not what assessors and
// third parties found.
func TestWhoReadsEvidence(t *testing.T) {
	w := modeltest.New(t)
	activity, third := w.Campaign.Activity, thirdParty(w, "third")
	w.Must(w.Store.Declare(w.Ctx(), third, activity, w.Project.ID, false, ""))
	of := map[string]survey.ID{}
	for name, actor := range map[string]survey.Actor{"self": w.Community, "first": w.District, "third": third} {
		id, err := w.Store.AddEvidence(w.Ctx(), actor, activity, w.Project.ID, "2.1", pieceOf(9, ""))
		w.Must(err)
		of[name] = id
	}
	for name, one := range map[string]struct {
		actor              survey.Actor
		self, first, third string
	}{
		"community":       {w.Community, "", "error.not_found", "error.not_found"},
		"subdistrict":     {w.Subdistrict, "", "error.not_found", "error.not_found"},
		"company":         {w.Company, "", "error.not_found", "error.not_found"},
		"district":        {w.District, "", "", ""},
		"auditor":         {w.Auditor, "", "", ""},
		"third":           {third, "", "", ""},
		"other community": {w.OtherCommunity, "error.not_found", "error.not_found", "error.not_found"},
		"other district":  {w.Stranger, "error.not_found", "error.not_found", "error.not_found"},
	} {
		for which, want := range map[string]string{"self": one.self, "first": one.first, "third": one.third} {
			_, _, err := w.Store.EvidenceFile(w.Ctx(), one.actor, of[which])
			wantFault(t, name+" reads "+which, err, want)
			_, _, _, err = w.Store.Evidence(w.Ctx(), one.actor, of[which])
			wantFault(t, name+" asks for "+which, err, want)
		}
	}
}

// Who added it removes it, and who decides; its bytes go, its hash stays. What
// somebody rests on stays.
func TestEvidenceIsRemoved(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		activity := w.Campaign.Activity
		add := func(a survey.Actor, item string) survey.ID {
			id, err := w.Store.AddEvidence(w.Ctx(), a, activity, w.Project.ID, item, pieceOf(9, "x"))
			w.Must(err)
			return id
		}
		remove := func(a survey.Actor, id survey.ID) error {
			return w.Store.RemoveEvidence(w.Ctx(), a, id, modeltest.Reason)
		}
		self, first := add(w.Community, "2.1"), add(w.District, "2.1")
		wantFault(t, "the company", remove(w.Company, self), "error.evidence.others")
		wantFault(t, "self of first", remove(w.Community, first), "error.not_found")
		wantFault(t, "auditor", remove(w.Auditor, first), "error.forbidden")
		wantFault(t, "stranger", remove(w.Stranger, first), "error.not_found")
		wantFault(t, "no reason", w.Store.RemoveEvidence(w.Ctx(), w.District, first, " "), "error.reason")
		wantFault(t, "its own", remove(w.Community, self), "")
		wantFault(t, "twice", remove(w.Community, self), "error.not_found")
		if n := count(t, w.SQL(), "SELECT COUNT(*) FROM evidence_parts"); n != 1 {
			t.Errorf("%d parts, want 1", n)
		}
		_, one, err := w.Store.Sheet(w.Ctx(), survey.CityScope(), activity, w.Project.ID)
		w.Must(err)
		e := one.Entries.Evidence[slices.IndexFunc(one.Entries.Evidence, func(e rubric.Evidence) bool { return e.ID == self })]
		if !e.Removed || e.Name != "" || e.Note != "" || e.SHA256 != pieceOf(9, "").File.SHA256 {
			t.Errorf("removed: %+v", e)
		}
		points := rubric.Halves(1)
		w.Must(w.Store.SaveMarks(w.Ctx(), w.District, activity, w.Project.ID, []rubric.MarkChange{{Item: "2.1", Points: &points}}))
		wantFault(t, "a mark rests on it", remove(w.City, first), "error.evidence.rests")
		second := add(w.City, "2.1")
		wantFault(t, "there is another", remove(w.City, first), "")
		wantFault(t, "the last one", remove(w.City, second), "error.evidence.rests")
		document := add(w.District, "6.5")
		w.Must(w.Store.RecordVeto(w.Ctx(), w.District, activity, w.Project.ID, rubric.Recorded{Item: "6.5", State: rubric.No, Document: "查询单", Evidence: document}))
		wantFault(t, "a veto rests on it", remove(w.District, document), "error.evidence.veto")
		endActivity(w)
		wantFault(t, "ended", remove(w.City, second), "error.activity.ended")
	})
}

// A sheet holds so many bytes and so many pieces; what was removed makes room.
func TestSheetsAreFull(t *testing.T) {
	w := modeltest.New(t)
	activity := w.Campaign.Activity
	add := func(p evidence.Piece) (survey.ID, error) {
		return w.Store.AddEvidence(w.Ctx(), w.District, activity, w.Project.ID, "2.1", p)
	}
	last, err := add(pieceOf(9, ""))
	w.Must(err)
	// As if they had been added: what counts is what the rows say.
	set := func(size, pieces int) {
		for _, statement := range []string{"DELETE FROM evidence_parts WHERE evidence < 1000", "DELETE FROM evidence WHERE id < 1000"} {
			if _, err := w.SQL().Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		for i := range pieces {
			_, err := w.SQL().Exec("INSERT INTO evidence SELECT ?, sheet, item, party, 'note', '', '', ?, x'', 'x', account, at, 0, '' FROM evidence WHERE id = ?", i+1, size, uint64(last))
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	set(0, evidence.MostPieces-1)
	_, err = add(evidence.Piece{Note: "x"})
	wantFault(t, "one too many", err, "error.evidence.full")
	set(evidence.MostBytes-18, 1)
	_, err = add(pieceOf(10, ""))
	wantFault(t, "a byte too many", err, "error.evidence.full")
	w.Must(w.Store.RemoveEvidence(w.Ctx(), w.District, last, modeltest.Reason))
	_, err = add(pieceOf(10, ""))
	wantFault(t, "after a removal", err, "")
}

// What is not as it was stored is not given out.
func TestBrokenEvidence(t *testing.T) {
	w := modeltest.New(t)
	id, err := w.Store.AddEvidence(w.Ctx(), w.District, w.Campaign.Activity, w.Project.ID, "2.1", pieceOf(9, ""))
	w.Must(err)
	if _, err := w.SQL().Exec("UPDATE evidence_parts SET data = x'00'"); err != nil {
		t.Fatal(err)
	}
	var told *survey.Error
	if _, _, err := w.Store.EvidenceFile(w.Ctx(), w.District, id); err == nil || errors.As(err, &told) {
		t.Errorf("a broken file: %v", err)
	}
}
