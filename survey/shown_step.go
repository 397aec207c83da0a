package survey

import "encoding/binary"

// Mark stands for a response in the list of those that moved since a shown
// copy was made. Only the campaign's key leads from one to the other. The last
// bit says that the response was answered again.
type Mark [8]byte

// Mark is that of one response.
func (m *Mac) Mark(response int64) Mark {
	var id [8]byte
	binary.BigEndian.PutUint64(id[:], uint64(response))
	sum := m.sum("mark", string(id[:]))
	mark := Mark(sum[:8])
	mark[7] &^= 1
	return mark
}

// Again is the mark of a response that was answered again.
func (m Mark) Again() Mark {
	m[7] |= 1
	return m
}

func (m Mark) isAgain() bool { return m[7]&1 == 1 }

// A shown copy moves once ShownStep responses were added, changed or removed
// (RULES §8). Those are different ones: who answers again five times is one
// person, and must not have the copy made anew before and after another's
// answer. So the marks of those that moved are kept behind the copy until it is
// made anew; and of those that were answered again the last MostSpent longer:
// five phones that answer again and again move one copy, and then no more.

// MostSpent is how many responses that were answered again are remembered.
const MostSpent = 64

// MarkRoom is how many bytes WithMark writes, at most.
const MarkRoom = len(Mark{})

// WithMark is a list of marks with one more: false where it is one of the last
// moved ones, or, of a response that was answered again, of any in the list.
// Without a mark (the campaign's key is lost) each is another one.
func WithMark(marks []byte, moved int64, m Mark) ([]byte, bool) {
	first := len(marks) - int(moved)*len(m)
	if m.isAgain() {
		first = 0
	}
	plain := m
	plain[7] &^= 1
	for at := max(first, 0); at+len(m) <= len(marks) && plain != (Mark{}); at += len(m) {
		noted := Mark(marks[at : at+len(m)])
		noted[7] &^= 1
		if noted == plain {
			return marks, false
		}
	}
	return append(marks, m[:]...), true
}

// SpentMarks are those of a list that stay when the copy before them is made
// anew.
func SpentMarks(marks []byte) []byte {
	var spent []byte
	for at := 0; at+len(Mark{}) <= len(marks); at += len(Mark{}) {
		if m := Mark(marks[at : at+len(Mark{})]); m.isAgain() {
			spent = append(spent, m[:]...)
		}
	}
	return spent[max(0, len(spent)-MostSpent*len(Mark{})):]
}

// areMarks says whether so many bytes behind a copy can be marks.
func areMarks(size int) bool {
	return size%len(Mark{}) == 0 && size < (MostSpent+ShownStep)*len(Mark{})
}
