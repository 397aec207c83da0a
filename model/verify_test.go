package model_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
)

// lived is a world with some of everything that verify looks at.
func lived(t *testing.T) *modeltest.World {
	w := modeltest.New(t)
	for i := range 25 {
		w.Saved(w.Answer(i).Bases([]survey.Bases{1, 2, 3}[i%3]).Rate(1 + i%5))
	}
	w.Saved(w.Answer(30).Comment("电梯常坏"))
	w.Saved(w.Answer(31).Open("a-device"))
	w.Save(w.Answer(0).Owner().Key("a-second-owner-of-0"))
	overfull(w, 3)
	held := heldOf(w)
	p, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, ids(held[:1]), false, modeltest.Reason)
	w.Must(err)
	w.Must(w.Store.Decide(w.Ctx(), w.Colleague, p.ID, true))
	_, err = w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, ids(held[1:2]), true, modeltest.Reason)
	w.Must(err)
	return w
}

// Whatever is changed behind the store's back is found, and its place named.
func TestVerifyFindsTampering(t *testing.T) {
	running := lived(t)
	running.Clean()
	sealed := lived(t)
	sealed.SealCampaign()
	sealed.Clean()
	for _, c := range []struct {
		name   string
		sealed bool
		sql    []string
		where  string // kind of place: "project", "campaign", "event"
		what   string
	}{
		{"a response is deleted", false, []string{"DELETE FROM responses WHERE id = (SELECT MIN(id) FROM responses WHERE lane = 'r')"}, "project", "tally differs from the recount"},
		{"an answer is changed", false, []string{"UPDATE responses SET answers = 'BA' || SUBSTR(answers, 3) WHERE id = (SELECT id FROM responses WHERE answers LIKE 'AA%' LIMIT 1)"}, "project", "tally differs from the recount"},
		{"an answer that is none", false, []string{"UPDATE responses SET answers = '??' WHERE id = (SELECT MIN(id) FROM responses)"}, "project", "cannot be read"},
		{"a response is added", false, []string{"INSERT INTO responses SELECT campaign, project, 42, bases, grp, lane, state, reason, version, answers, ZEROBLOB(16), change_key FROM responses LIMIT 1"}, "project", "tally differs from the recount"},
		{"a state is changed", false, []string{"UPDATE responses SET state = 'e', reason = 'over_households' WHERE id = (SELECT MIN(id) FROM responses WHERE state = 'c')"}, "project", "tally differs from the recount"},
		{"a state that is none", false, []string{"UPDATE responses SET state = 'x' WHERE id = (SELECT MIN(id) FROM responses)"}, "project", "unknown state"},
		{"a lane that is none", false, []string{"UPDATE responses SET lane = 'x' WHERE id = (SELECT MIN(id) FROM responses)"}, "project", "unknown lane"},
		{"bases that are none", false, []string{"UPDATE responses SET bases = 4 WHERE id = (SELECT MIN(id) FROM responses)"}, "project", "impossible bases"},
		{"a base is taken away", false, []string{"UPDATE responses SET bases = 1 WHERE id = (SELECT MIN(id) FROM responses WHERE bases = 3 AND lane = 'r')"}, "project", "responses of that base"},
		{"an excluded one without a reason", false, []string{"UPDATE responses SET reason = '' WHERE state = 'e'"}, "project", "with the reason"},
		{"another building group", false, []string{"UPDATE responses SET grp = 9 WHERE id = (SELECT MIN(id) FROM responses)"}, "project", "building group 9"},
		{"another questionnaire", false, []string{"UPDATE responses SET version = 7 WHERE id = (SELECT MIN(id) FROM responses)"}, "project", "answers questionnaire 7"},
		{"a receipt of the wrong length", false, []string{"UPDATE responses SET receipt = x'00' WHERE id = (SELECT MIN(id) FROM responses)"}, "project", "wrong length"},
		{"a claim is freed", false, []string{"DELETE FROM claims WHERE claim = (SELECT MIN(claim) FROM claims WHERE base = 1) AND base = 1"}, "project", "claims in slot 1"},
		{"a claim is added", false, []string{"INSERT INTO claims SELECT campaign, project, ZEROBLOB(16), 2, 0 FROM claims LIMIT 1"}, "project", "claims in slot 2"},
		{"a claim of a slot that is none", false, []string{"UPDATE claims SET base = 9 WHERE base = 5"}, "project", "unknown slot 9"},
		{"a refusal is wiped", false, []string{"UPDATE claims SET refused = 0"}, "project", "refused claims"},
		{"a refusal is made up", false, []string{"UPDATE tallies SET refused = refused + 5"}, "project", "refused claims"},
		{"a tally is set back", false, []string{"UPDATE tallies SET tally = x''"}, "project", "tally differs from the recount"},
		{"a tally is garbage", false, []string{"UPDATE tallies SET tally = x'0102030405'"}, "project", "cannot be read"},
		{"a tally is gone", false, []string{"DELETE FROM tallies"}, "project", "tally there is false"},
		{"comments are made up", false, []string{"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO comments SELECT campaign, project, 1000 + i, 'x' FROM comments, n"}, "project", "comments"},
		{"turnout is made up", false, []string{"UPDATE turnout_days SET responses = responses + 1"}, "project", "turnout by day"},
		{"a poster is gone", false, []string{"DELETE FROM posters WHERE code = (SELECT MIN(code) FROM posters)"}, "project", "has no poster"},
		{"a poster hangs elsewhere", false, []string{"UPDATE posters SET building = (SELECT id FROM buildings WHERE households = 25) WHERE code = (SELECT MIN(code) FROM posters)"}, "project", "not enrolled"},
		{"group homes are raised", false, []string{"UPDATE enrolments SET group_homes = '999' WHERE group_homes = '12'"}, "project", "group homes"},
		{"frozen buildings are garbage", false, []string{"UPDATE enrolments SET buildings = '{'"}, "project", "cannot be read"},
		{"an enrolment is gone", false, []string{"DELETE FROM enrolments WHERE group_homes = '12'"}, "project", "not enrolled"},
		{"the number of enrolments", false, []string{"UPDATE campaigns SET enrolled = 7"}, "campaign", "counts 7 enrolled"},
		{"the key is gone", false, []string{"UPDATE campaigns SET secret = NULL"}, "campaign", "has no key"},
		{"the key is another", false, []string{"UPDATE campaigns SET secret = ZEROBLOB(60)"}, "campaign", "unwrapped"},
		{"a decision about nothing", false, []string{"UPDATE held_decisions SET response = 1"}, "project", "not held"},
		{"responses of no campaign", false, []string{"UPDATE responses SET campaign = 7"}, "campaign", "does not exist"},
		{"claims of no campaign", false, []string{"UPDATE claims SET campaign = 7"}, "campaign", "does not exist"},
		{"opened without opening", false, []string{"UPDATE campaigns SET stage = 'draft'"}, "campaign", "before it was opened"},

		{"the key stayed", true, []string{"UPDATE campaigns SET secret = ZEROBLOB(60)"}, "campaign", "still has its key"},
		{"a sealed count is changed", true, []string{`UPDATE sealed_projects SET data = REPLACE(data, '"satisfied":', '"satisfied":1') WHERE data LIKE '%晨光花园%'`}, "project", "snapshot 1 differs"},
		{"a sealed word is changed", true, []string{`UPDATE sealed_projects SET data = REPLACE(data, 'NOT_ASSESSABLE', 'MET_CLEAR')`}, "project", "snapshot 1 differs"},
		{"a sealed project is gone", true, []string{"DELETE FROM sealed_projects WHERE data LIKE '%银杏里%'"}, "project", "missing from snapshot"},
		{"a sealed project is garbage", true, []string{"UPDATE sealed_projects SET data = '{'"}, "project", "cannot be read"},
		{"the snapshot is gone", true, []string{"DELETE FROM sealed_projects", "DELETE FROM snapshots"}, "campaign", "has no snapshot"},
		{"the snapshot is garbage", true, []string{"UPDATE snapshots SET meta = '{'"}, "campaign", "snapshot that cannot be read"},
		{"the snapshot's settings", true, []string{`UPDATE snapshots SET meta = REPLACE(meta, '2023.1', '2024.1')`}, "campaign", "other settings"},
		{"unsealed", true, []string{"UPDATE campaigns SET stage = 'closed'"}, "campaign", "has a snapshot but is closed"},
		{"response and tally alike after sealing", true, []string{"DELETE FROM responses WHERE lane = 'o'", "DELETE FROM claims WHERE base > 2"}, "project", "snapshot 1 differs"},

		{"an event is changed", false, []string{"DROP TRIGGER events_never_change", "UPDATE events SET reason = 'other' WHERE number = 3"}, "event 3", "was changed"},
		{"an event is changed with its hash", false, []string{"DROP TRIGGER events_never_change", "UPDATE events SET hash = 'ab' WHERE number = 3"}, "event 4", "does not continue"},
		{"an event is deleted", false, []string{"DROP TRIGGER events_never_go", "DELETE FROM events WHERE number = 3"}, "event 4", "missing or out of order"},
		{"the first event is deleted", false, []string{"DROP TRIGGER events_never_go", "DELETE FROM events WHERE number = 1"}, "event 2", "missing or out of order"},
		{"an event is inserted", false, []string{"INSERT INTO events SELECT number + 100000, at, actor, username, action, object, reason, detail, previous, hash FROM events WHERE number = 3"}, "event 100003", "missing or out of order"},
		{"events change places", false, []string{"DROP TRIGGER events_never_change", "UPDATE events SET number = -1 WHERE number = 3", "UPDATE events SET number = 3 WHERE number = 4", "UPDATE events SET number = 4 WHERE number = -1"}, "event 3", "was changed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			original := running
			if c.sealed {
				original = sealed
			}
			dir := t.TempDir()
			exec(t, original.SQL(), "VACUUM INTO ?", filepath.Join(dir, "meihao.db"))
			s := modeltest.Database{Dir: dir}.Open(t, original.Clock)
			db := modeltest.Database{Dir: dir}.SQL(t)
			changed := int64(0)
			for _, query := range c.sql {
				changed += exec(t, db, query)
			}
			if changed == 0 {
				t.Fatal("the test changes nothing")
			}
			findings, err := s.Verify(t.Context(), 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range findings {
				if strings.Contains(f.Where, c.where) && strings.Contains(f.What, c.what) {
					return
				}
			}
			t.Errorf("not found at %s: %q; findings: %s", c.where, c.what, listed(findings))
		})
	}
}

