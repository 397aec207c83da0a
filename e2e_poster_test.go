package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"image"
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
)

// 200 posters printed to PDF at A4 and at A3 and looked at with 150 dpi: every
// code leads to its own form, also when it is turned by ten degrees and
// blurred a little. One sheet for each, with a quiet zone of four modules. Of
// A3, whose codes are larger and take longer to look at, it is the first 50.
func TestPrintedPostersDecode(t *testing.T) {
	sqliteOnly(t, "no engine changes what is on paper or in a workbook")
	zbarimg := need(t, "MEIHAO_ZBARIMG", "zbarimg", "apt-get install zbar-tools")
	pdftoppm := need(t, "MEIHAO_PDFTOPPM", "pdftoppm", "apt-get install poppler-utils")
	one := newPrinter(t, 200)
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
			if form.width > 210 {
				sheets = sheets[:50]
			}
			seen := newPhoto(t, pdftoppm, pdf, sheets)
			for i := 0; i < len(sheets); i += 20 {
				seen.quiet(t, i, sheets[i])
			}
			var wait sync.WaitGroup
			wait.Go(func() { decodes(t, zbarimg, one.URL, sheets, seen.straight) })
			wait.Go(func() { decodes(t, zbarimg, one.URL, sheets, seen.turned) })
			wait.Wait()
		})
	}
}

// Each of the six tabs of a strip has a code that reads, of 25–34 mm.
func TestPrintedStripDecodes(t *testing.T) {
	sqliteOnly(t, "no engine changes what is on paper or in a workbook")
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
const around = 8

// photo are the pictures of the codes of a PDF.
type photo struct {
	top              float64 // of all pictures on their sheets, in mm
	straight, turned []string
}

// newPhoto renders the part of each sheet that has its code and turns it, half
// of them on each of two processors.
func newPhoto(t *testing.T, pdftoppm, pdf string, sheets []laidOut) *photo {
	t.Helper()
	seen := &photo{top: sheets[0].QR[1], straight: make([]string, len(sheets)), turned: make([]string, len(sheets))}
	bottom := 0.0
	for _, s := range sheets {
		seen.top, bottom = min(seen.top, s.QR[1]), max(bottom, s.QR[1]+s.QR[3])
	}
	seen.top -= around
	folder, at := t.TempDir(), sheets[0].QR
	var wait sync.WaitGroup
	for half := range 2 {
		wait.Go(func() {
			from, to := half*len(sheets)/2, (half+1)*len(sheets)/2
			render(t, pdftoppm, pdf, filepath.Join(folder, "sheet"), from+1, to, at[0]-around, seen.top, at[2]+2*around, bottom-seen.top+around)
			for i := from; i < to; i++ {
				seen.straight[i] = filepath.Join(folder, fmt.Sprintf("sheet-%03d.pgm", i+1))
				seen.turned[i] = filepath.Join(folder, fmt.Sprintf("turned-%03d.pgm", i+1))
				turn(t, look(t, seen.straight[i]), seen.turned[i])
			}
		})
	}
	wait.Wait()
	return seen
}

// render makes pictures (PGM, which costs nothing to write and to read) of a part of some sheets; all measures are mm.
func render(t *testing.T, pdftoppm, pdf, path string, from, to int, x, y, width, height float64, more ...string) {
	args := append([]string{"-r", fmt.Sprint(dotsPerInch), "-gray", "-f", fmt.Sprint(from), "-l", fmt.Sprint(to),
		"-x", fmt.Sprint(dots(x)), "-y", fmt.Sprint(dots(y)), "-W", fmt.Sprint(dots(width)), "-H", fmt.Sprint(dots(height))}, more...)
	if out, err := exec.Command(pdftoppm, append(args, pdf, path)...).CombinedOutput(); err != nil {
		t.Errorf("pdftoppm: %v\n%s", err, out)
	}
}

// area renders a part of one sheet.
func area(t *testing.T, pdftoppm, pdf string, sheet int, x, y, width, height float64) string {
	path := filepath.Join(t.TempDir(), fmt.Sprintf("sheet-%03d-%d", sheet, int(x)))
	render(t, pdftoppm, pdf, path, sheet, sheet, x, y, width, height, "-singlefile")
	return path + ".pgm"
}

// look reads a picture in grey; an empty one stands for what cannot be read.
func look(t *testing.T, file string) *image.Gray {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
		return image.NewGray(image.Rect(0, 0, 1, 1))
	}
	var width, height int
	if _, err := fmt.Sscanf(string(data[:min(len(data), 40)]), "P5\n%d %d\n255\n", &width, &height); err != nil || len(data) < width*height {
		t.Errorf("%s: %d bytes (%v)", file, len(data), err)
		return image.NewGray(image.Rect(0, 0, 1, 1))
	}
	return &image.Gray{Pix: data[len(data)-width*height:], Stride: width, Rect: image.Rect(0, 0, width, height)}
}

