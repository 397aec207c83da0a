package admin_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"meihao/survey"
)

// The words of a campaign's posters: those that are typed are printed, an
// emptied one is the default again, and what does not fit comes back.
func TestPosterWordsPage(t *testing.T) {
	s := newSite(t)
	p, reader := s.signIn(s.District), s.signIn(s.Community)
	print := "/admin/posters/print?campaign=" + s.Campaign.ID.String()
	page := s.path("/poster")
	p.get(page).expect(t, "words", 200, "请您评一评咱小区的物业", "晨光区住建委邀请您评价", "<article class=\"poster poster-a4\"", "/s/")
	form := url.Values{"language": {"both"}, "zh_title": {"请为物业打个分"}, "en_why": {"Your view counts."}}
	p.post(page, form).goes(t, "saved", page+"?done=poster_words")
	reader.get(print).expect(t, "print", 200, "请为物业打个分", "Your view counts.", "Rate your property manager", "poster-both", "Cannot scan?", "!请您评一评")
	p.get(page).expect(t, "words", 200, `value="请为物业打个分"`)
	long := strings.Repeat("很", 27)
	p.post(page, url.Values{"zh_help": {long}, "zh_title": {"别的标题"}}).expect(t, "too long", 422, long, "别的标题", "一行放不下", `href="#zh_help"`, "![{")
	reader.get(print).expect(t, "print", 200, "请为物业打个分", "!"+long)
	p.post(page, url.Values{"language": {"zh"}}).goes(t, "emptied", page+"?done=poster_words")
	reader.get(print).expect(t, "print", 200, "请您评一评咱小区的物业", "!poster-both")
	draft := s.Draft(func(c *survey.Campaign) { c.Asker = "" })
	p.get("/admin/campaigns/"+draft.ID.String()+"/poster").expect(t, "of a draft", 200, "居民满意度调查，邀请您评价", "00000000")
	s.SealCampaign()
	p.get(page).expect(t, "after sealing", 409)
	p.post(page, form).expect(t, "after sealing", 409)
}

// sendFile sends a file as a page of ours would.
func (p *person) sendFile(path, field string, data []byte) reply {
	p.T.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	p.Must(w.WriteField("csrf", p.csrf))
	part, err := w.CreateFormFile(field, "emblem.svg")
	p.Must(err)
	_, err = part.Write(data)
	p.Must(err)
	p.Must(w.Close())
	request := httptest.NewRequest("POST", path, &body)
	request.Header.Set("Content-Type", w.FormDataContentType())
	return p.do(request)
}

// An emblem is what it is and not what it is called; it stands in the corner
// of the posters and is sent to those in scope, as the PNG it was drawn to.
func TestEmblemPage(t *testing.T) {
	s := newSite(t)
	p, reader, stranger := s.signIn(s.District), s.signIn(s.Community), s.signIn(s.Stranger)
	p.get(s.path("/poster")).expect(t, "at first", 200, "!class=\"emblem\"")
	var picture bytes.Buffer
	s.Must(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 1000, 500))))
	p.sendFile(s.path("/emblem"), "emblem", picture.Bytes()).goes(t, "uploaded", s.path("/poster?done=emblem"))
	r := p.get(s.path("/poster"))
	r.expect(t, "with it", 200, `class="emblem"`, s.path("/emblem?v="))
	reader.get("/admin/posters/print?campaign="+s.Campaign.ID.String()).expect(t, "print", 200, `<img src="`+s.path("/emblem?v="))
	sent := reader.get(s.path("/emblem"))
	config, err := png.DecodeConfig(strings.NewReader(sent.Body))
	if err != nil || config.Width != 512 || config.Height != 256 || sent.Header.Get("Content-Type") != "image/png" || sent.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d × %d, %s (%v)", config.Width, config.Height, sent.Header, err)
	}
	stranger.get(s.path("/emblem")).expect(t, "stranger", 404)
	stranger.sendFile(s.path("/emblem"), "emblem", picture.Bytes()).expect(t, "stranger", 404)
	for what, test := range map[string]struct {
		data   []byte
		status int
		says   string
	}{
		"SVG":       {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), 422, "读不出这张图片"},
		"too large": {make([]byte, 2<<20+1), 413, "图片太大"},
	} {
		p.sendFile(s.path("/emblem"), "emblem", test.data).expect(t, what, test.status, test.says)
	}
	p.sendFile(s.path("/emblem"), "other", nil).expect(t, "no file", 422, "请先选择图片")
	if r := p.sendFile(s.path("/emblem"), "emblem", make([]byte, 3<<20)); r.Status != 413 {
		t.Errorf("far too large: %d", r.Status)
	}
	if again := reader.get(s.path("/emblem")); again.Body != sent.Body {
		t.Error("a refused picture took its place")
	}
	p.post(s.path("/emblem/remove"), nil).goes(t, "removed", s.path("/poster?done=emblem_removed"))
	reader.get(s.path("/emblem")).expect(t, "after", 404)
}
