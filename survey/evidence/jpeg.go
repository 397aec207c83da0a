package evidence

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"iter"
)

// Markers of a JPEG.
const (
	startOfScan  = 0xda
	progressive  = 0xc2
	application1 = 0xe1
)

// segments of a JPEG up to its pixels, each with its marker.
func segments(data []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		for at := 2; at+4 <= len(data) && data[at] == 0xff && data[at+1] != startOfScan; {
			if data[at+1] == 0xff { // a filler
				at++
				continue
			}
			end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
			if end < at+4 || end > len(data) || !yield(data[at+1], data[at+4:end]) {
				return
			}
			at = end
		}
	}
}

// layered says whether a photograph comes in layers that are all kept until
// the last one is read.
func layered(data []byte) bool {
	for marker := range segments(data) {
		if marker == progressive {
			return true
		}
	}
	return false
}

// orientation is how the camera was held, 1 to 8 as Exif 2.3 numbers it; 1,
// upright, for whatever cannot be read.
func orientation(data []byte) int {
	for marker, body := range segments(data) {
		if tiff, is := bytes.CutPrefix(body, []byte("Exif\x00\x00")); marker == application1 && is {
			return orientationOf(tiff)
		}
	}
	return 1
}

func orientationOf(tiff []byte) int {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(tiff, []byte("MM\x00*")):
		order = binary.BigEndian
	case !bytes.HasPrefix(tiff, []byte("II*\x00")):
		return 1
	}
	if len(tiff) < 8 {
		return 1
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	const entry, tag = 12, 0x0112
	for rows := tiff[at+2:]; len(rows) >= entry; rows = rows[entry:] {
		if order.Uint16(rows) != tag {
			continue
		}
		if o := int(order.Uint16(rows[8:])); o >= 1 && o <= 8 {
			return o
		}
		return 1
	}
	return 1
}

// turned is a picture as it was taken; upright ones stay as they are.
func turned(img image.Image, orientation int) image.Image {
	if orientation == 1 {
		return img
	}
	return turn{img, orientation}
}

// turn looks at a picture from another side, without a copy of it.
type turn struct {
	image.Image
	orientation int // 2 to 8
}

// Bounds of the turned picture; from 5 on it lies on its side.
func (t turn) Bounds() image.Rectangle {
	size := t.Image.Bounds().Size()
	if t.orientation >= 5 {
		size.X, size.Y = size.Y, size.X
	}
	return image.Rectangle{Max: size}
}

// ColorModel is that of what At gives.
func (t turn) ColorModel() color.Model { return t.Image.ColorModel() }

// At is the point that comes to x, y.
func (t turn) At(x, y int) color.Color {
	b := t.Image.Bounds()
	right, bottom := b.Dx()-1, b.Dy()-1
	if t.orientation >= 5 {
		x, y = y, x
	}
	switch t.orientation {
	case 2, 8:
		x = right - x
	case 3, 7:
		x, y = right-x, bottom-y
	case 4, 6:
		y = bottom - y
	}
	return t.Image.At(b.Min.X+x, b.Min.Y+y)
}
