package main

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What a community hands on for its neighbours leads to the building's own
// form: the picture that script makes a PNG of, the text to copy, and the
// notices on paper, one A4 sheet for each building.
func TestRemindersLeadToTheForm(t *testing.T) {
	zbarimg := need(t, "MEIHAO_ZBARIMG", "zbarimg", "apt-get install zbar-tools")
	pdftoppm := need(t, "MEIHAO_PDFTOPPM", "pdftoppm", "apt-get install poppler-utils")
	s, demo := serveDemo(t)
	first := demoProjects()[0]
	project := s.standing(t, demo.APIToken, demo.Campaign, first.name).Project.ID
	codes := posterCodes(t, s.Data, demo.Campaign)[:len(first.buildings)]
	address := s.URL + "/admin/campaigns/" + demo.Campaign + "/coach/" + project + "/reminders"

	p := newTab(t, browser(t), phone)
	p.signIn(s, demo.AdminUser, demo.AdminPassword)
	p.open(address)
	const picture1 = `document.querySelector(".reminder-picture").src`
	eventually(t, 10*time.Second, "the picture is a PNG", func() bool { return strings.HasPrefix(p.value(picture1), "data:image/png;base64,") })
	_, data, _ := strings.Cut(p.value(picture1), ",")
	image, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		t.Fatal(err)
	}
	png := filepath.Join(t.TempDir(), "reminder.png")
	if err := os.WriteFile(png, image, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, want := decode(t, zbarimg, png), s.URL+"/s/"+codes[0]; got != want {
		t.Errorf("the picture leads to %q, want %q", got, want)
	}
	if keep := os.Getenv("MEIHAO_SCREENS"); keep != "" {
		if err := os.WriteFile(filepath.Join(keep, "reminder.png"), image, 0o600); err != nil {
			t.Error(err)
		}
	}
	save := `document.getElementById("save-1")`
	if name := p.value(save + `.getAttribute("download")`); !strings.HasSuffix(name, ".png") || p.value(save+`.href === `+picture1) != "true" {
		t.Errorf("the button saves %q", name)
	}
	if text := p.value(`document.getElementById("text-1").value`); !strings.Contains(text, s.URL+"/s/"+codes[0]) {
		t.Errorf("the text for a group has no address: %q", text)
	}
	p.tap(element("[data-copy]"), 0.5)
	eventually(t, 10*time.Second, "the page says that it was copied", func() bool {
		return p.value(`document.querySelector("[data-copy] + [role=status]").textContent`) == "已复制"
	})

	p.open(address + "/print")
	pdf := filepath.Join(t.TempDir(), "notices.pdf")
	if err := os.WriteFile(pdf, p.print(), 0o600); err != nil {
		t.Fatal(err)
	}
	isA4(t, pdf, len(codes))
	for i, code := range codes {
		if got, want := decode(t, zbarimg, picture(t, pdftoppm, pdf, i+1)), s.URL+"/s/"+code; got != want {
			t.Errorf("notice %d leads to %q, want %q", i+1, got, want)
		}
	}
	for _, words := range []string{"zh", "en", "both"} {
		p.open(address + "/print?words=" + words)
		over := `Array.from(document.querySelectorAll(".coach-notice")).filter(function (n) { return n.scrollHeight > n.clientHeight + 1; }).length`
		if n := p.value(over); n != "0" {
			t.Errorf("%s notices in %s are longer than their sheet", n, words)
		}
	}
}
