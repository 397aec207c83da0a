package roster

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"path"
	"strings"

	"meihao/survey"
)

// Workbooks are read here and not by excelize, which writes ours: it holds
// unpacked sheets as a whole, takes four times as long, and takes a sheet that
// breaks off for one that ends.

// workbook is an opened xlsx.
type workbook struct {
	files   map[string]*zip.File // by path, small letters
	budget  budget
	scanned int64    // bytes that may still be looked through for merged cells
	strings []string // the shared strings, that cells name by number, clean
}

// sheet is one worksheet of a workbook.
type sheet struct{ name, path string }

func readWorkbook(data []byte, t taker) error {
	w, err := openWorkbook(data, t.halted)
	if err != nil {
		return err
	}
	return w.read(t)
}

// read hands the lines of every sheet to the table. Hidden sheets are none.
func (w *workbook) read(t taker) error {
	sheets, err := w.open()
	if err != nil {
		return err
	}
	for _, s := range sheets {
		t.begin(clean(s.name))
		if err := w.lines(s, t.take); err != nil && !errors.Is(err, errEnough) {
			return err
		}
		if err := t.end(); err != nil {
			return err
		}
	}
	return nil
}

func openWorkbook(data []byte, stopped func() error) (*workbook, error) {
	if bytes.Count(data, []byte("PK\x01\x02")) > maxParts {
		return nil, broken()
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken()
	}
	w := &workbook{files: map[string]*zip.File{}, budget: budget{maxUnpacked, maxElements, maxStrings, stopped}, scanned: maxUnpacked}
	for _, f := range z.File {
		w.files[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	return w, nil
}

// open reads what the workbook says of itself and its shared strings.
func (w *workbook) open() ([]sheet, error) {
	book := "xl/workbook.xml"
	top, err := w.relations("")
	if err != nil {
		return nil, err
	}
	for _, r := range top {
		if r.kind == "officeDocument" {
			book = r.target
		}
	}
	if w.files[strings.ToLower(book)] == nil {
		return nil, fail(survey.Invalid, "roster.error.not_register")
	}
	targets, err := w.relations(book)
	if err != nil {
		return nil, err
	}
	for _, r := range targets {
		if r.kind == "sharedStrings" {
			if err := w.readStrings(r.target); err != nil {
				return nil, err
			}
		}
	}
	return w.sheets(book, targets)
}

func (w *workbook) sheets(book string, targets map[string]relation) ([]sheet, error) {
	var sheets []sheet
	err := w.each(book, func(_ *part, e xml.StartElement) error {
		if e.Name.Local != "sheet" {
			return nil
		}
		state := attribute(e, "state")
		target := targets[attribute(e, "id")]
		if target.kind == "worksheet" && (state == "" || state == "visible") {
			sheets = append(sheets, sheet{attribute(e, "name"), target.target})
		}
		return nil
	})
	if err == nil && len(sheets) == 0 {
		err = fail(survey.Invalid, "roster.error.not_register")
	}
	return sheets, err
}

// relation is where one part of a workbook points to: its kind is the last
// word of its type.
type relation struct{ kind, target string }

// relations are where a part points to, by id. A part without any has none.
func (w *workbook) relations(name string) (map[string]relation, error) {
	found := map[string]relation{}
	dir, base := path.Split(name)
	rels := dir + "_rels/" + base + ".rels"
	if w.files[strings.ToLower(rels)] == nil {
		return found, nil
	}
	err := w.each(rels, func(_ *part, e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return nil
		}
		target := strings.ReplaceAll(attribute(e, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		kind := path.Base(attribute(e, "Type"))
		found[attribute(e, "Id")] = relation{kind, strings.TrimPrefix(path.Clean(target), "/")}
		return nil
	})
	return found, err
}

func (w *workbook) readStrings(name string) error {
	if w.files[strings.ToLower(name)] == nil {
		return nil
	}
	return w.each(name, func(p *part, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(w.strings) == w.budget.strings {
			return bloated()
		}
		s, err := p.text("t")
		w.strings = append(w.strings, taken(unescape(s)))
		return err
	})
}

// each reads a part to its end, element by element.
func (w *workbook) each(name string, start func(*part, xml.StartElement) error) error {
	f := w.files[strings.ToLower(name)]
	if f == nil {
		return broken()
	}
	p, err := newPart(f, &w.budget)
	if err != nil {
		return err
	}
	defer p.file.Close()
	return p.each(func(e xml.StartElement) error { return start(p, e) })
}
