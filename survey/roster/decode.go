package roster

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"meihao/survey"
)

// decoded is a text file in UTF-8 and whether that was guessed. Files say
// themselves that they are UTF-16 (Excel's "Unicode text") or, mostly, UTF-8;
// what is neither is GB18030, as Chinese Excel and WPS write csv, if all of
// it reads as that. Whether it means anything only its header can tell.
func decoded(data []byte) (text []byte, guessed bool, err error) {
	if text, found := bytes.CutPrefix(data, []byte("\ufeff")); found {
		if !utf8.Valid(text) {
			return nil, false, unreadable()
		}
		return text, false, checkText(text)
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		text, err := converted(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder(), data)
		if err != nil {
			return nil, false, err
		}
		return text, false, checkText(text)
	}
	if err := checkText(data); err != nil || utf8.Valid(data) {
		return data, false, err
	}
	text, err = converted(simplifiedchinese.GB18030.NewDecoder(), data)
	return text, true, err
}

func unreadable() error { return fail(survey.Invalid, "roster.error.encoding") }

// converted is a text turned into UTF-8, which takes at most half as much
// space again in either encoding; a file that wants more, or has a byte that
// means nothing in it, is something else.
func converted(t transform.Transformer, data []byte) ([]byte, error) {
	text := make([]byte, len(data)+len(data)/2+utf8.UTFMax)
	n, read, err := t.Transform(text, data, true)
	if err != nil && !errors.Is(err, transform.ErrShortDst) {
		return nil, unreadable()
	}
	if text = text[:n]; read < len(data) || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, unreadable()
	}
	return text, nil
}

// checkText says what is wrong with a file that is no text at all.
func checkText(data []byte) error {
	start := bytes.ToLower(bytes.TrimSpace(data[:min(len(data), 200)]))
	switch {
	case bytes.IndexByte(data, 0) >= 0, bytes.HasPrefix(start, []byte("%pdf")):
		return fail(survey.Invalid, "roster.error.not_register")
	case bytes.HasPrefix(start, []byte("<")):
		return fail(survey.Invalid, "roster.error.web_page")
	}
	return nil
}
