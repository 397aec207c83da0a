package evidence

import (
	"strings"
	"unicode"
)

// mostName is how many letters of a name are kept, without its ending.
const mostName = 100

// CleanName is a name that is safe to show, to store and to save a file under:
// no part of a path, nothing that is not to be seen or that turns the
// direction of writing, nothing that a system takes for a command, and the
// ending of what the file is.
func CleanName(name, kind string) string {
	name = strings.ToValidUTF8(name, "")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(harmless, name)
	if i := strings.LastIndexByte(name, '.'); i >= 0 && endsIn(name[i+1:]) {
		name = name[:i]
	}
	letters := []rune(strings.Trim(strings.Join(strings.Fields(name), " "), " .~"))
	if len(letters) > mostName {
		letters = letters[:mostName]
	}
	if len(letters) == 0 {
		letters = []rune("file")
	}
	return string(letters) + ending(kind)
}

// harmless drops what must not stand in a name. Format characters (Cf) are
// not seen and turn the direction of writing.
func harmless(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp):
		return -1
	case strings.ContainsRune(`<>:"|?*`, r), r == unicode.ReplacementChar:
		return '_'
	}
	return r
}

// endsIn says whether what stands behind the last dot is an ending (3.2 has
// none).
func endsIn(s string) bool {
	return len(s) <= 5 && strings.IndexFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }) < 0
}

func ending(kind string) string {
	switch kind {
	case JPEG:
		return ".jpg"
	case PNG:
		return ".png"
	}
	return ".pdf"
}
