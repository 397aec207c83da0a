package survey_test

import (
	"errors"
	"strings"
	"testing"

	"meihao/survey"
)

func TestNewPosterCheck(t *testing.T) {
	two, none := 2, 0
	for _, c := range []struct {
		name  string
		units *int
		survey.NewPoster
		fields string
	}{
		{"good", &two, survey.NewPoster{Unit: 2, Place: "3号楼2单元大堂"}, ""},
		{"the building's own", &none, survey.NewPoster{Place: "东门"}, ""},
		{"the longest name", &two, survey.NewPoster{Place: strings.Repeat("门", 40)}, ""},
		{"too long a name", &two, survey.NewPoster{Place: strings.Repeat("门", 41)}, "place"},
		{"no name", &two, survey.NewPoster{Place: "　 "}, "place"},
		{"a line break", &two, survey.NewPoster{Place: "东门\n西门"}, "place"},
		{"a unit too many", &two, survey.NewPoster{Unit: 3, Place: "大堂"}, "unit"},
		{"a negative unit", nil, survey.NewPoster{Unit: -1, Place: "大堂"}, "unit"},
		{"a unit where there are none", &none, survey.NewPoster{Unit: 1, Place: ""}, "place unit"},
		{"units are not known", nil, survey.NewPoster{Unit: 99, Place: "大堂"}, ""},
		{"units are not known, too many", nil, survey.NewPoster{Unit: 100, Place: "大堂"}, "unit"},
	} {
		err := c.Check(survey.Building{Name: "3号楼", Units: c.units})
		var got []string
		var e *survey.Error
		if err != nil {
			e = err.(*survey.Error) //nolint:errorlint // it is what Check says it is
			for _, field := range []string{"place", "unit"} {
				if _, wrong := e.Fields[field]; wrong {
					got = append(got, field)
				}
			}
		}
		if strings.Join(got, " ") != c.fields || err != nil && e.Kind != survey.Invalid {
			t.Errorf("%s: wrong are %v, want %q (%v)", c.name, got, c.fields, err)
		}
	}
}

// A poster hangs at a public place: no room's number is taken for one, however
// it is written, and no place is refused for a number of its own.
func TestNewPosterNamesNoHome(t *testing.T) {
	for building, places := range map[string][]string{
		"3号楼":  {"301室", "1单元301", "302房", "1203", "3号楼1单元 1203", "3号楼301", "３０１室", "三零一室", "2单元2户", "一室", "2-301", "3-01", "301号房", "B座1204", "2单元东户", "5 0 1", "101门口", "1单元301号"},
		"1":    {"1203", "1单元301", "101"},
		"301楼": {"301楼301", "301室"},
	} {
		for _, place := range places {
			err := survey.NewPoster{Place: place}.Check(survey.Building{Name: building})
			var e *survey.Error
			if !errors.As(err, &e) || e.Fields["place"].Key != "error.poster.home" {
				t.Errorf("%s at %s is taken for a public place (%v)", place, building, err)
			}
		}
	}
	for building, places := range map[string][]string{
		"3号楼":      {"3号楼2单元大堂", "3号楼", "东门保安亭", "12层电梯口", "二单元电梯", "101号楼大堂", "1203弄门口", "3号楼传达室", "社区活动室", "住户信箱旁", "西户外广场", "B座大堂", "3号楼101单元大堂", "地下二层", "三号门"},
		"东风路1203号": {"东风路1203号", "东风路1203号大堂"},
		"301":      {"301大堂", "301"},
		"１２０３楼":    {"1203楼2单元大堂"},
	} {
		for _, place := range places {
			if err := (survey.NewPoster{Place: place}).Check(survey.Building{Name: building}); err != nil {
				t.Errorf("%s at %s: %v", place, building, err)
			}
		}
	}
}

// A retired poster sends on to its successor, else to the nearest one in use.
func TestMovedTo(t *testing.T) {
	one, two := survey.Building{ID: 1, Name: "1号楼"}, survey.Building{ID: 2, Name: "2号楼"}
	all := []survey.PosterPlace{
		{Code: "A", Building: one, Retired: true, Successor: "B"},
		{Code: "B", Building: one, Retired: true, Successor: "C"},
		{Code: "C", Building: one, Place: "1号楼东门"},
		{Code: "D", Building: one, Unit: 1, Place: "1号楼1单元", Retired: true},
		{Code: "E", Building: one, Unit: 1, Place: "1号楼1单元电梯"},
		{Code: "F", Building: two, Retired: true},
		{Code: "G", Building: one, Unit: 2, Retired: true},
		{Code: "H", Building: two, Unit: 1, Retired: true, Successor: "nowhere"},
	}
	for code, want := range map[string]string{
		"A": "1号楼东门", "B": "1号楼东门", "D": "1号楼1单元电梯", "F": "1号楼东门", "G": "1号楼东门", "H": "1号楼东门",
	} {
		if got := survey.MovedTo(all, code); got != want {
			t.Errorf("%s has moved to %q, want %q", code, got, want)
		}
	}
	for i := range all {
		all[i].Retired = true
	}
	all[2].Successor = "A" // in a circle, which nobody makes
	if got := survey.MovedTo(all, "A"); got != "" {
		t.Errorf("none is in use, but one moved to %q", got)
	}
}
