package survey

import (
	"encoding/binary"
	"strings"
)

// ID names one thing of ours: 45 random bits, so that nobody learns from an
// address how many there are or which came first. It is written as nine
// symbols of the code alphabet ("3ZK0M7Q2D") and stored as an integer.
// Zero names nothing.
type ID uint64

const (
	idBits    = 45
	idSymbols = 9
)

// NewID makes an ID of eight random bytes. Never zero.
func NewID(random [8]byte) ID {
	id := ID(binary.BigEndian.Uint64(random[:]) >> (64 - idBits))
	if id == 0 {
		return 1
	}
	return id
}

// String is the nine symbols, or "" for zero.
func (id ID) String() string {
	if id == 0 {
		return ""
	}
	var b [idSymbols]byte
	for i := idSymbols - 1; i >= 0; i-- {
		b[i] = Alphabet[id&31]
		id >>= 5
	}
	return string(b[:])
}

// ParseID reads what String wrote, in any letter case.
// Anything else is NotFound: a foreign or mistyped address names nothing.
func ParseID(s string) (ID, error) {
	if len(s) != idSymbols {
		return 0, NotFoundError("error.not_found")
	}
	var id ID
	for _, r := range strings.ToUpper(s) {
		v := strings.IndexRune(Alphabet, r)
		if v < 0 {
			return 0, NotFoundError("error.not_found")
		}
		id = id<<5 | ID(v)
	}
	if id == 0 {
		return 0, NotFoundError("error.not_found")
	}
	return id, nil
}

// MarshalText writes the nine symbols, for JSON.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the nine symbols; the empty text is zero.
func (id *ID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = 0
		return nil
	}
	v, err := ParseID(string(text))
	*id = v
	return err
}
