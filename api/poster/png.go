package poster

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// The sides of a PNG that one may ask for, in pixels.
const (
	LeastPixels = 128
	MostPixels  = 4096
)

// PNG draws the QR code of an address in black on white with its quiet zone,
// as large as fits into a square of so many pixels with every module equally
// large. What is outside LeastPixels…MostPixels becomes the nearer of them.
func PNG(address string, side int) ([]byte, error) {
	modules, err := bitmap(address)
	if err != nil {
		return nil, err
	}
	side = min(max(side, LeastPixels), MostPixels)
	size := len(modules) + 2*quiet
	scale := max(1, side/size)
	picture := image.NewPaletted(image.Rect(0, 0, size*scale, size*scale), color.Palette{color.White, color.Black})
	for y := range size * scale {
		row := picture.Pix[y*picture.Stride : (y+1)*picture.Stride]
		for x := range row {
			mx, my := x/scale-quiet, y/scale-quiet
			if mx >= 0 && my >= 0 && mx < len(modules) && my < len(modules) && modules[my][mx] {
				row[x] = 1
			}
		}
	}
	var b bytes.Buffer
	err = png.Encode(&b, picture)
	return b.Bytes(), err
}

// File is the QR code of an address as an SVG file of its own.
func File(address string) ([]byte, error) {
	svg, err := SVG(address)
	if err != nil {
		return nil, err
	}
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + string(svg) + "\n"), nil
}
