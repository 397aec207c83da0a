package survey

import "strings"

// titles follow a surname, with or without the given name between; the first
// ones follow a whole name too.
func titleAt(t []letter, at int) (length int, long bool) {
	if !isHan(runeAt(t, at)) {
		return 0, false
	}
	if n := oneOf(t, at, "经理", "主任", "主管", "师傅", "队长", "班长", "书记", "站长", "所长", "科长", "处长", "局长", "组长", "楼长", "院长", "部长", "会长", "老师", "医生", "大夫", "先生", "女士", "小姐", "太太", "阿姨", "叔叔", "大爷", "大妈", "大姐", "大哥", "大叔", "大婶", "奶奶", "爷爷", "伯伯", "老板", "律师", "警官", "管家", "保安", "保洁", "物管", "客服", "会计", "出纳", "同志", "助理", "秘书", "工程师", "电工", "社工", "网格员", "总监", "董事长", "老太", "老头", "师父"); n > 0 {
		return n, true
	}
	switch r := runeAt(t, at); r {
	case '总':
		if strings.ContainsRune("是结体共之价数量部算金统务在想觉会要不", runeAt(t, at+1)) && at+1 < len(t) {
			return 0, false
		}
		return 1, false
	case '工':
		if strings.ContainsRune("程作具人艺地业资时期厂", runeAt(t, at+1)) && at+1 < len(t) {
			return 0, false
		}
		return 1, false
	case '姐', '哥', '叔', '姨', '嫂', '婶', '伯', '队', '导', '局', '董':
		if strings.ContainsRune("伍长员部事", runeAt(t, at+1)) && at+1 < len(t) {
			return 0, false
		}
		return 1, false
	}
	return 0, false
}

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF }

// ordinary are words that end or begin with what is a surname elsewhere.
func ordinary(t []letter, at int) bool {
	for _, w := range [...]string{
		"保安", "治安", "公安", "安全", "门卫", "物管", "城管", "主管", "接管", "小区", "社区", "校区", "街区", "园区", "片区",
		"对于", "关于", "由于", "终于", "属于", "位于", "在于", "至于", "过于", "处于", "等于", "小时", "及时", "随时", "平时", "临时",
		"电费", "水费", "收费", "交费", "缴费", "停车", "汽车", "单车", "开车", "道路", "马路", "公路", "高层", "高兴", "高压", "高空",
		"周末", "周边", "周围", "周到", "周期", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "每周", "上周", "下周", "一周", "两周", "本周",
		"方便", "方面", "方法", "方式", "地方", "对方", "官方", "双方", "大方", "任何", "任务", "任意", "责任", "主任", "信任", "上任", "现任", "如何", "为何", "何时", "何况",
		"许多", "也许", "允许", "不许", "或许", "马上", "马虎", "黄色", "黄金", "田园", "程序", "程度", "工程", "过程", "课程", "流程", "江边", "毛病", "毛巾", "常常", "经常", "日常", "正常", "非常", "平常", "异常", "常年", "时常",
		"健康", "武装", "施工", "措施", "设施", "实施", "严重", "严格", "严禁", "文明", "文化", "文件", "卫生", "保卫", "高度", "提高", "最高", "很高", "太高", "不高", "高峰", "高低", "高价", "张贴", "张开", "张罗", "一张", "两张", "紧张", "夸张", "孙子", "王府", "水电", "热水", "污水", "开水", "下水", "自来水", "满意", "不满", "楼宇", "明显", "明白", "明确", "文字", "钱包", "花钱", "收钱", "交钱", "掏钱", "多钱", "的钱", "包括", "解决", "温度", "宁静", "国家", "大家", "住家", "家里", "家长", "原因", "关门", "关系", "广场", "山上", "边上", "石头", "白天", "利用", "师傅", "居民", "居委", "计划", "成立", "现金", "资金", "龙头", "水龙", "树林", "园林", "林木", "森林", "叶子", "树叶", "落叶", "余额", "历史", "照顾", "顾客", "杜绝", "段时", "阶段", "路段", "时段", "一段", "手段", "罗列", "冷漠", "曾经", "不曾", "未曾", "红灯", "简单", "单元", "单位",
		"党员", "双向", "水管", "管道", "管理", "主管", "监管", "不管", "保管", "房管", "安装", "安排", "安静", "平安", "不安", "晚安", "早安", "乐意", "快乐", "音乐", "娱乐", "车辆", "车库", "车位", "康复", "马桶", "林立", "高清", "高温", "高效", "夏天", "夏季", "秋季", "秋天", "江湖", "胡乱", "胡说", "胡同", "苏醒", "任由", "万一", "千万", "古树", "蓝天", "丁点", "余下", "多余", "其余", "业余", "剩余", "唐突", "荒唐", "许可",
	} {
		for back := range 3 {
			n := follows(t, at-back, w)
			if at-back >= 0 && n > back && n > 1 {
				return true
			}
		}
	}
	return false
}

// ends says whether a name can end before a place: nothing follows, no Chinese
// letter, or one that begins the rest of a sentence.
func ends(t []letter, at int) bool {
	r := runeAt(t, at)
	return at >= len(t) || !isHan(r) || strings.ContainsRune("的是说在和态不很把对来没有也就都跟经负工师太真服好特非让叫给去被每从总天打骂收管要拿电吃做干与及最脾专十以为能会可应该已还又先女同老大阿主队班您你他她我这那", r)
}

