package household_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey/household"
)

// Buildings stand in the order in which people count them, however they are
// written.
func TestOrderKey(t *testing.T) {
	want := []string{
		"", "1号楼", "2号楼", "3A", "三号楼", "3号楼2单元大堂", "3号楼10单元大堂", "009", "第九幢", "十号楼", "11-2", "11-10", "一百零二号楼",
		"A座", "B2座", "B10座", "C座", "甲楼", "乙楼", "丙楼", "丁楼", "东配楼", "物业楼",
	}
	for range 20 {
		got := slices.Clone(want)
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, func(a, b string) int { return strings.Compare(household.OrderKey(a), household.OrderKey(b)) })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}
