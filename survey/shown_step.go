package survey

import (
	"bytes"
	"encoding/binary"
)

// Mark stands for a response in the list of those that moved since a shown
// copy was made. Only the campaign's key leads from one to the other.
type Mark [8]byte

// Mark is that of one response.
func (m *Mac) Mark(response int64) Mark {
	var id [8]byte
	binary.BigEndian.PutUint64(id[:], uint64(response))
	sum := m.sum("mark", string(id[:]))
	return Mark(sum[:8])
}

// A shown copy moves once ShownStep responses were added, changed or removed
// (RULES §8). Those are different ones: who answers again five times is one
// person, and must not have the copy made anew before and after another's
// answer. So the marks of those that moved are kept behind the packed copy,
// until it is made anew; none is needed of the last.

// MarkRoom is how many bytes WithMark writes behind a packed copy, at most.
const MarkRoom = 24

// WithMark is a packed copy that notes one more response behind the noted ones
// that moved since it was made; false where it is one of them.
func WithMark(packed []byte, noted int64, m Mark) ([]byte, bool) {
	for at := len(packed) - len(m); at >= 0 && noted > 0; at, noted = at-len(m), noted-1 {
		if bytes.Equal(packed[at:at+len(m)], m[:]) {
			return packed, false
		}
	}
	if len(packed) == 0 {
		packed = Shown{}.appendTo(packed)
	}
	return append(packed, m[:]...), true
}

// areMarks says whether so many bytes behind a copy can be marks.
func areMarks(size int) bool {
	return size%len(Mark{}) == 0 && size < ShownStep*len(Mark{})
}
