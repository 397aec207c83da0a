package session

import (
	"context"
	"crypto/rand"

	"github.com/alexedwards/argon2id"

	"meihao/survey"
)

// hashesAtOnce bounds the memory that signing in can take: 19 MiB each.
const hashesAtOnce = 4

// HashPassword is the argon2id hash of a password as it is stored: 19 MiB,
// two iterations, one thread (SECURITY "Staff").
func HashPassword(password string) (string, error) {
	return argon2id.CreateHash(password, &argon2id.Params{
		Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32,
	})
}

// matches compares in the same time whatever comes out. It waits for its
// turn, or gives up with the request.
func (s *Sessions) matches(ctx context.Context, password, hash string) (bool, error) {
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	return argon2id.ComparePasswordAndHash(password, hash)
}

// OneTimePassword is a password to be handed over once: 15 random symbols of
// the code alphabet (75 bits) in groups, easy to read aloud and to type.
func OneTimePassword() string {
	var random [15]byte
	_, _ = rand.Read(random[:]) // never fails
	symbols := make([]byte, len(random))
	for i, b := range random {
		symbols[i] = survey.Alphabet[b&31]
	}
	return survey.GroupCode(string(symbols), 5)
}
