package roster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"meihao/survey"
)

// Read reads a register of projects. What kind of file it is is told by its
// content; name is only for the messages. A file that cannot be used as a
// whole is a *survey.Error of kind Invalid or TooLarge with the field "file";
// what is wrong with a single line is in that row's Errors. An error of r
// itself comes back wrapped, and so does that of ctx: reading ends soon when
// it does.
func Read(ctx context.Context, name string, r io.Reader) (File, error) {
	return read(ctx, name, r, asked(Projects))
}

// ReadBuildings is Read for a register of the buildings, units or homes of
// projects that are there.
func ReadBuildings(ctx context.Context, name string, r io.Reader) (File, error) {
	return read(ctx, name, r, asked(Buildings))
}

// ReadAny is Read for a register of either form, told by its header: one that
// names buildings, says nothing that only a project has (company, telephone,
// households of its own), and either lists rooms or does not name district,
// community and project, is a register of buildings. File.Form says which.
func ReadAny(ctx context.Context, name string, r io.Reader) (File, error) {
	return read(ctx, name, r, nil)
}

func asked(f Form) *Form { return &f }

func read(ctx context.Context, name string, r io.Reader, form *Form) (File, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return File{}, fmt.Errorf("read register: %w", err)
	}
	t := newTable(form, func() error { return stopped(ctx) })
	if err := readInto(t, data); err != nil {
		return File{}, named(err, name)
	}
	if err := t.complete(); err != nil {
		return File{}, named(err, name)
	}
	if t.file.Districtless {
		t.file.Name = shownName(name)
	}
	return t.file, nil
}

// TooLarge is the error of a file of more than MaxBytes.
func TooLarge(name string) error {
	return named(fail(survey.TooLarge, "roster.error.too_large", "Megabytes", MaxBytes>>20), name)
}

// stopped is why nobody wants the work any more, nil while somebody does.
func stopped(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return fmt.Errorf("read register: %w", context.Cause(ctx))
}

// taker takes the lines of one sheet after the other.
type taker interface {
	guess(guessed bool) // of the encoding, before the first sheet
	begin(name string)
	take(l line) error // errEnough where nothing more of the sheet is wanted
	end() error
	halted() error // why nobody wants the lines any more
}

func (t *table) guess(guessed bool) { t.guessed = guessed }

func (t *table) halted() error { return t.stopped() }

// readInto takes a file apart into lines.
func readInto(t taker, data []byte) error {
	switch {
	case len(data) > MaxBytes:
		return fail(survey.TooLarge, "roster.error.too_large", "Megabytes", MaxBytes>>20)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readWorkbook(data, t)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return oldFile(data)
	}
	return readText(data, t)
}

// oldFile tells the two files apart that begin like a workbook of before
// 2007: one that is, and a newer one under a password.
func oldFile(data []byte) error {
	const stream = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	if bytes.Contains(data, []byte(stream)) {
		return fail(survey.Invalid, "roster.error.encrypted")
	}
	return fail(survey.Invalid, "roster.error.old_excel")
}

// fail is an error of the file as a whole.
func fail(kind survey.Kind, key string, pairs ...any) *survey.Error {
	return survey.Fail(kind, key, pairs...).Field("file", key, pairs...)
}

// named puts the name of the file into its error.
func named(err error, name string) error {
	var e *survey.Error
	if !errors.As(err, &e) {
		return err
	}
	if e.Args == nil {
		e.Args = survey.Args{}
	}
	e.Args["File"] = shownName(name)
	e.Fields["file"] = e.Message
	return e
}

// shownName is a file's name as messages show it.
func shownName(name string) string {
	return shorten(clean(path.Base(strings.ReplaceAll(name, `\`, "/"))), maxEcho)
}
