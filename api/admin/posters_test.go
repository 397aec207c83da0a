package admin_test

import (
	"strings"
	"testing"
)

// A print has one page for each building, in order, with what UX asks for.
func TestPosters(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	p.get("/admin/posters").expect(t, "posters", 200, "晨光花园", "打印 4 张", "紫藤苑", "!银杏里")
	print := "/admin/posters/print?campaign=" + s.Campaign.ID.String()
	r := p.get(print + "&project=" + s.Project.ID.String())
	r.expect(t, "print", 200, "晨光花园", "1号楼", "匿名", "约2分钟", "不会扫码，请找社区工作人员", "010-12345678", "绝不收钱",
		"晨光区住建委", "截止", "anonymous", "mh.example.cn/s/", "!演示")
	if n := strings.Count(r.Body, `<article class="poster"`); n != 4 {
		t.Errorf("%d pages for 4 buildings", n)
	}
	if n := strings.Count(r.Body, "<path "); n != 4 {
		t.Errorf("%d codes for 4 buildings", n)
	}
	if !inOrder(r.Body, "1号楼", "2号楼", "3号楼", "4号楼") {
		t.Error("not in building order")
	}
	code := s.Poster.Code
	r = p.get(print + "&project=" + s.Project.ID.String() + "&poster=" + strings.ToLower(code))
	r.expect(t, "one poster", 200, "/s/"+code, code[:4]+"-"+code[4:])
	if n := strings.Count(r.Body, `<article class="poster"`); n != 1 {
		t.Errorf("%d pages for one poster", n)
	}
	if n := strings.Count(p.get(print).Body, `<article class="poster"`); n != 5 {
		t.Errorf("%d pages for the community's 5 buildings", n)
	}
	for what, path := range map[string]string{
		"another community's project": print + "&project=" + s.Sibling.ID.String(),
		"an unknown poster":           print + "&project=" + s.Project.ID.String() + "&poster=00000000",
		"no campaign":                 "/admin/posters/print",
		"nonsense":                    "/admin/posters/print?campaign=x&project=y",
	} {
		p.get(path).expect(t, what, 404, "!<article")
	}
}

func inOrder(text string, words ...string) bool {
	for _, w := range words {
		_, after, found := strings.Cut(text, w)
		if !found {
			return false
		}
		text = after
	}
	return true
}
