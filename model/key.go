package model

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"

	"meihao/survey"
)

// Campaign keys are stored wrapped with AES-256-GCM by the master key, which
// is kept outside the database; the campaign's id is authenticated with it,
// so that no key can be moved to another campaign.

func newWrap(master [32]byte) (cipher.AEAD, error) {
	if master == ([32]byte{}) {
		return nil, errors.New("the master key is empty")
	}
	block, err := aes.NewCipher(master[:])
	if err != nil {
		return nil, fmt.Errorf("master key: %w", err)
	}
	wrap, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("master key: %w", err)
	}
	return wrap, nil
}

// newKey makes a campaign's key, and the same wrapped.
func (s *Store) newKey(campaign survey.ID) (survey.Key, []byte) {
	var key survey.Key
	_, _ = rand.Read(key[:])
	return key, s.wrap.Seal(nil, nil, key[:], []byte(campaign.String()))
}

// key unwraps a campaign's key; nil when it was deleted at sealing.
func (s *Store) key(campaign survey.ID, wrapped []byte) (*survey.Key, error) {
	if len(wrapped) == 0 {
		return nil, nil
	}
	plain, err := s.wrap.Open(nil, nil, wrapped, []byte(campaign.String()))
	if err != nil || len(plain) != len(survey.Key{}) {
		return nil, fmt.Errorf("the key of campaign %s cannot be unwrapped: is it another master key?", campaign)
	}
	key := survey.Key(plain)
	return &key, nil
}
