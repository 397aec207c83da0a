package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"meihao/model"
)

// master is the key that wraps the campaigns' keys: from the environment, or
// from its file. A copy of the database without it leads from no household to
// its claim. Where there is no database yet the file is made; a database
// without its key is refused, because another key would unwrap nothing.
func (c config) master(database bool) ([32]byte, error) {
	if c.masterKey != nil {
		return *c.masterKey, nil
	}
	text, err := os.ReadFile(c.keyFile())
	if errors.Is(err, fs.ErrNotExist) {
		if database {
			return [32]byte{}, fmt.Errorf("the master key %s is missing, but %s holds a database: restore the file, or set master_key_file or MEIHAO_MASTER_KEY", c.keyFile(), c.where())
		}
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

// where the database is, to be shown.
func (c config) where() string {
	if c.Database.DSN != "" {
		return model.MaskedDSN(c.Database.DSN)
	}
	return c.Data
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
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		err = errors.Join(err, os.Remove(c.keyFile())) // half a key would stop the next start
	}
	return key, err
}
