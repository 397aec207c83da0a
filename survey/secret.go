package survey

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"strings"
)

// Key is a campaign's random key: claims, receipts and change keys are made
// under it, and when it is deleted at sealing nobody can make them again
// (RULES §1).
type Key [32]byte

// Claim stands for a household (a slip, a device) without naming it.
type Claim [16]byte

// Digest is what is stored of a receipt or change key.
type Digest [16]byte

// Mac is HMAC-SHA-256 under a campaign's key, set up once for all that is
// made of one submission. One goroutine uses it at a time.
type Mac struct {
	hash  hash.Hash
	parts []byte
}

// Mac sets the key up.
func (k Key) Mac() *Mac {
	return &Mac{hash: hmac.New(sha256.New, k[:]), parts: make([]byte, 0, 128)}
}

// sum is over the parts, each with its length before it so that two lists of
// parts never read the same.
func (m *Mac) sum(parts ...string) [32]byte {
	m.parts = m.parts[:0]
	for _, p := range parts {
		m.parts = binary.BigEndian.AppendUint32(m.parts, uint32(len(p)))
		m.parts = append(m.parts, p...)
	}
	m.hash.Reset()
	m.hash.Write(m.parts)
	m.parts = m.hash.Sum(m.parts[:0])
	return [32]byte(m.parts)
}

// HouseholdClaim is the claim of one canonical household of a building.
func (m *Mac) HouseholdClaim(building ID, unit, room string) Claim {
	return claimOf(m.sum("claim", "room", building.String(), unit, room))
}

// SlipClaim is the claim of a printed slip's code.
func (m *Mac) SlipClaim(building ID, code string) Claim {
	return claimOf(m.sum("claim", "code", building.String(), code))
}

// DeviceClaim is the claim of a random device token in the open lane: a
// namespace of its own.
func (m *Mac) DeviceClaim(project ID, device string) Claim {
	return claimOf(m.sum("claim", "open", project.String(), device))
}

func claimOf(sum [32]byte) Claim { return Claim(sum[:16]) }

// HouseholdClaim is Mac.HouseholdClaim where nothing else is made.
func (k Key) HouseholdClaim(building ID, unit, room string) Claim {
	return k.Mac().HouseholdClaim(building, unit, room)
}

// SlipClaim is Mac.SlipClaim where nothing else is made.
func (k Key) SlipClaim(building ID, code string) Claim { return k.Mac().SlipClaim(building, code) }

// DeviceClaim is Mac.DeviceClaim where nothing else is made.
func (k Key) DeviceClaim(project ID, device string) Claim {
	return k.Mac().DeviceClaim(project, device)
}

// Receipts are 3 × 6 symbols: five that name the enrolment (so that looking
// one up needs no index over all), twelve of the HMAC, one check symbol.
const (
	ReceiptLength = 18
	tagSymbols    = 5
	macSymbols    = 12
	// MaxTag is the largest enrolment tag: 25 bits.
	MaxTag = 1<<25 - 1
)

// Secrets are the respondent's two secrets for one submission (RULES §1).
type Secrets struct {
	Receipt string // shown
	Change  string // stays on the phone
}

// Secrets is Mac.Secrets where nothing else is made.
func (k Key) Secrets(tag uint32, submission string, claim Claim, asked Bases) Secrets {
	return k.Mac().Secrets(tag, submission, claim, asked)
}

// Secrets makes both from (submission key, claim, bases asked for): the same
// request gives the same secrets, another household or other bases others.
func (m *Mac) Secrets(tag uint32, submission string, claim Claim, asked Bases) Secrets {
	home, bases := string(claim[:]), string([]byte{byte(asked)})
	receipt := m.sum("receipt", submission, home, bases)
	change := m.sum("change", submission, home, bases)
	symbols := make([]byte, 0, ReceiptLength)
	for i := tagSymbols - 1; i >= 0; i-- {
		symbols = append(symbols, byte(tag>>(5*i))&31)
	}
	for _, b := range receipt[:macSymbols] {
		symbols = append(symbols, b&31)
	}
	return Secrets{
		Receipt: withCheck(symbols),
		Change:  base64.RawURLEncoding.EncodeToString(change[:16]),
	}
}

// CommentID is where a response's comment is kept: only the key leads from
// one to the other.
func (k Key) CommentID(response int64) int64 {
	var id [8]byte
	binary.BigEndian.PutUint64(id[:], uint64(response))
	s := k.Mac().sum("comment", string(id[:]))
	return int64(binary.BigEndian.Uint64(s[:8]) >> 1)
}

// ReceiptTag reads the enrolment tag of a normal receipt; false for what is
// no receipt of ours.
func ReceiptTag(receipt string) (uint32, bool) {
	if !CheckCode(receipt, ReceiptLength) {
		return 0, false
	}
	var tag uint32
	for i := range tagSymbols {
		tag = tag<<5 | uint32(strings.IndexByte(Alphabet, receipt[i]))
	}
	return tag, true
}

// DigestOf is what is stored of a receipt or change key.
func DigestOf(secret string) Digest {
	s := sha256.Sum256([]byte(secret))
	return Digest(s[:16])
}