// given is the end of the given name after a surname that ends at a place: two
// letters, or one. Where strong is not said the name must end where a sentence
// goes on; 0 for none.
func given(t []letter, at int, strong bool) int {
	title, _ := titleAt(t, at)
	switch {
	case title > 0 || !isHan(runeAt(t, at)) || strings.ContainsRune("的了是不在有你我他她这那们也很就都和", runeAt(t, at)):
		return 0
	case ends(t, at+1):
		return at + 1
	case ends(t, at+2) || strong:
		return min(at+2, len(t))
	}
	return 0
}

// names masks what may be a person's name. A title stays: that it is about a
// manager must be said.
func (s *spans) names(t []letter) {
	for at := range t {
		r := t[at].r
		switch {
		case isLatin(r):
			s.westernName(t, at)
			continue
		case !isHan(r):
			continue
		}
		s.titled(t, at)
		s.introduced(t, at)
	}
}

// titled masks surname and given name before a title, 某 with its surname, and
// 小王 and 老李.
func (s *spans) titled(t []letter, at int) {
	length := 1
	if compound(t, at) {
		length = 2
	} else if !surname(t[at].r) {
		return
	}
	if from, to := titledName(t, at, at+length, length == 2 || likelySurname(t[at].r)); to > 0 && (length == 2 || !ordinary(t, at)) {
		s.add(from, to, MaskedName)
	}
}

// titledName is what a surname at a place, which ends before to, makes a name
// of: from where until where, 0 for nothing. safe says that it is hardly ever
// anything else.
func titledName(t []letter, at, to int, safe bool) (int, int) {
	if some := skip(t, to, 2, "某x×*＊○"); some > to && (t[to].r != 'x' || some-to > 1 || !isLatin(runeAt(t, some))) {
		return at, some
	}
	if n, _ := titleAt(t, to); n > 0 {
		return at, to
	}
	if !safe {
		return 0, 0
	}
	for more := 2; more > 0; more-- {
		if n, long := titleAt(t, to+more); n > 0 && long && allHan(t, to, to+more) && !ordinary(t, to) {
			return at, to + more
		}
	}
	before := runeAt(t, at-1)
	if (before == '小' || before == '老' || before == '阿') && ends(t, to) && !strings.ContainsRune("高毛江田丁程龙叶马林黄常文武史康", t[at].r) {
		return at - 1, to
	}
	return 0, 0
}

func allHan(t []letter, from, to int) bool {
	if to > len(t) {
		return false
	}
	for _, l := range t[from:to] {
		if !isHan(l.r) || strings.ContainsRune("的了是不在有你我他她这那们也很就都和", l.r) {
			return false
		}
	}
	return true
}

// introduced masks names after words that a name follows.
func (s *spans) introduced(t []letter, at int) {
	switch t[at].r {
	case '我', '本', '名', '姓', '联', '签', '署', '落', '贵', '物', '保', '管', '客', '前', '经', '主', '业', '邻', '师', '队', '班', '书', '收',
		'维', '水', '电', '楼', '叫', '员', '工', '负', '租', '房', '会':
	default:
		return
	}
	if n := oneOf(t, at, "我叫", "我的名字是", "我的名字叫", "本人叫", "名叫", "名字叫", "名字是", "姓名", "联系人", "签名", "署名", "落款", "我是业主"); n > 0 {
		from := skip(t, at+n, 3, " :：,，是为")
		s.name(t, from, true)
		return
	}
	if n := oneOf(t, at, "我姓", "贵姓", "姓", "本人姓"); n > 0 && (surname(runeAt(t, at+n)) || compound(t, at+n)) {
		to := at + n + 1
		if compound(t, at+n) {
			to++
		}
		s.add(at+n, to, MaskedName)
		return
	}
	if n := oneOf(t, at, "物业", "保安", "保洁", "保洁员", "管家", "客服", "前台", "经理", "主任", "业主", "邻居", "师傅", "队长", "班长", "书记", "收费员", "维修工", "维修员", "水电工", "电工", "楼长", "我是", "本人", "叫做", "叫", "员工", "工作人员", "负责人", "租户", "房东", "会计"); n > 0 {
		s.name(t, skip(t, at+n, 1, " :：是"), false)
	}
}

// name masks a surname that stands at a place with the given name after it.
func (s *spans) name(t []letter, at int, strong bool) {
	length := 1
	switch r := runeAt(t, at); {
	case compound(t, at):
		length = 2
	case strong && !surname(r), !strong && (!likelySurname(r) || ordinary(t, at)):
		return
	}
	if to := given(t, at+length, strong); to > 0 {
		s.add(at, to, MaskedName)
	}
}

// westernName masks the words with a capital after Mr, Ms or "my name is".
func (s *spans) westernName(t []letter, at int) {
	if at > 0 && isLatin(t[at-1].r) {
		return
	}
	if r := t[at].r; r != 'm' && r != 'd' && r != 'i' {
		return
	}
	n := oneOf(t, at, "mr.", "mr ", "mrs.", "mrs ", "ms.", "ms ", "miss ", "madam ", "dr.", "dr ", "my name is", "i am called", "manager ")
	if n == 0 {
		return
	}
	to := skip(t, at+n, 2, " .:")
	from := to
	for range 3 {
		end := to
		for end < len(t) && end-to < 20 && (isLatin(t[end].r) || t[end].r == '-' || t[end].r == '\'') {
			end++
		}
		if end == to || !t[to].capital {
			break
		}
		s.add(from, end, MaskedName)
		to = skip(t, end, 1, " ")
	}
}
