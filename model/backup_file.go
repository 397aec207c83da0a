package model

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"meihao/survey"
)

// A backup is a SQLite file with backupMark as its application id, the tables
// of one schema, a table with the manifest, and behind its last page one line
// with the SHA-256 of everything before. SQLite does not look behind the last
// page, so any of its tools reads a backup; and of a backup that is cut short,
// or has one bit changed, that is said before anything else is.
const (
	backupMark   = 0x4d484255 // "MHBU"
	sealPrefix   = "\nmeihao backup, sha256 "
	sealLength   = len(sealPrefix) + 2*sha256.Size + 1
	sqliteMagic  = "SQLite format 3\x00"
	sqliteHeader = 100 // bytes
)

// finish writes the manifest and reads back what was written.
func finish(ctx context.Context, db *sql.DB, m Manifest) error {
	if err := m.write(ctx, db); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", backupMark)); err != nil {
		return err
	}
	// Every page and every row are read back. The quick check leaves out whether
	// indexes agree with their tables: a restore makes them anew.
	var said string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return fmt.Errorf("what was written cannot be read: %s", said)
	}
	return nil
}

// seal writes the line with the checksum and waits for the disk.
func seal(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, file)
	if err == nil {
		_, err = file.WriteString(sealPrefix + hex.EncodeToString(sum.Sum(nil)) + "\n")
	}
	return errors.Join(err, file.Sync(), file.Close())
}

// publish gives a complete file its name; the name is on the disk, too, when
// it returns.
func publish(part, file string) error {
	if err := vacant(file); err != nil {
		return err
	}
	if err := os.Rename(part, file); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return syncFolder(filepath.Dir(file))
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// checkFile refuses what is no backup or not a whole one, and says which.
func checkFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	info, err := file.Stat()
	if err != nil {
		return err
	}
	header := make([]byte, sqliteHeader)
	n, err := io.ReadFull(file, header)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return err
	}
	pages, err := pagesOf(header[:n], path)
	if err != nil {
		return err
	}
	want := pages + int64(sealLength)
	if info.Size() < want {
		return survey.Fail(survey.Invalid, "error.backup.truncated", "File", path, "Have", info.Size(), "Want", want)
	}
	damaged := survey.Fail(survey.Invalid, "error.backup.damaged", "File", path)
	if info.Size() > want {
		return damaged
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.CopyN(sum, file, pages); err != nil {
		return err
	}
	last := make([]byte, sealLength)
	if _, err := io.ReadFull(file, last); err != nil {
		return err
	}
	if string(last) != sealPrefix+hex.EncodeToString(sum.Sum(nil))+"\n" {
		return damaged
	}
	return nil
}

// pagesOf is the length in bytes that the header of a backup gives its pages
// (sqlite.org/fileformat.html).
func pagesOf(header []byte, path string) (int64, error) {
	switch {
	case len(header) == 0:
		return 0, survey.Fail(survey.Invalid, "error.backup.empty", "File", path)
	case !bytes.HasPrefix(header, []byte(sqliteMagic)[:min(len(header), len(sqliteMagic))]):
		return 0, survey.Fail(survey.Invalid, "error.backup.foreign", "File", path)
	case len(header) < sqliteHeader:
		return 0, survey.Fail(survey.Invalid, "error.backup.truncated", "File", path, "Have", len(header), "Want", sqliteHeader)
	case binary.BigEndian.Uint32(header[68:]) != backupMark:
		return 0, survey.Fail(survey.Invalid, "error.backup.other", "File", path)
	}
	size := int64(binary.BigEndian.Uint16(header[16:]))
	if size == 1 { // the format's way of writing 65,536
		size = 1 << 16
	}
	return size * int64(binary.BigEndian.Uint32(header[28:])), nil
}