// quiet measures the code in the print itself: its black part begins four of
// its modules inside the box.
func (seen *photo) quiet(t *testing.T, sheet int, s laidOut) {
	t.Helper()
	picture := look(t, seen.straight[sheet])
	left, top, side := dots(around), dots(s.QR[1]-seen.top), dots(s.QR[2])
	dark := func(x, y int) bool { return picture.GrayAt(left+x, top+y).Y < 128 }
	first, last := side, 0
	for y := 2; y < side-2; y++ {
		for x := 2; x < side-2; x++ {
			if dark(x, y) {
				first, last = min(first, x, y), max(last, x, y)
			}
		}
	}
	finder := 3 // the square in the corner, of seven modules
	for finder < side && dark(first+finder, first+3) {
		finder++
	}
	const hair = 3 // pixels
	module := float64(finder) / 7
	if module < 2 || math.Abs(float64(first)-4*module) > hair || math.Abs(float64(side-last)-4*module) > hair {
		t.Errorf("sheet %d: the black part is from %d to %d of %d pixels, with modules of %.1f", sheet, first, last, side, module)
	}
}

// turn makes the picture that a hand holds: turned by ten degrees and blurred.
func turn(t *testing.T, picture *image.Gray, file string) {
	size := picture.Bounds()
	turned := image.NewGray(image.Rect(0, 0, size.Dx()*23/20, size.Dy()*23/20))
	sin, cos := math.Sincos(10 * math.Pi / 180)
	cx, cy, tx, ty := float64(size.Dx())/2, float64(size.Dy())/2, float64(turned.Rect.Dx())/2, float64(turned.Rect.Dy())/2
	for y := range turned.Rect.Dy() {
		row := turned.Pix[y*turned.Stride : (y+1)*turned.Stride]
		for x := range row {
			dx, dy := float64(x)-tx, float64(y)-ty
			row[x] = 255
			if from := image.Pt(int(cx+cos*dx+sin*dy), int(cy-sin*dx+cos*dy)); from.In(picture.Rect) {
				row[x] = picture.Pix[from.Y*picture.Stride+from.X]
			}
		}
	}
	head := fmt.Sprintf("P5\n%d %d\n255\n", turned.Rect.Dx(), turned.Rect.Dy())
	if err := os.WriteFile(file, append([]byte(head), blurred(turned).Pix...), 0o600); err != nil {
		t.Error(err)
	}
}

// blurred is each pixel with those around it, five by five: lightly. Sums of
// columns move along, so that a pixel costs a few additions.
func blurred(p *image.Gray) *image.Gray {
	const reach, all = 2, 25
	to := image.NewGray(p.Rect)
	copy(to.Pix, p.Pix)
	columns := make([]int, p.Stride)
	for y := range 2*reach + 1 {
		for x, v := range p.Pix[y*p.Stride : (y+1)*p.Stride] {
			columns[x] += int(v)
		}
	}
	for y := reach; y < p.Rect.Dy()-reach; y++ {
		sum := 0
		for _, v := range columns[:2*reach] {
			sum += v
		}
		for x := reach; x < p.Rect.Dx()-reach; x++ {
			sum += columns[x+reach]
			to.Pix[y*to.Stride+x] = uint8(sum / all)
			sum -= columns[x-reach]
		}
		if below := y + reach + 1; below < p.Rect.Dy() {
			next, last := p.Pix[below*p.Stride:(below+1)*p.Stride], p.Pix[(y-reach)*p.Stride:]
			for x, v := range next {
				columns[x] += int(v) - int(last[x])
			}
		}
	}
	return to
}

// decodes wants every picture to lead to the form of its sheet.
func decodes(t *testing.T, zbarimg, public string, sheets []laidOut, files []string) {
	for i, text := range decodeAll(t, zbarimg, files) {
		if files[i] == "" {
			continue
		}
		if want := public + "/s/" + sheets[i].Code; text != want {
			t.Errorf("%s: %q, want %q", filepath.Base(files[i]), text, want)
		}
	}
}

// decodeAll reads the code of each file with one call; "" where there is none.
func decodeAll(t *testing.T, zbarimg string, files []string) []string {
	out, _ := exec.Command(zbarimg, append([]string{"--xml", "--quiet", "-S*.enable=0", "-Sqr.enable=1", "-Sx-density=2", "-Sy-density=2"}, slices.DeleteFunc(slices.Clone(files), func(f string) bool { return f == "" })...)...).Output() // fails where one has none
	var read struct {
		Source []struct {
			File  string   `xml:"href,attr"`
			Codes []string `xml:"index>symbol>data"`
		} `xml:"source"`
	}
	if err := xml.Unmarshal(out, &read); err != nil {
		t.Errorf("zbarimg: %v\n%.500s", err, out)
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
		case strings.HasPrefix(strings.TrimPrefix(text, "<b>"), "请您评"):
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
