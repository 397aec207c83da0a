package survey

import (
	"maps"
	"testing"
)

// The sums are the cells with their groups added up, and broken bytes are
// refused.
func TestUnpackSums(t *testing.T) {
	tally := Tally{
		Cells: map[Cell]Score{
			{BothBases, Counted, RoomLane, 1}:    {Responses: 7, Answered: 6, Satisfied: 5},
			{BothBases, Counted, RoomLane, 2}:    {Responses: 3, Answered: 2, Satisfied: 1},
			{OwnerBase, Counted, RoomLane, 1}:    {Responses: 4, Answered: 4},
			{OwnerBase, Excluded, OpenLane, 300}: {Responses: 1},
		},
		Answers: map[Part][]int64{{BothBases, Counted, RoomLane}: {7, 0, 200}},
	}
	packed := tally.Pack()
	sums, err := UnpackSums(packed)
	want := map[Cell]Score{
		{BothBases, Counted, RoomLane, 0}:  {Responses: 10, Answered: 8, Satisfied: 6},
		{OwnerBase, Counted, RoomLane, 0}:  {Responses: 4, Answered: 4},
		{OwnerBase, Excluded, OpenLane, 0}: {Responses: 1},
	}
	if err != nil || !maps.Equal(sums.Cells, want) || len(sums.Answers) != 0 {
		t.Errorf("sums %v, answers %v, %v", sums.Cells, sums.Answers, err)
	}
	if empty, err := UnpackSums(nil); err != nil || len(empty.Cells) != 0 {
		t.Errorf("an empty tally: %v, %v", empty, err)
	}
	for end := 1; end < len(packed); end++ {
		if _, err := UnpackTally(packed[:end]); err == nil {
			t.Errorf("the first %d of %d bytes were read as a tally", end, len(packed))
		}
	}
	for _, broken := range [][]byte{{9}, {tallyFormat, 200}, {tallyFormat, 1, 9, 'c', 'r', 1, 2, 2, 2, 0}} {
		if _, err := UnpackSums(broken); err == nil {
			t.Errorf("%v was read as sums", broken)
		}
	}
	if _, err := UnpackTally(append(packed, 0)); err == nil {
		t.Error("a tally with a byte too many was read")
	}
}

// The scores of a shown copy are those of the whole.
func TestUnpackShownScores(t *testing.T) {
	shown := Shown{
		Counted: Score{Responses: 30, Answered: 20, Satisfied: 10}, WithHeld: Score{Responses: 31, Answered: 21, Satisfied: 10},
		OneBase: 4, Answers: []int64{1, 0, 300},
	}
	got, err := UnpackShownScores(shown.Pack())
	if err != nil || got.Counted != shown.Counted || got.WithHeld != shown.WithHeld || got.OneBase != 4 || got.Answers != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := UnpackShownScores([]byte{tallyFormat, 2}); err == nil {
		t.Error("a broken copy was read")
	}
}
