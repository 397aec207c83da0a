package evidence

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"

	"meihao/survey"
)

const (
	// mostUnpacked is how much the packed objects of a PDF may come to.
	mostUnpacked = 64 << 20
	// tail is where the end of a PDF must stand, in bytes from the end.
	tail = 1024
)

// acts are the names of what acts by itself in a PDF, or carries something
// else along (ISO 32000-1 §7.11.4, §12.6). They are long enough not to stand
// in packed pixels by chance.
func acts() []string {
	return []string{"/JavaScript", "/Launch", "/EmbeddedFile", "/OpenAction", "/RichMedia", "/XFA"}
}

// objectStream is what packed objects are called (ISO 32000-1 §7.5.7).
const objectStream = "/ObjStm"

// script is too short a name to be looked for among pixels.
const script = "/JS"

// checkPDF says why a PDF is not kept: half of one, one with something else
// behind it, one that is locked, and one in which something acts by itself.
func checkPDF(data []byte) error {
	end := bytes.LastIndex(data, []byte("%%EOF"))
	if end < 0 || end < len(data)-tail || len(bytes.TrimSpace(bytes.TrimRight(data[end+5:], "\x00"))) > 0 {
		return fault(survey.Invalid, "evidence_file", "error.evidence.pdf_broken")
	}
	clear := plain(data)
	if err := checkNames(clear, data); err != nil {
		return err
	}
	packed, room := bytes.Count(unescaped(clear), []byte(objectStream)), int64(mostUnpacked)
	for rest := data; ; {
		dictionary, body, after, found := stream(rest)
		if !found && packed != 0 { // there are more than we have seen
			return fault(survey.Invalid, "evidence_file", "error.evidence.pdf_broken")
		}
		if !found {
			return nil
		}
		rest = after
		if !bytes.Contains(unescaped(dictionary), []byte(objectStream)) {
			continue
		}
		packed--
		objects, err := unpack(dictionary, body, room)
		if err != nil {
			return err
		}
		room -= int64(len(objects))
		if err := checkNames(objects, objects); err != nil {
			return err
		}
	}
}

// checkNames looks for names in what is written in the clear, and for the long
// ones in everything.
func checkNames(clear, all []byte) error {
	clear, all = unescaped(clear), unescaped(all)
	if bytes.Contains(clear, []byte("/Encrypt")) {
		return fault(survey.Invalid, "evidence_file", "error.evidence.pdf_locked")
	}
	for _, name := range acts() {
		if bytes.Contains(all, []byte(name)) {
			return fault(survey.Invalid, "evidence_file", "error.evidence.pdf_acts", "What", name[1:])
		}
	}
	for rest := clear; ; {
		i := bytes.Index(rest, []byte(script))
		if i < 0 {
			return nil
		}
		if rest = rest[i+len(script):]; len(rest) == 0 || bytes.IndexByte([]byte("\x00\t\n\f\r ()<>[]{}/%"), rest[0]) >= 0 {
			return fault(survey.Invalid, "evidence_file", "error.evidence.pdf_acts", "What", script[1:])
		}
	}
}

// unescaped writes out letters that are given by their numbers (/J#53), a way
// to hide names.
func unescaped(data []byte) []byte {
	if bytes.IndexByte(data, '#') < 0 {
		return data
	}
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		var one [1]byte
		if data[i] == '#' && i+3 <= len(data) {
			if _, err := hex.Decode(one[:], data[i+1:i+3]); err == nil {
				out = append(out, one[0])
				i += 2
				continue
			}
		}
		out = append(out, data[i])
	}
	return out
}

// stream is the next one of a PDF, with the dictionary before it.
func stream(data []byte) (dictionary, body, rest []byte, found bool) {
	from := 0
	for {
		i := bytes.Index(data[from:], []byte("stream"))
		if i < 0 {
			return nil, nil, nil, false
		}
		i += from
		from = i + len("stream")
		head, begin := bytes.TrimRight(data[:i], "\x00\t\n\f\r "), from
		if begin < len(data) && data[begin] == '\r' {
			begin++
		}
		if !bytes.HasSuffix(head, []byte(">>")) || begin >= len(data) || data[begin] != '\n' && data[begin-1] != '\r' {
			continue
		}
		if data[begin] == '\n' {
			begin++
		}
		end := bytes.Index(data[begin:], []byte("endstream"))
		if end < 0 {
			end = len(data) - begin
		}
		return head[max(0, bytes.LastIndex(head, []byte(" obj"))):], data[begin : begin+end], data[begin+end:], true
	}
}

// plain is what stands in the clear: a PDF without its streams.
func plain(data []byte) []byte {
	var out []byte
	for {
		_, body, rest, found := stream(data)
		if !found {
			return append(out, data...)
		}
		out = append(out, data[:len(data)-len(rest)-len(body)]...)
		data = rest
	}
}

// unpack unpacks objects that a PDF keeps packed, up to a limit. What cannot be
// looked into is not kept.
func unpack(dictionary, body []byte, most int64) ([]byte, error) {
	dictionary = unescaped(dictionary)
	if !bytes.Contains(dictionary, []byte("/Filter")) {
		return body, nil
	}
	broken := fault(survey.Invalid, "evidence_file", "error.evidence.pdf_broken")
	if !bytes.Contains(dictionary, []byte("/FlateDecode")) || bytes.Contains(dictionary, []byte("/Predictor")) ||
		bytes.Count(dictionary, []byte("Decode")) != 1+bytes.Count(dictionary, []byte("/DecodeParms")) {
		return nil, broken
	}
	z, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, broken
	}
	objects, err := io.ReadAll(io.LimitReader(z, most+1))
	switch {
	case int64(len(objects)) > most:
		return nil, fault(survey.Invalid, "evidence_file", "error.evidence.pdf_unpacks")
	case err != nil:
		return nil, broken
	}
	return objects, nil
}
