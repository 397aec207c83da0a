package survey

import "strings"

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// mails masks electronic addresses.
func (s *spans) mails(t []letter) {
	for at, l := range t {
		if l.r != '@' {
			continue
		}
		from, to, dots := at, at+1, 0
		for from > 0 && at-from < 64 && (isLatin(t[from-1].r) || strings.ContainsRune("._%+-", t[from-1].r)) {
			from--
		}
		for to < len(t) && to-at < 100 && (isLatin(t[to].r) || strings.ContainsRune(".-。", t[to].r)) {
			if t[to].r == '.' || t[to].r == '。' {
				dots++
			}
			to++
		}
		if from < at && dots > 0 {
			s.add(from, to, MaskedEmail)
		}
	}
}

// accounts masks what follows the name of a way to reach somebody.
func (s *spans) accounts(t []letter) {
	for at := range t {
		switch t[at].r {
		case '微', 'v', 'w', '威', '薇', '徽':
			if n := oneOf(t, at, "微信", "vx", "v信", "wx", "weixin", "wechat", "威信", "薇信", "徽信"); n > 0 {
				s.account(t, at+n, 5)
			}
		case 'q', '扣', '企':
			if n := oneOf(t, at, "qq", "扣扣", "企鹅号"); n > 0 {
				s.account(t, at+n, 5)
			}
		case '电', '手', '联', '致', '拨', '尾', '短', 't', 'p', 'm', 'c', '打', '抖', '快':
			if n := oneOf(t, at, "电话", "手机", "联系方式", "致电", "拨打", "尾号", "短号", "tel", "phone", "mobile", "call", "打给", "抖音号", "快手号"); n > 0 {
				s.contact(t, at+n)
			}
		case '车', '牌':
			if n := oneOf(t, at, "车牌号", "车牌", "车号", "牌照"); n > 0 {
				s.numbered(t, at+n)
			}
		}
	}
}

// account masks the account that begins near a place: letters, digits and
// underscores, at least so many.
func (s *spans) account(t []letter, at, least int) {
	for range 8 {
		n := oneOf(t, at, "号码", "号", "是", "为", "：", ":", " ", "-", "id", "加我", "加", "我", "的", "搜", "联系", "同")
		if n == 0 {
			break
		}
		at += n
	}
	to := at
	for to < len(t) && to-at < 32 && (isLatin(t[to].r) || to > at && strings.ContainsRune("_-", t[to].r)) {
		to++
	}
	if to-at >= least {
		s.add(at, to, MaskedAccount)
	}
}

// contact masks a number of at least four digits after 电话 and the like, but
// for the short numbers of public services (12345, 110, 96310).
func (s *spans) contact(t []letter, at int) {
	for range 6 {
		n := oneOf(t, at, "号码", "号", "是", "为", "：", ":", " ", "-", "我", "的", "本人", "number", "is", "me", ".", "at")
		if n == 0 {
			break
		}
		at += n
	}
	if _, is := digitOf(runeAt(t, at)); !is {
		return
	}
	parts, to := numberAt(t, at)
	digits := ""
	for _, p := range parts {
		digits += p.digits
	}
	if len(digits) < 4 || publicNumber(digits) || isYear(digits) || measured(t, to) {
		return
	}
	s.add(at, to, MaskedPhone)
}

// publicNumber says whether a short number is one of a public service.
func publicNumber(digits string) bool {
	return len(digits) == 5 && (digits[:2] == "12" || digits[:2] == "95" || digits[:2] == "96" || digits[:2] == "10" || digits[:2] == "11")
}

// numbered masks a plate without its province, after 车牌.
func (s *spans) numbered(t []letter, at int) {
	for range 5 {
		n := oneOf(t, at, "号码", "号", "是", "为", "：", ":", " ", "尾")
		if n == 0 {
			break
		}
		at += n
	}
	to, digits := at, 0
	for to < len(t) && to-at < 10 && (isLatin(t[to].r) || t[to].r == '·') {
		if t[to].r <= '9' {
			digits++
		}
		to++
	}
	if digits >= 2 && to-at >= 3 && !measured(t, to) {
		s.add(at, to, MaskedPlate)
	}
}

// provinces begin a plate.
const provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"

// plates masks plates of cars, of new energy too (six places after the
// letter).
func (s *spans) plates(t []letter) {
	for at := 0; at+6 < len(t); at++ {
		letter := t[at+1].r
		if letter < 'a' || letter > 'z' || !strings.ContainsRune(provinces, t[at].r) {
			continue
		}
		to := skip(t, at+2, 2, " ·.-•")
		places, digits := 0, 0
		for to < len(t) && places < 6 && (isLatin(t[to].r) || places >= 4 && strings.ContainsRune("挂学警港澳", t[to].r)) {
			if t[to].r <= '9' {
				digits++
			}
			places++
			to++
		}
		if places >= 5 && digits > 0 {
			s.add(at, to, MaskedPlate)
		}
	}
}
