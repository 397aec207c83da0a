package household_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"meihao/survey"
	"meihao/survey/household"
)

func TestOneHomeHasOneName(t *testing.T) {
	same := map[string][]string{
		"301":  {"301", "３０１", "301室", " 0301 ", "三〇一", "三零一", "三百零一", "301号", "301 室", "301房间", "#301", "〇三〇一", "301户", "第301室"},
		"1201": {"1201", "一二〇一", "一千二百零一"},
		"a12":  {"A12", "a12", "Ａ１２", "A十二", "Ａ座12"},
		"1a":   {"1A", "01a", "一A"},
	}
	for want, spellings := range same {
		for _, s := range spellings {
			if got, err := household.Room(s); err != nil || got != want {
				t.Errorf("Room(%q) = %q, %v; want %q", s, got, err, want)
			}
		}
	}
}

func TestUnits(t *testing.T) {
	three := 3
	for s, want := range map[string]string{"3单元": "3", "三单元": "3", "03": "3", "２门": "2", "一單元": "1", "第二": "2"} {
		if got, err := household.Unit(s, &three); err != nil || got != want {
			t.Errorf("Unit(%q) = %q, %v; want %q", s, got, err, want)
		}
	}
	for s, key := range map[string]string{
		"": "error.household.unit", "单元": "error.household.unit", "4": "error.household.unit_unknown",
		"0": "error.household.unit_unknown", "B": "error.household.unit_unknown", "Ⅱ": "error.household.unit_unknown", "乙": "error.household.unit_unknown",
		"1-2": "error.household.unit_form", "123456789": "error.household.unit_form",
	} {
		if _, err := household.Unit(s, &three); survey.KeyOf(err) != key {
			t.Errorf("Unit(%q): %v, want %s", s, err, key)
		}
	}
	if got, err := household.Unit("甲", nil); err != nil || got != "甲" {
		t.Errorf("a named unit: %q, %v", got, err)
	}
}

func TestImpossibleRooms(t *testing.T) {
	for s, key := range map[string]string{
		"": "error.household.room", "室": "error.household.room", "东": "error.household.room_form",
		"123456789": "error.household.room_form", "3-301": "error.household.room_form",
		"二单元1208室": "error.household.room_form", "2门1207": "error.household.room_form", "2号楼2单元303": "error.household.room_form", "12号301": "error.household.room_form",
		"301;--": "error.household.room_form", "301\u0430": "error.household.room_form", "000": "error.household.room_form", "\xff1": "error.household.room_form",
	} {
		if _, err := household.Room(s); survey.KeyOf(err) != key {
			t.Errorf("Room(%q): %v, want %s", s, err, key)
		}
	}
}

func TestBuildingKey(t *testing.T) {
	for want, spellings := range map[string][]string{
		"3":  {"3号楼", "三号楼", "３栋", "03", "3座", "3楼", "3 号楼"},
		"12": {"十二号楼", "12栋"},
		"a":  {"A座", "a栋"},
	} {
		for _, s := range spellings {
			if got := household.BuildingKey(s); got != want {
				t.Errorf("BuildingKey(%q) = %q, want %q", s, got, want)
			}
		}
	}
}

// Plain letters and digits are read like their full-width twins, which go
// through all of NFKC.
func TestPlainTextReadsAsFullWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("00013aAzZ# -.")), 1, 6, -1).Draw(t, "room")
		wide := strings.Map(func(r rune) rune {
			if r > ' ' {
				return r - '!' + '！'
			}
			return r
		}, s)
		plain, err := household.Room(s)
		same, wideErr := household.Room(wide)
		if plain != same || survey.KeyOf(err) != survey.KeyOf(wideErr) {
			t.Fatalf("%q is %q, %v; %q is %q, %v", s, plain, err, wide, same, wideErr)
		}
	})
}

// A canonical form is a fixed point: reading it again changes nothing.
func FuzzRoom(f *testing.F) {
	for _, s := range []string{"301", "三百零一", "Ａ座12", "十", "零", "\xff", "İ1", "①", "㍘"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		room, err := household.Room(s)
		if err != nil {
			return
		}
		if !utf8.ValidString(room) {
			t.Fatalf("Room(%q) = %q is no text", s, room)
		}
		if again, err := household.Room(room); err != nil || again != room {
			t.Fatalf("Room(%q) = %q, then %q, %v", s, room, again, err)
		}
	})
}
