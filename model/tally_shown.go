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

func shownPlace(campaign, project survey.ID, base survey.Bases) []byte {
	return fmt.Appendf(nil, "shown %s %s %d", campaign, project, base)
}

// sealShown is a packed copy as it is stored.
func sealShown(wrap cipher.AEAD, row *tallyRow, base survey.Bases, packed []byte) []byte {
	b := make([]byte, sealedHead, sealedHead+len(packed)+wrap.Overhead()+survey.MarkRoom)
	b[0] = sealedShown
	b = wrap.Seal(b, nil, packed, shownPlace(row.Campaign, row.Project, base))
	binary.BigEndian.PutUint16(b[1:], uint16(len(b)-sealedHead)) //nolint:gosec // some hundred counters, ten bytes each at most
	return b
}

// openShown is the packed copy that was stored, with the marks behind it.
func openShown(wrap cipher.AEAD, campaign, project survey.ID, base survey.Bases, stored []byte) ([]byte, error) {
	if len(stored) == 0 || stored[0] != sealedShown {
		return stored, nil
	}
	end := sealedHead
	if len(stored) >= sealedHead {
		end += int(binary.BigEndian.Uint16(stored[1:]))
	}
	if len(stored) < end {
		return nil, fmt.Errorf("the shown copy of project %s is cut short", project)
	}
	packed, err := wrap.Open(nil, nil, stored[sealedHead:end], shownPlace(campaign, project, base))
	if err != nil {
		return nil, fmt.Errorf("the shown copy of project %s cannot be opened: is it another master key?", project)
	}
	return append(packed, stored[end:]...), nil
}
