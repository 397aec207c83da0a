package model_test

import (
	"fmt"
	"strings"
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/rubric"
)

// What is put into sheets behind the store's back is found and named.
func TestVerifySheets(t *testing.T) {
	eachSheets(t, func(t *testing.T, w sheets) {
		third := thirdParty(w.World, "third")
		w.Must(w.Store.Declare(w.Ctx(), third, w.Campaign.Activity, w.Project.ID, false, ""))
		w.Must(w.mark(w.District, "2.3", points(4), nil))
		w.Must(w.mark(third, "2.3", points(5), nil))
		w.Must(w.settle(w.District, "2.3", 5, w.award("2.3").Seen()))
		w.Must(w.fees(1, 2))
		w.Must(w.Store.AskOverride(w.Ctx(), w.District, w.Campaign.Activity, w.Project.ID, rubric.FeesItem, 1, modeltest.Reason))
		w.Must(w.Store.RecordVeto(w.Ctx(), w.District, w.Campaign.Activity, w.Project.ID, rubric.Recorded{Item: "6.2", State: rubric.No, Document: "函"}))
		w.seal()
		findings := func() []survey.Finding {
			found, err := w.Store.Verify(w.Ctx(), 0)
			w.Must(err)
			return found
		}
		if found := findings(); len(found) > 0 {
			t.Fatalf("a sound world has %v", found)
		}
		for _, one := range []struct{ broken, mended, want string }{
			{"UPDATE marks SET points = 9 WHERE party = 'first'", "UPDATE marks SET points = 4 WHERE party = 'first'", "4.5 points"},
			{"UPDATE marks SET points = 5 WHERE party = 'first'", "UPDATE marks SET points = 4 WHERE party = 'first'", "no marks differ"},
			{"UPDATE marks SET account = " + fmt.Sprint(int64(third.Account)), "UPDATE marks SET account = " + fmt.Sprint(int64(w.District.Account)) + " WHERE party = 'first'", "two marks of one account"},
			{"UPDATE settlements SET points = 7", "UPDATE settlements SET points = 5", "is settled on"},
			{"UPDATE overrides SET confirmed_by = asked_by", "UPDATE overrides SET confirmed_by = 0", "by one person"},
			{"UPDATE overrides SET item = '6.1'", "UPDATE overrides SET item = '3.2'", "is overridden with"},
			{"UPDATE sheet_vetoes SET document = '', state = 'YES'", "UPDATE sheet_vetoes SET document = 'x', state = 'NO'", "cannot stand"},
			{"UPDATE sheets SET snapshot = 7 WHERE campaign <> 0", "UPDATE sheets SET snapshot = 1 WHERE campaign <> 0", "reads a result that is not there"},
		} {
			exec(t, w.SQL(), one.broken)
			found := findings()
			if len(found) == 0 || !strings.Contains(found[0].What, one.want) {
				t.Errorf("%s: %v, want %q", one.broken, found, one.want)
			}
			exec(t, w.SQL(), one.mended)
		}
		if found := findings(); len(found) > 0 {
			t.Errorf("mended: %v", found)
		}
	})
}
