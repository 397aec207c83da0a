package poster

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/skip2/go-qrcode"
)

// quiet is the width of the white frame that a reader needs, in modules
// (ISO/IEC 18004, UX "Posters and slips").
const quiet = 4

// Address is the short address of a poster, as it stands in its code and in
// clear beside it: public is the server's public address without a slash at
// the end.
func Address(public, code string) string {
	return strings.TrimRight(public, "/") + "/s/" + code
}

// SVG draws the QR code of an address as one black path on white, with the
// quiet zone inside the picture, at error correction M. It is as large as the
// page makes it. The error is that the address is too long for any code.
func SVG(address string) (template.HTML, error) {
	modules, err := bitmap(address)
	if err != nil {
		return "", err
	}
	return frame(address, len(modules), squares(modules)), nil
}

// Twice is SVG for a sheet that shows a code several times: the first picture
// has the black modules, the others only name them by the id, which nothing
// else on the page may have. Everything from the first browsers with SVG on
// knows xlink:href; href alone is younger.
func Twice(address, id string) (first, others template.HTML, err error) {
	modules, err := bitmap(address)
	if err != nil {
		return "", "", err
	}
	id = template.HTMLEscapeString(id)
	first = frame(address, len(modules), `<g id="`+id+`">`+squares(modules)+`</g>`)
	return first, frame(address, len(modules), `<use xlink:href="#`+id+`"/>`), nil
}

// frame is the picture of a code of so many modules a side around what is in
// it.
func frame(address string, modules int, content string) template.HTML {
	size := modules + 2*quiet
	return template.HTML(fmt.Sprintf( //nolint:gosec // numbers, what this file draws and the escaped address
		`<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges" role="img" aria-label="%s">%s</svg>`,
		size, size, template.HTMLEscapeString(address), content))
}

// squares are the modules and the white below them.
func squares(modules [][]bool) string {
	size := len(modules) + 2*quiet
	return fmt.Sprintf(`<rect width="%d" height="%d" fill="#ffffff"/><path fill="#000000" d="%s"/>`, size, size, path(modules))
}

// path joins the black modules of each row into one rectangle a run.
func path(modules [][]bool) string {
	var b strings.Builder
	for y, row := range modules {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	return b.String()
}

// bitmap is the code without any frame; true is black.
func bitmap(address string) ([][]bool, error) {
	code, err := qrcode.New(address, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("qr code of %d bytes: %w", len(address), err)
	}
	code.DisableBorder = true
	return code.Bitmap(), nil
}
