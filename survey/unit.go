package survey

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
)

// ReportingUnit is who the city's notice is addressed to (R23): in 2023 the 16
// districts and the Economic-Technological Development Area.
type ReportingUnit struct{ Code, ZH, EN string }

// Units reads the reporting units: code, name and English name in lines of CSV
// under a heading. Lines that begin with # are none.
func Units(data []byte) ([]ReportingUnit, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment, r.FieldsPerRecord = '#', 3
	lines, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reporting units: %w", err)
	}
	if len(lines) < 2 {
		return nil, errors.New("reporting units: none")
	}
	units, seen := make([]ReportingUnit, len(lines)-1), map[string]bool{}
	for i, l := range lines[1:] {
		u := ReportingUnit{l[0], l[1], l[2]}
		if u.Code == "" || u.ZH == "" || u.EN == "" || seen[u.Code] || seen[NameKey(u.ZH)] {
			return nil, fmt.Errorf("reporting units: line of %q", u.Code)
		}
		units[i], seen[u.Code], seen[NameKey(u.ZH)] = u, true, true
	}
	return units, nil
}

// UnitOf is the reporting unit of a district of the register, by name; false
// where the district is none of them.
func UnitOf(units []ReportingUnit, district string) (ReportingUnit, bool) {
	for _, u := range units {
		if NameKey(u.ZH) == NameKey(district) {
			return u, true
		}
	}
	return ReportingUnit{}, false
}
