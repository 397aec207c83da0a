package evidence

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"meihao/survey"
)

// pdf is one with some words in its catalogue.
func pdf(words string) []byte {
	return []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + words + " >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n")
}

// streamed is a PDF with a stream.
func streamed(dictionary, body string) []byte {
	return pdf(">>\nendobj\n2 0 obj\n<< " + dictionary + fmt.Sprintf(" /Length %d >>\nstream\n", len(body)) + body + "\nendstream\nendobj\n3 0 obj\n<< /Size 4")
}

// packed is a PDF with packed objects.
func packed(objects, filter string) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(objects)) // a buffer takes everything
	_ = w.Close()
	return streamed("/Type /ObjStm /N 1 /First 4 /Filter "+filter, b.String())
}

// A PDF is kept as it came, byte for byte.
func TestPDFIsKept(t *testing.T) {
	for name, data := range map[string][]byte{
		"plain":           pdf("/Pages 2 0 R"),
		"JSON is no name": pdf("/JSON (x)"),
		"a word in text":  pdf("/Title (JavaScript for beginners)"),
		"packed":          packed("<< /Type /Page /Contents 3 0 R >>", "/FlateDecode"),
		"packed in a row": packed("<< /Type /Page >>", "[ /FlateDecode ]"),
		"pixels":          streamed("/Subtype /Image /Filter /DCTDecode", "\xff\xd8/JS \x00/JS(\xff\xd9"),
		"a line behind":   append(pdf(""), "\r\n\n"...),
	} {
		f, err := Read("决定书.PDF", data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f.Type != PDF || f.Name != "决定书.pdf" || !bytes.Equal(f.Data, data) {
			t.Errorf("%s becomes %s, %s", name, f.Name, f.Type)
		}
	}
}

// What acts by itself is found in the clear, under another spelling and in
// packed objects; what cannot be looked into is refused.
func TestPDFRefused(t *testing.T) {
	acting := map[string]string{
		"JavaScript": "/Names << /JavaScript 5 0 R >>", "JS": "/AA << /O << /S /Rendition /JS (x) >> >>", "Launch": "/A << /S /Launch /F (cmd.exe) >>",
		"EmbeddedFile": "/Names << /EmbeddedFiles 5 0 R >>", "OpenAction": "/OpenAction 5 0 R", "RichMedia": "/Subtype /RichMedia", "XFA": "/AcroForm << /XFA 5 0 R >>",
	}
	for what, words := range acting {
		for how, data := range map[string][]byte{
			"clear":   pdf(words),
			"escaped": pdf(strings.ReplaceAll(words, "/"+what, fmt.Sprintf("/#%02x%s", what[0], what[1:]))),
			"packed":  packed("<< "+words+" >>", "/FlateDecode"),
			"end":     pdf("/X" + words[strings.Index(words, "/"+what):]),
		} {
			if _, err := Read("x.pdf", data); survey.KeyOf(err) != "error.evidence.pdf_acts" {
				t.Errorf("%s, %s: %v", what, how, err)
			}
		}
	}
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"half":              {pdf("")[:60], "error.evidence.pdf_broken"},
		"something behind":  {append(pdf(""), "PK\x03\x04"...), "error.evidence.pdf_broken"},
		"a page behind":     {append(pdf(""), "<html><script>alert(1)</script>"...), "error.evidence.pdf_broken"},
		"locked":            {pdf("/Encrypt 4 0 R"), "error.evidence.pdf_locked"},
		"packed otherwise":  {packed("x", "/LZWDecode"), "error.evidence.pdf_broken"},
		"packed twice":      {packed("x", "[ /ASCIIHexDecode /FlateDecode ]"), "error.evidence.pdf_broken"},
		"packed by rows":    {packed("x", "/FlateDecode /DecodeParms << /Predictor 12 >>"), "error.evidence.pdf_broken"},
		"filter elsewhere":  {packed("x", "7 0 R"), "error.evidence.pdf_broken"},
		"packed and broken": {streamed("/Type /ObjStm /Filter /FlateDecode", "x\x9cnonsense"), "error.evidence.pdf_broken"},
		"hidden by a word":  {bytes.Replace(packed("<< /S /JavaScript >>", "/FlateDecode"), []byte(">>\nstream"), []byte(">> % x\nstream"), 1), "error.evidence.pdf_broken"},
		"a zip bomb":        {packed(strings.Repeat("\x00", mostUnpacked+1), "/FlateDecode"), "error.evidence.pdf_unpacks"},
	} {
		if _, err := Read("x.pdf", test.data); survey.KeyOf(err) != test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}
