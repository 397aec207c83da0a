package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"
	"time"

	"meihao/survey"
)

// A picture is drawn anew: what else its file said is gone, and so is what
// hangs behind it.
func TestPicturesAreDrawnAnew(t *testing.T) {
	for name, test := range map[string]struct {
		data       []byte
		kind, want string
	}{
		"photo.JPG":      {photograph(t, 60, 40), JPEG, "photo.jpg"},
		"scan.png":       {drawing(t, 60, 40), PNG, "scan.png"},
		"says png.png":   {photograph(t, 60, 40), JPEG, "says png.jpg"},
		"with place.jpg": {withExif(photograph(t, 60, 40), 1), JPEG, "with place.jpg"},
		"with zip.jpg":   {append(photograph(t, 60, 40), "PK\x03\x04 <script>secret place</script>"...), JPEG, "with zip.jpg"},
		"with page.png":  {append(drawing(t, 60, 40), "<html><script>secret place</script></html>"...), PNG, "with page.png"},
		"said.png":       {withText(drawing(t, 60, 40), "Comment\x00secret place"), PNG, "said.png"},
		"web.webp":       {webpOf(t), PNG, "web.png"},
	} {
		f, err := Read(name, test.data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f.Name != test.want || f.Type != test.kind || f.SHA256 != sha256.Sum256(f.Data) || f.Sent != sha256.Sum256(test.data) {
			t.Errorf("%s becomes %s, %s", name, f.Name, f.Type)
		}
		if bytes.Contains(f.Data, []byte("secret place")) || bytes.Contains(f.Data, []byte("Exif")) || bytes.Contains(f.Data, []byte("script")) {
			t.Errorf("%s goes on with what it said", name)
		}
		if _, kind, err := image.Decode(bytes.NewReader(f.Data)); err != nil || "image/"+kind != test.kind {
			t.Errorf("%s: what is kept is no picture: %s, %v", name, kind, err)
		}
	}
}

// What cannot be evidence is refused, whatever it is called, and with the
// reason.
func TestRefused(t *testing.T) {
	var animation bytes.Buffer
	if err := gif.Encode(&animation, image.NewGray(image.Rect(0, 0, 4, 4)), nil); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"nothing.jpg":      {nil, "error.evidence.kind"},
		"page.jpg":         {[]byte("<!doctype html><script>alert(1)</script>"), "error.evidence.kind"},
		"drawing.svg":      {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "error.evidence.kind"},
		"drawing.png":      {[]byte(`<?xml version="1.0"?><svg onload="alert(1)"/>`), "error.evidence.kind"},
		"moving.gif":       {animation.Bytes(), "error.evidence.kind"},
		"archive.zip":      {[]byte("PK\x03\x04" + strings.Repeat("\x00", 100)), "error.evidence.kind"},
		"program.pdf":      {[]byte("MZ\x90\x00%PDF-1.4 %%EOF"), "error.evidence.kind"},
		"page.pdf":         {[]byte("<script>alert(1)</script>\n" + string(pdf(""))), "error.evidence.kind"},
		"half.png":         {drawing(t, 64, 64)[:60], "error.evidence.broken"},
		"half.jpg":         {photograph(t, 64, 64)[:300], "error.evidence.broken"},
		"start.jpg":        {[]byte("\xff\xd8\xff<script>"), "error.evidence.broken"},
		"bomb.png":         {declared(30_000, 30_000, 8), "error.evidence.pixels"},
		"wide bomb.png":    {declared(1<<31-1, 1<<31-1, 8), "error.evidence.broken"}, // the format says that itself
		"a little too big": {declared(8_000, 5_001, 8), "error.evidence.pixels"},
		"deep.png":         {declared(6_000, 4_000, 16), "error.evidence.pixels"},
		"large.pdf":        {pdf(strings.Repeat("x", MaxBytes)), "error.evidence.bytes"},
	} {
		if _, err := Read(name, test.data); survey.KeyOf(err) != test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}

// A picture that says it has gigapixels costs nothing to refuse.
func TestBombsCostNothing(t *testing.T) {
	bomb := declared(30_000, 30_000, 8)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 20 {
		_, _ = Read("bomb.png", bomb)
	}
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 16 {
		t.Errorf("twenty bombs took %d MB", used)
	}
}

// A photograph is kept as it was taken, however the camera was held.
func TestPhotographsAreTurned(t *testing.T) {
	// where the dark corner of the file comes to stand: Exif 2.3, 4.6.4
	corners := map[int]string{1: "top left", 2: "top right", 3: "bottom right", 4: "bottom left", 5: "top left", 6: "top right", 7: "bottom right", 8: "bottom left"}
	for o, want := range corners {
		f, err := Read("x.jpg", withExif(photograph(t, 64, 32), o))
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(f.Data))
		if err != nil {
			t.Fatal(err)
		}
		size := image.Pt(64, 32)
		if o >= 5 {
			size = image.Pt(32, 64)
		}
		if got := darkCorner(img); got != want || img.Bounds().Size() != size {
			t.Errorf("orientation %d: the dark corner is %s of %v, want %s of %v", o, got, img.Bounds().Size(), want, size)
		}
	}
}

// Pieces are a file, a note, or both.
func TestPiece(t *testing.T) {
	for want, p := range map[string]Piece{
		"":                       {Note: "现场查看"},
		"error.evidence.nothing": {Note: " \n"},
		"error.evidence.note":    {Note: strings.Repeat("长", 1001)},
	} {
		if err := p.Check(); err != nil && survey.KeyOf(err) != want || err == nil && want != "" {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if err := (Piece{File: &File{}}).Check(); err != nil {
		t.Error(err)
	}
}

// Files are read one after the other, and who does not want to wait any longer
// is told so.
func TestReader(t *testing.T) {
	var r Reader
	small := drawing(t, 8, 8)
	if _, err := r.Read(t.Context(), "x", small); err != nil {
		t.Fatal(err)
	}
	r.turn <- struct{}{} // somebody else's is read
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := r.Read(ctx, "x", small); survey.KeyOf(err) != "error.evidence.busy" {
		t.Errorf("while another is read: %v", err)
	}
	<-r.turn
	if _, err := r.Read(t.Context(), "x", []byte("nonsense")); err == nil {
		t.Error("nonsense is evidence")
	}
	if _, err := r.Read(t.Context(), "x", small); err != nil {
		t.Errorf("after nonsense: %v", err)
	}
}

// Whatever comes is refused or becomes a file that is read again as itself.
func FuzzRead(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff"))
	f.Add(pdf("/Type /Catalog"))
	f.Add(packed("<< /S /JavaScript >>", "/FlateDecode"))
	f.Add(declared(4, 4, 8))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Read("../x\u202ey.jpg", data)
		if err != nil {
			if survey.KindOf(err) == survey.Internal {
				t.Error(err)
			}
			return
		}
		if file.Name == "" || strings.ContainsAny(file.Name, "/\\\u202e") {
			t.Errorf("its name is %q", file.Name)
		}
		if again, err := Read(file.Name, file.Data); err != nil || again.Type != file.Type {
			t.Errorf("what was kept is not taken again: %v", err)
		}
	})
}

// webpOf is the smallest picture of the kind: one transparent point.
func webpOf(t *testing.T) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// drawing is a PNG.
func drawing(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
