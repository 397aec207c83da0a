package survey_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"meihao/survey"
)

func drawCode(t *rapid.T) string {
	var seed [survey.PosterCodeLength - 1]byte
	for i := range seed {
		seed[i] = rapid.Byte().Draw(t, "byte")
	}
	return survey.NewPosterCode(seed)
}

// Every single wrong symbol and every swap of two symbols is caught
// (SECURITY "Codes").
func TestTyposAreCaught(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := drawCode(t)
		if !survey.CheckCode(code, survey.PosterCodeLength) {
			t.Fatalf("%s is not accepted as made", code)
		}
		for i := range code {
			for _, wrong := range survey.Alphabet {
				typo := code[:i] + string(wrong) + code[i+1:]
				if typo != code && survey.CheckCode(typo, survey.PosterCodeLength) {
					t.Fatalf("%s typed as %s is accepted", code, typo)
				}
			}
			for j := range i {
				b := []byte(code)
				b[i], b[j] = b[j], b[i]
				if string(b) != code && survey.CheckCode(string(b), survey.PosterCodeLength) {
					t.Fatalf("%s swapped to %s is accepted", code, b)
				}
			}
		}
	})
}

func TestNormalCodeForgivesTyping(t *testing.T) {
	for typed, want := range map[string]string{
		"7kq4-m2xd": "7KQ4M2XD", " 7KQ4 M2XD ": "7KQ4M2XD", "７ＫＱ４ｍ２ｘｄ": "7KQ4M2XD", "oO": "00", "iIlL": "1111", "ABCDE-FGHJK-M": "ABCDEFGHJKM",
	} {
		if got := survey.NormalCode(typed); got != want {
			t.Errorf("NormalCode(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestWrongLengthOrSymbolIsNoCode(t *testing.T) {
	for _, code := range []string{"", "7KQ4M2X", "UUUUUUUU", "７ＫＱ４", strings.Repeat("0", 9)} {
		if survey.CheckCode(code, survey.PosterCodeLength) {
			t.Errorf("%q is accepted", code)
		}
	}
}

func FuzzCode(f *testing.F) {
	f.Add("7kq4-m2xd")
	f.Add("\xff\x00")
	f.Fuzz(func(t *testing.T, typed string) {
		code := survey.NormalCode(typed)
		if again := survey.NormalCode(code); again != code {
			t.Fatalf("normal form of %q is %q, then %q", typed, code, again)
		}
		if survey.CheckCode(code, survey.PosterCodeLength) && len(code) != survey.PosterCodeLength {
			t.Fatalf("%q is accepted", code)
		}
		if tag, ok := survey.ReceiptTag(code); ok && tag > survey.MaxTag {
			t.Fatalf("tag %d", tag)
		}
	})
}

func TestIDRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var random [8]byte
		for i := range random {
			random[i] = rapid.Byte().Draw(t, "byte")
		}
		id := survey.NewID(random)
		back, err := survey.ParseID(strings.ToLower(id.String()))
		if id == 0 || err != nil || back != id {
			t.Fatalf("%d is written %q and read %d, %v", id, id, back, err)
		}
	})
	for _, s := range []string{"", "000000000", "ABC", "UUUUUUUUU", "0123456789"} {
		if _, err := survey.ParseID(s); survey.KindOf(err) != survey.NotFound {
			t.Errorf("ParseID(%q): %v", s, err)
		}
	}
}
