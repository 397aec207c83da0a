package survey_test

import (
	"testing"

	"meihao/survey"
)

// fullSheet answers every question that is open, without a comment.
func fullSheet() map[string][]string {
	sheet := values("S1", "OWNER", "S2", "Y", "Q8", "H24", "Q8b", "Y", "Q11", "Y", "Q12", "4", "Q14", "NONE", "Q15", "N")
	sheet["Q13"] = []string{"VOTE", "MEET"}
	for _, scale := range []string{"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q9", "Q10"} {
		sheet[scale] = []string{"4"}
	}
	return sheet
}

// BenchmarkRead is from submitted values to bases and packed answers.
func BenchmarkRead(b *testing.B) {
	q, sheet := defaultQuestionnaire(b), fullSheet()
	b.ReportAllocs()
	for b.Loop() {
		r, err := q.Read(sheet)
		if err != nil || q.Bases(r) != survey.BothBases || q.Pack(r) == "" {
			b.Fatal(err)
		}
	}
}

// BenchmarkSecrets makes the claim, receipt and change key of one submission.
func BenchmarkSecrets(b *testing.B) {
	key := survey.Key{1}
	b.ReportAllocs()
	for b.Loop() {
		mac := key.Mac()
		claim := mac.HouseholdClaim(11, "2", "301")
		if s := mac.Secrets(77, "0123456789abcdefghijkl", claim, survey.BothBases); survey.DigestOf(s.Change) == (survey.Digest{}) {
			b.Fatal(s)
		}
	}
}

// BenchmarkTally reads a project's counters, adds one response and writes
// them again, as the save transaction does.
func BenchmarkTally(b *testing.B) {
	q := defaultQuestionnaire(b)
	reading, err := q.Read(fullSheet())
	if err != nil {
		b.Fatal(err)
	}
	var tally survey.Tally
	r := survey.Response{Lane: survey.RoomLane, State: survey.Counted, Answers: q.Pack(reading)}
	for i := range 200 {
		r.Bases, r.Group = survey.Bases(1+i%3), 1+i%2
		if err := tally.Add(q, r, 1); err != nil {
			b.Fatal(err)
		}
	}
	packed := tally.Pack()
	b.ReportAllocs()
	for b.Loop() {
		tally, err := survey.UnpackTally(packed)
		if err != nil || tally.Add(q, r, 1) != nil {
			b.Fatal(err)
		}
		if tally.InGroup(survey.ByRoom, 1, survey.OwnerBase) == 0 || len(tally.Pack()) < len(packed) {
			b.Fatal("less than before")
		}
	}
}
