package survey

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
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

// sum is HMAC-SHA-256 over the parts, each with its length before it so that
// two lists of parts never read the same.
func (k Key) sum(parts ...string) [32]byte {
	h := hmac.New(sha256.New, k[:])
	var length [4]byte
	for _, p := range parts {
		binary.BigEndian.PutUint32(length[:], uint32(len(p)))
		h.Write(length[:])
		h.Write([]byte(p))
	}
	return [32]byte(h.Sum(nil))
}

func (k Key) claim(parts ...string) Claim {
	s := k.sum(append([]string{"claim"}, parts...)...)
	return Claim(s[:16])
}

// HouseholdClaim is the claim of one canonical household of a building.
func (k Key) HouseholdClaim(building ID, unit, room string) Claim {
	return k.claim("room", building.String(), unit, room)
}

// SlipClaim is the claim of a printed slip's code.
func (k Key) SlipClaim(building ID, code string) Claim {
	return k.claim("code", building.String(), code)
}

// DeviceClaim is the claim of a random device token in the open lane: a
// namespace of its own.
func (k Key) DeviceClaim(project ID, device string) Claim {
	return k.claim("open", project.String(), device)
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

// Secrets makes both from (submission key, claim, bases asked for): the same
// request gives the same secrets, another household or other bases others.
func (k Key) Secrets(tag uint32, submission string, claim Claim, asked Bases) Secrets {
	parts := []string{submission, string(claim[:]), string([]byte{byte(asked)})}
	receipt := k.sum(append([]string{"receipt"}, parts...)...)
	change := k.sum(append([]string{"change"}, parts...)...)
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
	s := k.sum("comment", string(id[:]))
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
