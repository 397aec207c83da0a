package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// 200 posters printed to PDF at A4 and at A3 and looked at with 150 dpi: every
// code leads to its own form, also when it is turned by ten degrees and
// blurred a little. One sheet for each, with a quiet zone of four modules.
func TestPrintedPostersDecode(t *testing.T) {
	zbarimg := need(t, "MEIHAO_ZBARIMG", "zbarimg", "apt-get install zbar-tools")
	pdftoppm := need(t, "MEIHAO_PDFTOPPM", "pdftoppm", "apt-get install poppler-utils")
	one := newPrinter(t)
	for name, form := range posterForms {
		t.Run(name, func(t *testing.T) {
			one.open(t, form.path)
			sheets := one.measure(t)
			pdf := filepath.Join(t.TempDir(), "posters.pdf")
			if err := os.WriteFile(pdf, one.p.print(), 0o600); err != nil {
				t.Fatal(err)
			}
			isPaper(t, pdf, len(one.codes), form.width, form.height)
			textIsLarge(t, pdf, form.scale)
			seen := newPhoto(t, pdftoppm, pdf, sheets)
			for i, s := range sheets {
				seen.quiet(t, i, s)
				seen.turn(t, i)
			}
			decodes(t, zbarimg, one.URL, sheets, seen.straight)
			decodes(t, zbarimg, one.URL, sheets, seen.turned)
		})
	}
}

// Each of the six tabs of a strip has a code that reads, of 25–34 mm.
func TestPrintedStripDecodes(t *testing.T) {
	zbarimg := need(t, "MEIHAO_ZBARIMG", "zbarimg", "apt-get install zbar-tools")
	pdftoppm := need(t, "MEIHAO_PDFTOPPM", "pdftoppm", "apt-get install poppler-utils")
	s, demo := serveDemo(t)
	p := newTab(t, browser(t), desk)
	p.signIn(s, demo.AdminUser, demo.AdminPassword)
	p.open(s.URL + "/admin/posters/print?form=strip&campaign=" + demo.Campaign + "&poster=" + demo.Poster)
	pdf := filepath.Join(t.TempDir(), "strip.pdf")
	if err := os.WriteFile(pdf, p.print(), 0o600); err != nil {
		t.Fatal(err)
	}
	isPaper(t, pdf, 1, 210, 297)
	var files []string
	for i := range 6 { // each tab is 33 mm wide, 6 mm from the edge, and 79 mm high
		files = append(files, area(t, pdftoppm, pdf, 1, 6+33*float64(i), 218, 33, 36))
	}
	for _, code := range decodeAll(t, zbarimg, files) {
		if code != s.URL+"/s/"+demo.Poster {
			t.Errorf("a tab reads %q", code)
		}
	}
}

const dotsPerInch = 150

// dots is how many pixels a length has.
func dots(mm float64) int { return int(math.Round(mm * dotsPerInch / 25.4)) }

// around is what is photographed of the surroundings of a code, in mm.
const around = 12

// photo are the pictures of the codes of a PDF.
type photo struct {
	straight, turned []string
}

// newPhoto renders the surroundings of the code of each sheet, half of them on
// each of two processors.
func newPhoto(t *testing.T, pdftoppm, pdf string, sheets []laidOut) *photo {
	t.Helper()
	seen := &photo{straight: make([]string, len(sheets)), turned: make([]string, len(sheets))}
	var wait sync.WaitGroup
	for half := range 2 {
		wait.Go(func() {
			for i := half; i < len(sheets); i += 2 {
				at := sheets[i].QR
				seen.straight[i] = area(t, pdftoppm, pdf, i+1, at[0]-around, at[1]-around, at[2]+2*around, at[3]+2*around)
			}
		})
	}
	wait.Wait()
	return seen
}

// area renders a part of a sheet; all measures are mm.
func area(t *testing.T, pdftoppm, pdf string, sheet int, x, y, width, height float64) string {
	path := filepath.Join(t.TempDir(), fmt.Sprintf("sheet-%03d-%d", sheet, int(x)))
	n := fmt.Sprint(sheet)
	out, err := exec.Command(pdftoppm, "-r", fmt.Sprint(dotsPerInch), "-gray", "-png", "-singlefile", "-f", n, "-l", n,
		"-x", fmt.Sprint(dots(x)), "-y", fmt.Sprint(dots(y)), "-W", fmt.Sprint(dots(width)), "-H", fmt.Sprint(dots(height)), pdf, path).CombinedOutput()
	if err != nil {
		t.Errorf("pdftoppm: %v\n%s", err, out)
	}
	return path + ".png"
}

