package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// master is the key that wraps the campaigns' keys: from the environment, or
// from its file, which is made at the first start. A copy of the database
// without it leads from no household to its claim.
func (c config) master() ([32]byte, error) {
	if c.masterKey != nil {
		return *c.masterKey, nil
	}
	text, err := os.ReadFile(c.keyFile())
	if errors.Is(err, fs.ErrNotExist) {
		return c.makeMaster()
	}
	if err != nil {
		return [32]byte{}, err
	}
	key, err := decodeKey(string(text))
	if err != nil {
		return key, fmt.Errorf("%s: %w", c.keyFile(), err)
	}
	return key, nil
}

func (c config) makeMaster() ([32]byte, error) {
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails (crypto/rand)
	if err := os.MkdirAll(c.Data, 0o750); err != nil {
		return key, err
	}
	file, err := os.OpenFile(c.keyFile(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return key, err
	}
	_, err = file.WriteString(base64.StdEncoding.EncodeToString(key[:]) + "\n")
	return key, errors.Join(err, file.Sync(), file.Close())
}
