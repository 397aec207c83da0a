package poster

import (
	"bytes"
	"context"
	"image"
	"image/color"
	_ "image/jpeg" // an emblem may come as a photograph
	"image/png"
	"sync"

	"golang.org/x/image/draw"

	"meihao/survey"
)

// What an emblem may be when it comes, and is when it is kept.
const (
	MostEmblemBytes  = 2 << 20 // of the file
	MostEmblemPixels = 4096    // of a side, before it is read: a small file may unpack to gigabytes
	EmblemPixels     = 512     // of the longer side, as it is kept and printed
)

// mostDeepPixels is how many pixels of 16 bits a channel are read: they take
// twice the memory, so it is half of what MostEmblemPixels allows at 8 bits.
const mostDeepPixels = MostEmblemPixels * MostEmblemPixels / 2

// Easel draws emblems, one after the other: each may take some 200 MB while it
// is drawn, whoever sends how many. Its zero value is ready.
type Easel struct {
	once sync.Once
	turn chan struct{}
}

// Emblem is the function Emblem once those that came before are done; Busy
// where the context ends first.
func (e *Easel) Emblem(ctx context.Context, data []byte) ([]byte, error) {
	e.once.Do(func() { e.turn = make(chan struct{}, 1) })
	select {
	case e.turn <- struct{}{}:
		defer func() { <-e.turn }()
		return Emblem(data)
	case <-ctx.Done():
		return nil, survey.Fail(survey.Busy, "error.emblem.busy")
	}
}

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
	if deep(config.ColorModel) && config.Width*config.Height > mostDeepPixels {
		return nil, survey.Fail(survey.Invalid, "error.emblem.depth", "Most", mostDeepPixels/1_000_000)
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

// deep says whether a picture has 16 bits a channel.
func deep(m color.Model) bool {
	return m == color.Gray16Model || m == color.RGBA64Model || m == color.NRGBA64Model
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
