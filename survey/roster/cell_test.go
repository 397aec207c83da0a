package roster

import "testing"

func TestNumber(t *testing.T) {
	for cell, want := range map[string]int{
		"0": 0, "7": 7, "007": 7, "1024": 1024, "1,024": 1024, "1,024 户": 1024, "１，０２４户": 1024, "1 024": 1024, "1'024": 1024,
		"1024.0": 1024, "12套": 12, "3个单元": 3, "3单元": 3, "5个": 5, "1,000,000": 1_000_000,
		"": -1, "户": -1, "十": -1, "1.5": -1, "-1": -1, "+1": -1, "1e3": -1, "1,02": -1, ",1": -1, "1,": -1, "1,,024": -1, "1024,000": -1,
		"约100": -1, "100+20": -1, "1000001": -1, "0x10": -1, ".": -1, ".0": -1,
	} {
		got, ok := number(cell, maxHomes)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("number(%q) = %d, want %d", cell, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for cell, want := range map[string]string{
		"  a  b ": "a b", "幸福\r\n家园": "幸福 家园", "Ａ１ｚ": "A1z", "幸福家园（一期）": "幸福家园（一期）", "\u3000社区\u00a0": "社区",
		"a\u200bb\ufeff": "ab", "-": "", "——": "", "/": "", "-1": "-1", "a-b": "a-b", "\xffa\xfe": "a", "a\x00b": "a b",
	} {
		if got := clean(cell); got != want {
			t.Errorf("clean(%q) = %q, want %q", cell, got, want)
		}
	}
}

func TestRounded(t *testing.T) {
	for cell, want := range map[string]bool{
		"1.10105E+17": true, "1e+17": true, "110105001": false, "BJE+1": false, "E+1": false, "1E+": false, "A-1E+5": false, "": false,
	} {
		if got := rounded(cell); got != want {
			t.Errorf("rounded(%q) = %v", cell, got)
		}
	}
}

// Names are one where people would read them as one.
func TestNameKey(t *testing.T) {
	for _, same := range [][2]string{
		{"幸福 家园", "幸福家园"}, {"幸福家园（一期）", "幸福家园(一期)"}, {"A座公寓", "ａ座公寓"}, {"ｶ", "カ"},
	} {
		if nameKey(same[0]) != nameKey(same[1]) {
			t.Errorf("%q and %q are two names", same[0], same[1])
		}
	}
	if nameKey("幸福家园1期") == nameKey("幸福家园2期") {
		t.Error("two names are one")
	}
}
