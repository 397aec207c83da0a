package poster

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

func TestLook(t *testing.T) {
	code := survey.NewPosterCode([7]byte{7, 19, 23, 4, 20, 2, 29})
	ours, wrong := Seen{Kind: SeenCode, Code: code}, code[:7]+"0"
	if wrong == code {
		wrong = code[:7] + "1"
	}
	foreign := func(host string) Seen { return Seen{Kind: SeenForeign, Host: host} }
	for text, want := range map[string]Seen{
		"":                                     {Kind: SeenNothing},
		"  ":                                   {Kind: SeenNothing},
		code:                                   ours,
		" " + code[:4] + "-" + code[4:]:        ours,
		"https://mh.example.cn/s/" + code:      ours,
		"HTTPS://MH.EXAMPLE.CN/S/" + code:      ours,
		"http://mh.example.cn/s/" + code + "/": ours,
		"mh.example.cn/s/" + code + "?x=1":     ours,
		"https://mh.example.cn/p/" + code:      ours,
		wrong:                                  {Kind: SeenMistyped},
		"https://mh.example.cn/s/" + wrong:     {Kind: SeenMistyped},
		"ABC":                                  {Kind: SeenMistyped},
		"https://mh.example.cn/":               {Kind: SeenOther},
		"https://mh.example.cn/admin/" + code:  {Kind: SeenOther},
		"https://mh.example.cn.evil.com/s/" + code:     foreign("mh.example.cn.evil.com"),
		"https://mh.example.cn@evil.com/s/" + code:     foreign("evil.com"),
		"https://x@mh.example.cn/s/" + code:            foreign("mh.example.cn"),
		"https://mh.example.cn:444/s/" + code:          foreign("mh.example.cn:444"),
		"https://rnh.example.cn/s/" + code:             foreign("rnh.example.cn"),
		"https://evil.com/?to=mh.example.cn/s/" + code: foreign("evil.com"),
		"evil.com/s/" + code:                           foreign("evil.com"),
		"wxp://f2f0abc":                                foreign("f2f0abc"),
		"weixin:pay":                                   foreign("weixin:pay"),
		"tel:12345":                                    foreign("tel:12345"),
		"javascript:alert(1)":                          foreign("javascript:alert(1)"),
		"https://%zz":                                  foreign("https://%zz"),
	} {
		if diff := cmp.Diff(want, Look("https://mh.example.cn", text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	if got := Look("http://127.0.0.1:8080", "127.0.0.1:8080/s/"+code); got != ours {
		t.Errorf("at an address with a port: %+v", got)
	}
}

func FuzzLook(f *testing.F) {
	f.Add("https://mh.example.cn/s/7KQ4M2XD")
	f.Add("wxp://x")
	f.Fuzz(func(t *testing.T, text string) {
		seen := Look("https://mh.example.cn", text)
		if (seen.Kind == SeenCode) != survey.CheckCode(seen.Code, survey.PosterCodeLength) {
			t.Errorf("%q is %+v", text, seen)
		}
	})
}
