package evidence

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// photograph is white with a dark corner, top left.
func photograph(t testing.TB, width, height int) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			if x >= width/2 || y >= height/2 {
				img.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func darkCorner(img image.Image) string {
	b := img.Bounds()
	for name, at := range map[string]image.Point{
		"top left": {2, 2}, "top right": {b.Dx() - 3, 2}, "bottom left": {2, b.Dy() - 3}, "bottom right": {b.Dx() - 3, b.Dy() - 3},
	} {
		if r, _, _, _ := img.At(at.X, at.Y).RGBA(); r < 0x4000 {
			return name
		}
	}
	return "none"
}

// withExif says in a JPEG how the camera was held, and where.
func withExif(data []byte, orientation int) []byte {
	body := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	body = append(binary.BigEndian.AppendUint16(body, uint16(orientation)), "\x00\x00\x00\x00\x00\x00secret place"...)
	out := append(append([]byte(nil), data[:2]...), 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(append(out, body...), data[2:]...)
}

// Nonsense where the camera says how it was held is upright, and never read
// beyond its end.
func TestOrientationOfNonsense(t *testing.T) {
	for _, tiff := range []string{"", "MM\x00*", "MM\x00*\xff\xff\xff\xff", "II*\x00\x08\x00\x00\x00", "II*\x00\x08\x00\x00\x00\xff\xff", "MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x09\x00\x00"} {
		if got := orientationOf([]byte(tiff)); got != 1 {
			t.Errorf("%q: %d", tiff, got)
		}
	}
	whole := withExif(photograph(t, 16, 16), 6)
	for n := range 60 {
		orientation(whole[:n])
		layered(whole[:n])
	}
	if orientation(whole) != 6 {
		t.Error("the whole one is not read")
	}
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
