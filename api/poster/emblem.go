package poster

import (
	"bytes"
	"image"
	_ "image/jpeg" // an emblem may come as a photograph
	"image/png"

	"golang.org/x/image/draw"

	"meihao/survey"
)

// What an emblem may be when it comes, and is when it is kept.
const (
	MostEmblemBytes  = 2 << 20 // of the file
	MostEmblemPixels = 4096    // of a side, before it is read: a small file may unpack to gigabytes
	EmblemPixels     = 512     // of the longer side, as it is kept and printed
)

// Emblem reads a picture that somebody sent and draws it anew as a PNG of at
// most EmblemPixels a side: nothing of the file itself is kept, so that no
// metadata, no script and no trick of a format goes on. PNG and JPEG are
// read, by what they are and not by what they are called; never SVG, which
// is a program. Invalid or TooLarge otherwise.
func Emblem(data []byte) ([]byte, error) {
	if len(data) > MostEmblemBytes {
		return nil, survey.Fail(survey.TooLarge, "error.emblem.bytes", "MB", MostEmblemBytes>>20)
	}
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || kind != "png" && kind != "jpeg" {
		return nil, survey.Fail(survey.Invalid, "error.emblem.kind")
	}
	if config.Width > MostEmblemPixels || config.Height > MostEmblemPixels {
		return nil, survey.Fail(survey.Invalid, "error.emblem.pixels", "Most", MostEmblemPixels)
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil || picture.Bounds().Empty() {
		return nil, survey.Fail(survey.Invalid, "error.emblem.kind")
	}
	small := image.NewNRGBA(image.Rectangle{Max: fitted(picture.Bounds().Size())})
	draw.CatmullRom.Scale(small, small.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	if err := png.Encode(&b, small); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// fitted is the size of a picture that is made to fit EmblemPixels; small
// ones stay as they are.
func fitted(size image.Point) image.Point {
	longer := max(size.X, size.Y)
	if longer <= EmblemPixels {
		return size
	}
	return image.Pt(max(1, size.X*EmblemPixels/longer), max(1, size.Y*EmblemPixels/longer))
}