// look reads a picture.
func look(t *testing.T, file string) image.Image {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// quiet measures the code in the print itself: its black part begins four of
// its 37 or 33 modules inside the box, and nothing black is outside of it.
func (seen *photo) quiet(t *testing.T, sheet int, s laidOut) {
	t.Helper()
	picture := look(t, seen.straight[sheet])
	dark := func(x, y int) bool { return color.GrayModel.Convert(picture.At(x, y)).(color.Gray).Y < 128 }
	from, side := dots(around), dots(s.QR[2])
	first, last := side, 0
	for y := from + 2; y < from+side-2; y++ {
		for x := from + 2; x < from+side-2; x++ {
			if dark(x, y) {
				first, last = min(first, x-from, y-from), max(last, x-from, y-from)
			}
		}
	}
	modules := math.Round(7 * float64(side) / float64(finder(dark, from+first))) // a finder has seven
	module := float64(side) / modules
	const hair = 3 // pixels
	if math.Abs(float64(first)-4*module) > hair || math.Abs(float64(side-last)-4*module) > hair || module < 2 {
		t.Errorf("sheet %d: the code's black part is from %d to %d of %d pixels, with modules of %.1f", sheet, first, last, side, module)
	}
}

// finder is the width of the square in the corner that begins at a pixel.
func finder(dark func(x, y int) bool, at int) int {
	width := 0
	for dark(at+width, at+3) {
		width++
	}
	return max(width, 1)
}

// turn makes the picture that a hand holds: turned by ten degrees and blurred.
func (seen *photo) turn(t *testing.T, sheet int) {
	t.Helper()
	picture := look(t, seen.straight[sheet])
	size := picture.Bounds()
	turned := image.NewGray(image.Rect(0, 0, size.Dx()*6/5, size.Dy()*6/5))
	draw.Draw(turned, turned.Bounds(), image.White, image.Point{}, draw.Src)
	sin, cos := math.Sincos(10 * math.Pi / 180)
	cx, cy, tx, ty := float64(size.Dx())/2, float64(size.Dy())/2, float64(turned.Rect.Dx())/2, float64(turned.Rect.Dy())/2
	draw.ApproxBiLinear.Transform(turned, f64.Aff3{cos, -sin, tx - cos*cx + sin*cy, sin, cos, ty - sin*cx - cos*cy}, picture, size, draw.Src, nil)
	seen.turned[sheet] = strings.TrimSuffix(seen.straight[sheet], ".png") + "-turned.png"
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, blurred(turned)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(seen.turned[sheet], b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// blurred is each pixel with its 24 neighbours: about a module's third on A4.
func blurred(p *image.Gray) *image.Gray {
	to := image.NewGray(p.Rect)
	copy(to.Pix, p.Pix)
	for y := 2; y < p.Rect.Dy()-2; y++ {
		for x := 2; x < p.Rect.Dx()-2; x++ {
			sum := 0
			for row := y - 2; row <= y+2; row++ {
				for _, v := range p.Pix[row*p.Stride+x-2 : row*p.Stride+x+3] {
					sum += int(v)
				}
			}
			to.Pix[y*to.Stride+x] = uint8(sum / 25) //nolint:gosec // a mean of bytes
		}
	}
	return to
}

// decodes wants every picture to lead to the form of its sheet.
func decodes(t *testing.T, zbarimg, public string, sheets []laidOut, files []string) {
	t.Helper()
	for i, text := range decodeAll(t, zbarimg, files) {
		if want := public + "/s/" + sheets[i].Code; text != want {
			t.Errorf("%s: %q, want %q", filepath.Base(files[i]), text, want)
		}
	}
}

// decodeAll reads the code of each file with one call; "" where there is none.
func decodeAll(t *testing.T, zbarimg string, files []string) []string {
	t.Helper()
	out, _ := exec.Command(zbarimg, append([]string{"--xml", "--quiet", "-S*.enable=0", "-Sqr.enable=1"}, files...)...).Output() // fails where one has none
	var read struct {
		Source []struct {
			File  string   `xml:"href,attr"`
			Codes []string `xml:"index>symbol>data"`
		} `xml:"source"`
	}
	if err := xml.Unmarshal(out, &read); err != nil {
		t.Fatalf("zbarimg: %v\n%.500s", err, out)
	}
	list := make([]string, len(files))
	for _, s := range read.Source {
		if i := slices.Index(files, s.File); i >= 0 && len(s.Codes) == 1 {
			list[i] = strings.TrimSpace(s.Codes[0])
		}
	}
	return list
}

var (
	fontLine = regexp.MustCompile(`<fontspec id="(\d+)" size="(\d+)"`)
	textLine = regexp.MustCompile(`<text [^>]*font="(\d+)"[^>]*>(.*?)</text>`)
)

// textIsLarge reads the sizes of type in the PDF's first sheet, in whole
// points as pdftohtml gives them.
func textIsLarge(t *testing.T, pdf string, scale float64) {
	t.Helper()
	out, err := exec.Command("pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", "-l", "1", pdf).Output()
	if err != nil {
		t.Fatalf("pdftohtml: %v", err)
	}
	sizes := map[string]float64{}
	for _, m := range fontLine.FindAllStringSubmatch(string(out), -1) {
		var size float64
		if _, err := fmt.Sscan(m[2], &size); err != nil {
			t.Fatal(err)
		}
		sizes[m[1]] = size + 1 // they are cut
	}
	lines := textLine.FindAllStringSubmatch(string(out), -1)
	found := 0
	for _, m := range lines {
		want := leastText * scale
		switch text := m[2]; {
		case strings.Contains(text, "请您评一评"):
			want = leastTitle * scale
			found++
		case strings.Contains(text, "/s/"), strings.Contains(text, "编号"):
			want = leastAddress * scale
			found++
		}
		if sizes[m[1]] < want {
			t.Errorf("%q is printed with %v points, want %.0f", m[2], sizes[m[1]], want)
		}
	}
	if found < 3 || len(lines) < 8 {
		t.Errorf("%d lines of text, of which %d are title, address and code:\n%s", len(lines), found, out)
	}
}

// print prints the page as its own style sheet says.
func (p *tab) print() []byte {
	p.t.Helper()
	var pdf []byte
	p.do(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
		return err
	}))
	return pdf
}

// posterCodes are a campaign's posters in the order of the register.
func posterCodes(t *testing.T, data, campaign string) (codes []string) {
	t.Helper()
	id := campaignNumber(t, campaign)
	db := stored(t, data)
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), `SELECT o.code FROM posters o JOIN projects p ON p.id = o.project
		JOIN buildings b ON b.id = o.building WHERE o.campaign = ? ORDER BY p.position, b.position`, int64(id))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var code string
		if err := rows.Scan(&code); err != nil {
			t.Fatal(err)
		}
		codes = append(codes, code)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return codes
}

