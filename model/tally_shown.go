package model

import (
	"crypto/cipher"
	"encoding/binary"
	"fmt"

	"meihao/survey"
)

// A shown copy lies up to four responses behind the tally beside it (RULES §8).
// Read together, the two would tell who holds the tables or a backup what the
// last who answered said (RULES §1). So a copy is stored sealed by the master
// key, as the campaigns' keys are, with its enrolment and base authenticated;
// the marks behind it (survey.WithMark) stay readable. Sealing the campaign
// empties both copies: nobody needs them any more.

// sealedShown is the first byte of a sealed copy; two bytes that say how long
// it is follow. Copies that begin with another one were stored by a program
// older than this, and are sealed when they are made anew.
const sealedShown = 2

const sealedHead = 3

// shownPlace is where a copy belongs, after a buffer's bytes.
func shownPlace(b []byte, campaign, project survey.ID, base survey.Bases) []byte {
	b = append(b, "shown"...)
	b = binary.BigEndian.AppendUint64(b, uint64(campaign))
	b = binary.BigEndian.AppendUint64(b, uint64(project))
	return append(b, byte(base))
}

// sealShown is a packed copy as it is stored.
func sealShown(wrap cipher.AEAD, row *tallyRow, base survey.Bases, packed []byte) []byte {
	b := make([]byte, sealedHead, sealedHead+len(packed)+wrap.Overhead()+survey.MarkRoom)
	b[0] = sealedShown
	b = wrap.Seal(b, nil, packed, shownPlace(nil, row.Campaign, row.Project, base))
	binary.BigEndian.PutUint16(b[1:], uint16(len(b)-sealedHead))
	return b
}

// shownOpener opens the copies of one campaign, one after another: each is
// good until the next one.
type shownOpener struct {
	wrap     cipher.AEAD // nil where the campaign's key is gone: no copy is read
	campaign survey.ID
	packed   []byte
	place    [32]byte
}

// open is the packed copy that was stored, with the marks behind it. Where the
// campaign's key is gone there is none: it was sealed, or the master key was
// lost, and then it can still be closed, and be shown from the tally.
func (o *shownOpener) open(project survey.ID, base survey.Bases, stored []byte) ([]byte, error) {
	switch {
	case o.wrap == nil:
		return nil, nil
	case len(stored) == 0 || stored[0] != sealedShown:
		return stored, nil
	}
	sealed, marks := splitShown(stored)
	if len(sealed) <= sealedHead {
		return nil, fmt.Errorf("the shown copy of project %s is cut short", project)
	}
	packed, err := o.wrap.Open(o.packed[:0], nil, sealed[sealedHead:], shownPlace(o.place[:0], o.campaign, project, base))
	if err != nil {
		return nil, fmt.Errorf("the shown copy of project %s cannot be opened: is it another master key?", project)
	}
	o.packed = append(packed, marks...)
	return o.packed, nil
}

// splitShown parts what is stored into the copy and the marks behind it. The
// marks behind a copy that an older program stored are not told apart.
func splitShown(stored []byte) (packed, marks []byte) {
	if len(stored) < sealedHead || stored[0] != sealedShown {
		return stored, nil
	}
	end := min(sealedHead+int(binary.BigEndian.Uint16(stored[1:])), len(stored))
	return stored[:end:end], stored[end:]
}