func listed(findings []survey.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "\n\t%s: %s", f.Where, f.What)
	}
	return b.String()
}

// An event can be neither changed nor removed while the triggers are there.
func TestEventsNeverChange(t *testing.T) {
	w := modeltest.New(t)
	db := w.SQL()
	for _, query := range []string{"UPDATE events SET reason = 'x'", "DELETE FROM events"} {
		if _, err := db.Exec(query); err == nil {
			t.Errorf("%s: done", query)
		}
	}
}

// Verify says all that it finds, and of one campaign only what is its own.
func TestVerifyGoesOn(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.OpenCampaign(w.Draft(nil))
		w.Saved(w.Answer(1))
		db := w.SQL()
		exec(t, db, "UPDATE tallies SET refused = 9")
		all, err := w.Store.Verify(w.Ctx(), 0)
		w.Must(err)
		if len(all) != 6 {
			t.Errorf("%d findings, want one for each of 6 tallies: %s", len(all), listed(all))
		}
		one, err := w.Store.Verify(w.Ctx(), other.ID)
		w.Must(err)
		if len(one) != 3 {
			t.Errorf("%d findings of one campaign, want 3: %s", len(one), listed(one))
		}
		for _, f := range one {
			if !strings.Contains(f.Where, other.ID.String()) {
				t.Errorf("a finding of another campaign: %+v", f)
			}
		}
		_, err = w.Store.Verify(w.Ctx(), 99)
		wantKind(t, err, survey.NotFound)
	})
}

// A finding tells no answer and no household.
func TestFindingsTellNoAnswers(t *testing.T) {
	w := lived(t)
	db := w.SQL()
	exec(t, db, "UPDATE responses SET answers = answers || 'SECRETANSWER'")
	findings, err := w.Store.Verify(w.Ctx(), 0)
	w.Must(err)
	if len(findings) == 0 {
		t.Fatal("nothing was found")
	}
	answers := texts(t, db, "SELECT answers FROM responses")
	for _, f := range findings {
		for _, a := range append(answers, "SECRET") {
			if strings.Contains(f.What, a) {
				t.Fatalf("a finding tells an answer: %s", f.What)
			}
		}
	}
}
