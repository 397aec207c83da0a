package survey

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// masked is a text with masks as the tables write them.
func masked(text string) string {
	return MaskText(text).Plain(func(m Mask) string { return "{" + string(m) + "}" })
}

// What names a person, a home or a way to reach somebody is masked, and what
// does not stays as it was written.
func TestMaskText(t *testing.T) {
	for text, want := range maskCases() {
		if got := masked(text); got != want {
			t.Errorf("%s\n is %s\nwant %s", text, got, want)
		}
	}
	if n := len(maskCases()); n < 200 {
		t.Errorf("%d cases", n)
	}
}

// Masking what is masked changes nothing, and nothing that stays in a text
// was not there before.
func FuzzMaskText(f *testing.F) {
	for text := range maskCases() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := MaskText(text)
		at := 0
		for _, p := range m {
			if (p.Text == "") == (p.Mask == "") {
				t.Fatalf("a piece is %+v", p)
			}
			if p.Mask != "" {
				continue
			}
			i := strings.Index(text[at:], p.Text)
			if i < 0 {
				t.Fatalf("%q is made up", p.Text)
			}
			at += i + len(p.Text)
		}
		if !m.Any() && m.Plain(nil) != text {
			t.Fatalf("%q became %q", text, m.Plain(nil))
		}
		if utf8.ValidString(text) {
			word := m.Plain(func(Mask) string { return "【】" })
			if !utf8.ValidString(word) {
				t.Fatalf("%q is broken to %q", text, word)
			}
		}
		m.Folded()
	})
}

// A text as long as a book comes through: what takes a time that grows faster
// than the text would not come back.
func TestMaskTextIsLinear(t *testing.T) {
	for _, piece := range []string{"1", "1-", "3号楼", "王", "@a.", "一", "我叫", "京A", "3-2-1", " ", "微信号", "a@", "1-1", "欧阳", "3单元", "号"} {
		MaskText(strings.Repeat(piece, 50_000))
	}
}

func BenchmarkMaskText(b *testing.B) {
	text := "3号楼2单元电梯经常坏，物业推诿，打电话没人接，希望王经理管管，我的电话13800138000"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		MaskText(text)
	}
}
