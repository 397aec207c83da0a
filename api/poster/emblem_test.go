package poster

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"meihao/survey"
)

// An emblem is drawn anew, small enough, and keeps its shape, its colours and
// its transparency; what else the file said is gone.
func TestEmblem(t *testing.T) {
	for name, test := range map[string]struct {
		data []byte
		want image.Point
	}{
		"a small PNG":            {pngOf(t, 64, 48), image.Pt(64, 48)},
		"a wide PNG":             {pngOf(t, 1024, 100), image.Pt(512, 50)},
		"a line":                 {pngOf(t, 4096, 1), image.Pt(512, 1)},
		"the largest":            {pngOf(t, 4096, 4096), image.Pt(512, 512)},
		"a photograph":           {jpegOf(t, 600, 1200), image.Pt(256, 512)},
		"a PNG that says things": {withText(pngOf(t, 64, 64), "Comment\x00taken by somebody at home"), image.Pt(64, 64)},
	} {
		kept, err := Emblem(test.data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		picture, err := png.Decode(bytes.NewReader(kept))
		if err != nil || picture.Bounds().Size() != test.want {
			t.Errorf("%s becomes %v, want %v (%v)", name, picture.Bounds(), test.want, err)
		}
		if bytes.Contains(kept, []byte("somebody")) || len(kept) > 2<<20 {
			t.Errorf("%s: %d bytes, metadata: %v", name, len(kept), bytes.Contains(kept, []byte("somebody")))
		}
	}
	kept, err := Emblem(pngOf(t, 64, 64))
	if err != nil {
		t.Fatal(err)
	}
	picture, _ := png.Decode(bytes.NewReader(kept)) // it was decoded above
	if got := color.NRGBAModel.Convert(picture.At(0, 0)); got != (color.NRGBA{}) {
		t.Errorf("the corner is %v, want nothing", got)
	}
	if got := color.NRGBAModel.Convert(picture.At(32, 32)); got != (color.NRGBA{R: 200, G: 30, B: 30, A: 255}) {
		t.Errorf("the middle is %v", got)
	}
}

func TestEmblemRefuses(t *testing.T) {
	var animation bytes.Buffer
	if err := gif.Encode(&animation, image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black}), nil); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":           {nil, "error.emblem.kind"},
		"text":              {[]byte("an emblem"), "error.emblem.kind"},
		"SVG":               {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "error.emblem.kind"},
		"a GIF":             {animation.Bytes(), "error.emblem.kind"},
		"half a PNG":        {pngOf(t, 64, 64)[:60], "error.emblem.kind"},
		"half a photograph": {jpegOf(t, 64, 64)[:300], "error.emblem.kind"},
		"a bomb":            {bomb(30_000, 30_000), "error.emblem.pixels"},
		"a wide one":        {pngOf(t, 4097, 1), "error.emblem.pixels"},
		"deep and large":    {declared(4096, 4096, 16), "error.emblem.depth"},
		"a large file":      {make([]byte, MostEmblemBytes+1), "error.emblem.bytes"},
	} {
		if _, err := Emblem(test.data); survey.KeyOf(err) != test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}

// Emblems are drawn one after the other, and who does not want to wait any
// longer is told so.
func TestEasel(t *testing.T) {
	var e Easel
	small := pngOf(t, 16, 16)
	if _, err := e.Emblem(t.Context(), small); err != nil {
		t.Fatal(err)
	}
	e.turn <- struct{}{} // somebody draws
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Emblem(ctx, small); survey.KindOf(err) != survey.Busy || survey.KeyOf(err) != "error.emblem.busy" {
		t.Errorf("while somebody else draws: %v", err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := e.Emblem(t.Context(), small)
		done <- err
	}()
	select {
	case err := <-done:
		t.Errorf("two are drawn at once (%v)", err)
	case <-time.After(20 * time.Millisecond):
	}
	<-e.turn
	if err := <-done; err != nil {
		t.Errorf("when it is free again: %v", err)
	}
	if _, err := e.Emblem(t.Context(), []byte("nothing")); err == nil {
		t.Error("nonsense is an emblem")
	}
	if _, err := e.Emblem(t.Context(), small); err != nil {
		t.Errorf("after nonsense: %v", err)
	}
}

// The code in a PNG reads back, at every size that may be asked for.
func TestPNG(t *testing.T) {
	const address = "https://mh.example.cn/s/7KQ4M2XD"
	for _, test := range []struct{ asked, want int }{{0, 3 * 37}, {128, 3 * 37}, {600, 16 * 37}, {1_000_000, 110 * 37}} {
		data, err := PNG(address, test.asked)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(data))
		if err != nil || picture.Bounds().Dx() != test.want || picture.Bounds().Dy() != test.want {
			t.Fatalf("asked for %d: %v, want %d (%v)", test.asked, picture.Bounds(), test.want, err)
		}
		scale := test.want / 37
		dark := func(x, y int) bool { r, _, _, _ := picture.At(x, y).RGBA(); return r == 0 }
		for i := range test.want {
			if dark(i, 4*scale-1) || dark(4*scale-1, i) || dark(i, test.want-4*scale) {
				t.Fatalf("asked for %d: the quiet zone is not quiet", test.asked)
			}
		}
		if !dark(4*scale, 4*scale) || !dark(11*scale-1, 4*scale) || dark(11*scale, 4*scale) {
			t.Errorf("asked for %d: the finder does not begin behind four modules", test.asked)
		}
	}
	if _, err := PNG(strings.Repeat("x", 5000), 300); err == nil {
		t.Error("5000 bytes fit into a code")
	}
	file, err := File(address)
	if err != nil || !bytes.HasPrefix(file, []byte(`<?xml version="1.0"`)) || !bytes.Contains(file, []byte(`viewBox="0 0 37 37"`)) {
		t.Errorf("%.80s (%v)", file, err)
	}
}

// pngOf is a red disc on nothing.
func pngOf(t *testing.T, width, height int) []byte {
	t.Helper()
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := height / 4; y < height-height/4; y++ {
		for x := width / 4; x < width-width/4; x++ {
			picture.SetNRGBA(x, y, color.NRGBA{R: 200, G: 30, B: 30, A: 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func chunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// withText puts a text behind the header of a PNG.
func withText(data []byte, text string) []byte {
	const header = 8 + 25
	return append(append(append([]byte(nil), data[:header]...), chunk("tEXt", []byte(text))...), data[header:]...)
}

// bomb is a small PNG that says it has so many pixels.
func bomb(width, height uint32) []byte { return declared(width, height, 8) }

// declared is a small PNG that says it has so many pixels of so many bits.
func declared(width, height uint32, bits byte) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	var body bytes.Buffer
	w := zlib.NewWriter(&body)
	_, _ = w.Write(make([]byte, 1<<20)) // a buffer takes everything
	_ = w.Close()
	data := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(header, bits, 6, 0, 0, 0))...)
	return append(append(data, chunk("IDAT", body.Bytes())...), chunk("IEND", nil)...)
}
