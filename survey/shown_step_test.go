package survey_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// The same response is noted once, others each, and the copy that they are
// noted on stays readable.
func TestMarksBehindAShownCopy(t *testing.T) {
	copies := map[string]survey.Shown{
		"an empty copy": {},
		"a full copy": {
			Counted: survey.Score{Responses: 30, Answered: 20, Satisfied: 10}, WithHeld: survey.Score{Responses: 31, Answered: 21, Satisfied: 10},
			OneBase: 4, Answers: []int64{1, 0, 300},
		},
	}
	mac := survey.Key{1}.Mac()
	for name, shown := range copies {
		packed, noted := shown.Pack(), int64(0)
		if name == "an empty copy" {
			packed = nil
		}
		for _, step := range []struct {
			response int64
			other    bool
		}{{7, true}, {7, false}, {8, true}, {7, false}, {9, true}, {8, false}, {10, true}, {7, false}, {10, false}} {
			before := bytes.Clone(packed)
			var other bool
			if packed, other = survey.WithMark(packed, noted, mac.Mark(step.response)); other != step.other {
				t.Fatalf("%s: response %d after %d is another one: %v", name, step.response, noted, other)
			}
			if other {
				noted++
			} else if !bytes.Equal(packed, before) {
				t.Errorf("%s: response %d was noted twice", name, step.response)
			}
			whole, err := survey.UnpackShown(packed)
			if diff := cmp.Diff(shown, whole); diff != "" || err != nil {
				t.Fatalf("%s with %d marks: %v\n%s", name, noted, err, diff)
			}
			scores, err := survey.UnpackShownScores(packed)
			if err != nil || scores.Counted != shown.Counted {
				t.Fatalf("%s with %d marks: %+v, %v", name, noted, scores, err)
			}
		}
		for _, broken := range [][]byte{append(bytes.Clone(packed), 0), packed[:len(packed)-1], append(bytes.Clone(packed), make([]byte, 8)...)} {
			if _, err := survey.UnpackShown(broken); err == nil {
				t.Errorf("%s: %d bytes behind it were taken for marks", name, len(broken)-len(shown.Pack()))
			}
		}
	}
}

// A mark leads to its response under the campaign's key alone.
func TestMarksDependOnTheKey(t *testing.T) {
	mac := survey.Key{1}.Mac()
	if mac.Mark(7) != (survey.Key{1}).Mac().Mark(7) || mac.Mark(7) == mac.Mark(8) || mac.Mark(7) == (survey.Key{2}).Mac().Mark(7) {
		t.Error("marks of responses and keys run together")
	}
}