// isPaper asks pdfinfo, which comes with pdftoppm, for as many sheets of a
// size in mm.
func isPaper(t *testing.T, pdf string, pages int, width, height float64) {
	t.Helper()
	out, err := exec.Command("pdfinfo", pdf).Output()
	if err != nil {
		t.Fatalf("pdfinfo: %v", err)
	}
	if !regexp.MustCompile(fmt.Sprintf(`(?m)^Pages:\s+%d$`, pages)).Match(out) {
		t.Errorf("not one sheet for each of %d posters:\n%s", pages, out)
	}
	var w, h float64
	for line := range bytes.Lines(out) {
		if rest, ok := bytes.CutPrefix(line, []byte("Page size:")); ok {
			if _, err := fmt.Sscanf(string(bytes.TrimSpace(rest)), "%f x %f", &w, &h); err != nil {
				t.Fatalf("pdfinfo says %q", line)
			}
		}
	}
	const point = 25.4 / 72
	if math.Abs(w*point-width) > 1 || math.Abs(h*point-height) > 1 {
		t.Errorf("a sheet is %.0f × %.0f mm, want %v × %v", w*point, h*point, width, height)
	}
}

// isA4 wants so many sheets of A4.
func isA4(t *testing.T, pdf string, pages int) {
	t.Helper()
	isPaper(t, pdf, pages, 210, 297)
}

// picture is one sheet of a PDF at 150 dpi.
func picture(t *testing.T, pdftoppm, pdf string, sheet int) string {
	t.Helper()
	return area(t, pdftoppm, pdf, sheet, 0, 0, 210, 297)
}

// decode reads the only code of a picture.
func decode(t *testing.T, zbarimg, picture string) string {
	t.Helper()
	code := decodeAll(t, zbarimg, []string{picture})[0]
	if code == "" {
		t.Errorf("zbarimg finds no code on %s", filepath.Base(picture))
	}
	return code
}
