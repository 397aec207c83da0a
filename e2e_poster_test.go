package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var printLink = regexp.MustCompile(`href="(/admin/posters/print\?[^"]+)"`)

// A printed poster, photographed at 150 dpi, leads to its own form: one A4
// sheet for each building, in building order.
func TestPrintedPostersDecode(t *testing.T) {
	zbarimg := need(t, "MEIHAO_ZBARIMG", "zbarimg", "apt-get install zbar-tools")
	pdftoppm := need(t, "MEIHAO_PDFTOPPM", "pdftoppm", "apt-get install poppler-utils")
	s, demo := serveDemo(t)
	chrome := browser(t)
	p := newTab(t, chrome, desk)
	p.signIn(s, demo.AdminUser, demo.AdminPassword)
	p.open(s.URL + "/admin/posters?campaign=" + demo.Campaign)
	if links := printLink.FindAllString(p.value("document.documentElement.outerHTML"), -1); len(links) < len(demoProjects())+1 {
		t.Errorf("the posters' page leads to %d prints, want one of each project and one of all", len(links))
	}
	codes := posterCodes(t, s.Data, demo.Campaign)
	first := demoProjects()[0]
	one := s.standing(t, demo.APIToken, demo.Campaign, first.name).Project.ID
	for name, test := range map[string]struct {
		path   string
		codes  []string
		sheets []int // that are read back, from 1
	}{
		"one project": {"&project=" + one, codes[:len(first.buildings)], []int{1, 2, 3}},
		"everything":  {"", codes, []int{1, len(codes)}},
	} {
		t.Run(name, func(t *testing.T) {
			p.t = t
			p.open(s.URL + "/admin/posters/print?campaign=" + demo.Campaign + test.path)
			pdf := filepath.Join(t.TempDir(), "posters.pdf")
			if err := os.WriteFile(pdf, p.print(), 0o600); err != nil {
				t.Fatal(err)
			}
			isA4(t, pdf, len(test.codes))
			for _, sheet := range test.sheets {
				if got, want := decode(t, zbarimg, picture(t, pdftoppm, pdf, sheet)), s.URL+"/s/"+test.codes[sheet-1]; got != want {
					t.Errorf("sheet %d decodes to %q, want %q", sheet, got, want)
				}
			}
		})
	}
}

// picture is one sheet of a PDF at 150 dpi.
func picture(t *testing.T, pdftoppm, pdf string, sheet int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sheet")
	n := fmt.Sprint(sheet)
	if out, err := exec.Command(pdftoppm, "-r", "150", "-png", "-singlefile", "-f", n, "-l", n, pdf, path).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	return path + ".png"
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

// posterCodes are a campaign's posters in building order.
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

// isA4 asks pdfinfo, which comes with pdftoppm.
func isA4(t *testing.T, pdf string, pages int) {
	t.Helper()
	out, err := exec.Command("pdfinfo", pdf).Output()
	if err != nil {
		t.Fatalf("pdfinfo: %v", err)
	}
	if !regexp.MustCompile(fmt.Sprintf(`(?m)^Pages:\s+%d$`, pages)).Match(out) {
		t.Errorf("not one sheet for each of %d buildings:\n%s", pages, out)
	}
	var width, height float64
	for line := range bytes.Lines(out) {
		if rest, ok := bytes.CutPrefix(line, []byte("Page size:")); ok {
			if _, err := fmt.Sscanf(string(bytes.TrimSpace(rest)), "%f x %f", &width, &height); err != nil {
				t.Fatalf("pdfinfo says %q", line)
			}
		}
	}
	if width < 594 || width > 597 || height < 841 || height > 843 {
		t.Errorf("a sheet is %v × %v points, A4 is 595 × 842", width, height)
	}
}

// decode reads the only code of a picture.
func decode(t *testing.T, zbarimg, picture string) string {
	t.Helper()
	out, err := exec.Command(zbarimg, "--raw", "--quiet", picture).Output()
	if err != nil {
		t.Errorf("zbarimg finds no code on %s: %v", filepath.Base(picture), err)
	}
	return strings.TrimSpace(string(out))
}
