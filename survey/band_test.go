package survey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
)

// Every k lies in one band, in order, and the band says what Judge says.
func TestBandsAreWhatIsJudged(t *testing.T) {
	c, _ := opened()
	rapid.Check(t, func(t *rapid.T) {
		c.Admission = rapid.SampledFrom([]survey.Admission{survey.ByRoom, survey.ByOpen}).Draw(t, "admission")
		households := rapid.Int64Range(1, 400).Draw(t, "N")
		n := rapid.Int64Range(0, households+2).Draw(t, "n")
		var want []survey.Band
		for k := range n + 1 {
			v := judge(households, n, k)
			if c.Admission == survey.ByOpen {
				v = survey.Indicative(v)
			}
			b := survey.Band{From: k, To: k, Words: survey.Words{Item11: v.Item11, Veto61: v.Veto61}, Points: v.Points, Light: v.Light()}
			if last := len(want) - 1; last >= 0 && want[last].Words == b.Words && want[last].Light == b.Light {
				want[last].To = k
			} else {
				want = append(want, b)
			}
		}
		if diff := cmp.Diff(want, c.Bands(households, n)); diff != "" {
			t.Errorf("%d of %d (-want +got):\n%s", n, households, diff)
		}
	})
}

// The numbers that are shown as compared decide as Judge does, for every row of
// the vectors that has an answer.
func TestReckoningDecidesAsJudge(t *testing.T) {
	for _, r := range readVectors(t, "verdict_vectors.csv", 271) {
		households, n, k := r.int(t, "N"), r.int(t, "n"), r.int(t, "k")
		v := judge(households, n, k)
		full, provisional := survey.DefaultMargins().Sizes(households)
		if full.Needed != v.NeededFull || provisional.Needed != v.NeededProvisional {
			t.Errorf("N = %d: sizes %d and %d, want %d and %d", households, full.Needed, provisional.Needed, v.NeededFull, v.NeededProvisional)
		}
		if n == 0 || n > households {
			continue
		}
		for _, at := range []struct {
			survey.Threshold
			above, below, clear bool
		}{
			{survey.Item11Threshold(), above(v, false), below(v, false), v.Item11 == survey.MetClear || v.Item11 == survey.NotMetClear},
			{survey.Veto61Threshold(), above(v, true), below(v, true), v.Veto61 == survey.Cleared || v.Veto61 == survey.VetoClear},
		} {
			c := at.Compare(households, n, k)
			sure := c.Everybody || c.Chance.Num().Cmp(c.Spread.Mul(c.Spread, c.Chance.Denom())) < 0
			if sure != c.Clear || v.Adequacy != survey.Inadequate && at.clear != c.Clear {
				t.Errorf("%d of %d of %d at %d %%: clear %v, compared %v", k, n, households, at.Percent(), c.Clear, sure)
			}
			if side := at.Num * n; (c.Left > side) != (c.Side > 0) || (c.Left < side) != (c.Side < 0) || c.Right != side {
				t.Errorf("%d of %d at %d %%: %d against %d is %d", k, n, at.Percent(), c.Left, c.Right, c.Side)
			}
			if met := c.Side > 0 || c.Side == 0 && at.Threshold == survey.Veto61Threshold(); at.above && !met || at.below && met {
				t.Errorf("%d of %d at %d %%: side %d", k, n, at.Percent(), c.Side)
			}
		}
	}
}
