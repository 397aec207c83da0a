package model

import (
	"crypto/rand"
	"encoding/binary"
	"time"

	"meihao/survey"
)

// newID is a fresh random id. Reading random bytes never fails (crypto/rand).
func newID() survey.ID {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return survey.NewID(b)
}

// newResponseID is 63 random bits: ids keep no order of arrival (RULES §1).
func newResponseID() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return int64(binary.BigEndian.Uint64(b[:]) >> 1)
}

// newTag is a random enrolment tag of 25 bits.
func newTag() uint32 {
	var b [4]byte
	_, _ = rand.Read(b[:])
	return binary.BigEndian.Uint32(b[:]) & survey.MaxTag
}

func newPosterCode() string {
	var b [survey.PosterCodeLength - 1]byte
	_, _ = rand.Read(b[:])
	return survey.NewPosterCode(b)
}

// millis is how a time is stored: UTC milliseconds, 0 for the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment reads what millis wrote.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
