package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"strings"
	"sync"
	"unicode/utf8"

	"meihao/survey"
	"meihao/survey/rubric"
)

// MaxBytes is how large a file may be when it comes.
const MaxBytes = 10 << 20

// Most of one sheet.
const (
	MostBytes  = 200 << 20 // of all its files
	MostPieces = 300       // files and notes
)

// Media types of what is kept.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	PDF  = "application/pdf"
)

// File is one that may be kept: its name and its bytes are ours, not the
// sender's.
type File struct {
	Name   string
	Type   string // JPEG, PNG or PDF
	Data   []byte
	SHA256 [32]byte // of Data
	Sent   [32]byte // SHA-256 of the file as it came
}

// Piece is what somebody adds to an item: a file, a note, or a file with what
// there is to say of it.
type Piece struct {
	File *File // nil for a note alone
	Note string
}

// Check says what of a piece cannot stand.
func (p Piece) Check() error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(p.Note)); {
	case n > rubric.LongestNote:
		return fault(survey.Invalid, "evidence_note", "error.evidence.note", "Most", rubric.LongestNote)
	case n == 0 && p.File == nil:
		return fault(survey.Invalid, "evidence_file", "error.evidence.nothing")
	}
	return nil
}

// Reader reads one file after the other: a picture may take some hundred MB
// while it is drawn, whoever sends how many. Its zero value is ready.
type Reader struct {
	once sync.Once
	turn chan struct{}
}

// Read is the function Read once those that came before are done; Busy where
// the context ends first.
func (r *Reader) Read(ctx context.Context, name string, data []byte) (File, error) {
	r.once.Do(func() { r.turn = make(chan struct{}, 1) })
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
		return Read(name, data)
	case <-ctx.Done():
		return File{}, survey.Fail(survey.Busy, "error.evidence.busy")
	}
}

// Read reads a file by what it is and not by what it is called. Pictures (JPEG,
// PNG, WebP) are drawn anew, so that nothing of the file itself goes on; a PDF
// is kept as it is where nothing in it acts by itself. Anything else is
// Invalid, one above MaxBytes TooLarge.
func Read(name string, data []byte) (File, error) {
	if len(data) > MaxBytes {
		return File{}, TooLarge()
	}
	f := File{Data: data, Sent: sha256.Sum256(data)}
	var err error
	switch kind := sniff(data); kind {
	case "":
		return File{}, fault(survey.Invalid, "evidence_file", "error.evidence.kind")
	case PDF:
		f.Type, err = PDF, checkPDF(data)
	default:
		f.Type, f.Data, err = redraw(kind, data)
	}
	if err != nil {
		return File{}, err
	}
	f.Name, f.SHA256 = CleanName(name, f.Type), sha256.Sum256(f.Data)
	return f, nil
}

// webP is what becomes a JPEG or a PNG.
const webP = "image/webp"

// sniff tells what a file is by how it begins, "" for what we do not keep.
func sniff(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return PDF
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return webP
	}
	return ""
}

// TooLarge is the answer to a file above MaxBytes.
func TooLarge() error {
	return fault(survey.TooLarge, "evidence_file", "error.evidence.bytes", "MB", MaxBytes>>20)
}

// fault is an error about one field of the form, which is called by its id: the
// form stands on pages beside others.
func fault(kind survey.Kind, field, key string, pairs ...any) error {
	return survey.Fail(kind, key, pairs...).Field(field, key, pairs...)
}
