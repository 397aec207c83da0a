package poster

import (
	"encoding/xml"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestAddress(t *testing.T) {
	for _, public := range []string{"https://mh.example.cn", "https://mh.example.cn/"} {
		if got := Address(public, "7KQ4M2XD"); got != "https://mh.example.cn/s/7KQ4M2XD" {
			t.Errorf("Address(%q) = %q", public, got)
		}
	}
}

// The picture is well formed, carries its frame and escapes what is in it.
func TestSVG(t *testing.T) {
	svg, err := SVG(`https://mh.example.cn/s/7KQ4M2XD?"<&`)
	if err != nil {
		t.Fatal(err)
	}
	var any struct {
		ViewBox string `xml:"viewBox,attr"`
		Label   string `xml:"aria-label,attr"`
		Path    []struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal([]byte(svg), &any); err != nil {
		t.Fatal(err)
	}
	if any.ViewBox != "0 0 37 37" || len(any.Path) != 1 || !strings.HasPrefix(any.Path[0].D, "M4 4h7v1h-7z") {
		t.Errorf("viewBox %q, %d paths", any.ViewBox, len(any.Path))
	}
	if any.Label != `https://mh.example.cn/s/7KQ4M2XD?"<&` {
		t.Errorf("label %q", any.Label)
	}
	if _, err := SVG(strings.Repeat("x", 5000)); err == nil {
		t.Error("5000 bytes fit into a code")
	}
}

// The address is short enough for a small code (UX "Posters and slips").
func TestVersion(t *testing.T) {
	for address, side := range map[string]int{
		"https://a.cn/s/7KQ4M2XD":                    25, // version 2: at most 26 bytes
		"https://meihao.example.gov.cn/s/7KQ4M2XD":   29, // version 3: at most 42 bytes
		"http://127.0.0.1:8080/s/7KQ4M2XD":           29,
		"https://0123456789.0123456789.cn/s/7KQ4M2X": 29,
	} {
		modules, err := bitmap(address)
		if err != nil || len(modules) != side {
			t.Errorf("%s (%d bytes): side %d, want %d (%v)", address, len(address), len(modules), side, err)
		}
	}
}

// What is drawn in a terminal is what a reader reads.
func TestTerminalDecodes(t *testing.T) {
	zbarimg := reader(t)
	const address = "http://127.0.0.1:8080/s/7KQ4M2XD"
	text, err := Terminal(address)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	width := len([]rune(lines[0]))
	const scale = 8
	picture := image.NewGray(image.Rect(0, 0, width*scale, 2*len(lines)*scale))
	for y, line := range lines {
		for x, r := range []rune(line) {
			fill(picture, x, 2*y, scale, r == '█' || r == '▀')
			fill(picture, x, 2*y+1, scale, r == '█' || r == '▄')
		}
	}
	name := filepath.Join(t.TempDir(), "terminal.png")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(zbarimg, "-q", "--raw", name).Output()
	if err != nil || strings.TrimSpace(string(out)) != address {
		t.Errorf("read %q (%v), want %q", out, err, address)
	}
}

func fill(picture *image.Gray, x, y, scale int, light bool) {
	if !light {
		return
	}
	for i := range scale * scale {
		picture.SetGray(x*scale+i%scale, y*scale+i/scale, color.Gray{Y: 255})
	}
}

// reader finds zbarimg; where CI is set it must be there.
func reader(t *testing.T) string {
	t.Helper()
	if name := os.Getenv("MEIHAO_ZBARIMG"); name != "" {
		return name
	}
	name, err := exec.LookPath("zbarimg")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("zbarimg is missing (apt-get install zbar-tools)")
		}
		t.Skip("zbarimg is missing (apt-get install zbar-tools)")
	}
	return name
}

// A code that a sheet shows several times is drawn once.
func TestTwice(t *testing.T) {
	const address = "https://mh.example.cn/s/7KQ4M2XD"
	first, others, err := Twice(address, `qr-"7KQ4M2XD`)
	if err != nil {
		t.Fatal(err)
	}
	svg, err := SVG(address)
	if err != nil {
		t.Fatal(err)
	}
	id := `qr-&#34;7KQ4M2XD`
	if got := strings.ReplaceAll(strings.Replace(string(first), `<g id="`+id+`">`, "", 1), "</g>", ""); got != string(svg) {
		t.Errorf("the first is %s", got)
	}
	if !strings.Contains(string(others), `<use xlink:href="#`+id+`"/>`) || !strings.Contains(string(others), `viewBox="0 0 37 37"`) || len(others) > 300 {
		t.Errorf("the others are %s", others)
	}
	if _, _, err := Twice(strings.Repeat("x", 5000), "a"); err == nil {
		t.Error("5000 bytes fit into a code")
	}
}
