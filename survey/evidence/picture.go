package evidence

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"meihao/survey"
)

// What a picture may unpack to: a small file may say that it has gigapixels.
const (
	mostPixels = 40_000_000
	// mostHeavy is for those that take several times the memory while they are
	// read: 16 bits a channel, and photographs that come in layers.
	mostHeavy = mostPixels / 2
	quality   = 88 // of a JPEG, of 100
)

// picture is how one of the kinds is read.
type picture struct {
	config func(io.Reader) (image.Config, error)
	read   func(io.Reader) (image.Image, error)
}

func reading(kind string) picture {
	switch kind {
	case PNG:
		return picture{png.DecodeConfig, png.Decode}
	case webP:
		return picture{webp.DecodeConfig, webp.Decode}
	}
	return picture{jpeg.DecodeConfig, jpeg.Decode}
}

// redraw draws a picture anew: neither metadata (the place where it was taken)
// nor what hangs behind it goes on. Photographs are turned as their camera
// said, since nothing says it afterwards.
func redraw(kind string, data []byte) (string, []byte, error) {
	p := reading(kind)
	config, err := p.config(bytes.NewReader(data))
	if err != nil || config.Width < 1 || config.Height < 1 {
		return "", nil, fault(survey.Invalid, "evidence_file", "error.evidence.broken")
	}
	most := mostPixels
	if deep(config.ColorModel) || kind == JPEG && layered(data) {
		most = mostHeavy
	}
	if config.Width > most/config.Height {
		return "", nil, fault(survey.Invalid, "evidence_file", "error.evidence.pixels", "Most", most/1_000_000)
	}
	img, err := p.read(bytes.NewReader(data))
	if err != nil || img.Bounds().Empty() {
		return "", nil, fault(survey.Invalid, "evidence_file", "error.evidence.broken")
	}
	to := PNG
	if kind == JPEG {
		to, img = JPEG, turned(img, orientation(data))
	} else if o, known := img.(interface{ Opaque() bool }); kind == webP && known && o.Opaque() {
		to = JPEG
	}
	return encoded(to, img)
}

func encoded(kind string, img image.Image) (string, []byte, error) {
	var b bytes.Buffer
	var err error
	if kind == JPEG {
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	} else {
		err = png.Encode(&b, img)
	}
	if err != nil { // sides above what the format can say
		return "", nil, fault(survey.Invalid, "evidence_file", "error.evidence.broken")
	}
	if b.Len() > 2*MaxBytes {
		return "", nil, TooLarge()
	}
	return kind, b.Bytes(), nil
}

// deep says whether a picture has 16 bits a channel.
func deep(m color.Model) bool {
	return m == color.Gray16Model || m == color.RGBA64Model || m == color.NRGBA64Model
}
