package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"

	"meihao/survey"
)

// Digest is a stable hash (64 hexadecimal digits) of what the plan would
// write, old values included: if the store has changed since somebody agreed
// to a plan, the new plan has another digest. Rows that are refused or change
// nothing, and notes, have no part in it.
func (p Plan) Digest() string {
	h := sha256.New()
	for _, part := range []struct {
		name  string
		areas []survey.Area
	}{{"districts", p.NewDistricts}, {"subdistricts", p.NewSubdistricts}, {"communities", p.NewCommunities}} {
		write(h, part.name, strconv.Itoa(len(part.areas)))
		for _, a := range part.areas {
			write(h, a.District, a.Subdistrict, a.Community)
		}
	}
	write(h, "companies", strconv.Itoa(len(p.NewCompanies)))
	write(h, p.NewCompanies...)
	for _, c := range p.Projects {
		if c.Kind != Same {
			c.write(h)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (c ProjectChange) write(w io.Writer) {
	p := c.Project
	write(w, "project", string(c.Kind), p.ID.String(), p.Register, p.Name, p.Kind, p.Phone, p.Company.ID.String(), p.Company.Name,
		p.Place.District.String(), p.Place.Subdistrict.String(), p.Place.Community.String(),
		p.Area.District, p.Area.Subdistrict, p.Area.Community,
		strconv.Itoa(p.Households), countText(p.Occupied))
	writeFields(w, c.Fields)
	for _, b := range c.Buildings {
		if b.Kind == Same {
			continue
		}
		write(w, "building", string(b.Kind), b.Building.ID.String(), b.Building.Name, countText(b.Building.Units),
			strconv.Itoa(b.Building.Households), countText(b.Building.Occupied), b.Building.Rooms)
		writeFields(w, b.Fields)
	}
}

func writeFields(w io.Writer, fields []Difference) {
	for _, f := range fields {
		write(w, "field", f.Field, f.Old, f.New)
	}
}

// write writes texts so that no two lists of them come out alike. A hash does
// not fail.
func write(w io.Writer, texts ...string) {
	for _, t := range texts {
		fmt.Fprintf(w, "%d:%s;", len(t), t)
	}
}
