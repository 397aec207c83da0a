package evidence

import (
	"strings"
	"testing"
)

// A name keeps what it says, and nothing that leads, hides or acts.
func TestCleanName(t *testing.T) {
	for name, want := range map[string]string{
		"现场照片.JPG":                        "现场照片.jpg",
		"第3.2项 收费率":                       "第3.2项 收费率.jpg",
		"v1.2.png":                        "v1.2.jpg",
		"../../etc/passwd":                "passwd.jpg",
		`C:\Windows\system32\cmd.exe`:     "cmd.jpg",
		"..":                              "file.jpg",
		"":                                "file.jpg",
		".htaccess":                       "htaccess.jpg",
		"a\x00b\r\nc.jpg":                 "ab c.jpg",
		"gpj.\u202etxt.jpg":               "gpj.txt.jpg",
		"x\u200b\u2066y\ufeff.jpg":        "xy.jpg",
		`a"b<c>d|e?f*g:h.jpg`:             "a_b_c_d_e_f_g_h.jpg",
		"x.jpg/":                          "file.jpg",
		"broken\xff\xfename.jpg":          "brokenname.jpg",
		strings.Repeat("长", 300) + ".jpg": strings.Repeat("长", 100) + ".jpg",
	} {
		if got := CleanName(name, JPEG); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}
