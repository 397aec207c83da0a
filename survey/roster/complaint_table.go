package roster

import (
	"strings"

	"meihao/survey"
)

// complaintColumn is what a column of complaints means.
type complaintColumn string

const (
	ticketNumber   complaintColumn = "number"
	ofRegister     complaintColumn = "register"
	ofDistrict     complaintColumn = "district"
	ofCommunity    complaintColumn = "community"
	ofProject      complaintColumn = "project"
	ticketClass    complaintColumn = "class"
	ticketReceived complaintColumn = "received"
	ticketResponse complaintColumn = "first_response"
	ticketResolved complaintColumn = "resolved"
	ticketReopened complaintColumn = "reopened"
	ticketValid    complaintColumn = "valid"
	ticketSource   complaintColumn = "source"
	monthColumn    complaintColumn = "month"
	countColumn    complaintColumn = "count"
	rankColumn     complaintColumn = "rank"
	rankOfColumn   complaintColumn = "rank_of"
)

// complaintWords are the headers that offices write, by what they mean.
func complaintWords() map[complaintColumn][]string {
	return map[complaintColumn][]string{
		ticketNumber:   {"工单编号", "诉求编号", "工单号", "诉求单号", "投诉编号", "受理编号", "事项编号", "案件编号", "单号", "编号", "ticket", "number", "ticket number"},
		ofRegister:     {"项目编号", "登记号", "项目登记号", "备案号", "项目备案号", "小区编号", "register", "register number"},
		ofDistrict:     {"区", "所在区", "所属区", "行政区", "区县", "城区", "district"},
		ofCommunity:    {"社区", "所属社区", "社区名称", "居委会", "community"},
		ofProject:      {"小区名称", "项目名称", "小区", "项目", "物业项目", "被诉小区", "被诉项目", "物业项目名称", "project"},
		ticketClass:    {"诉求类型", "诉求等级", "紧急程度", "等级", "类别", "诉求类别", "工单类别", "工单等级", "class"},
		ticketReceived: {"受理时间", "接收时间", "来电时间", "派单时间", "登记时间", "诉求时间", "接单时间", "received"},
		ticketResponse: {"首次响应时间", "响应时间", "首次联系时间", "联系时间", "首次回复时间", "first response", "first_response"},
		ticketResolved: {"办结时间", "解决时间", "完成时间", "结案时间", "办理完成时间", "resolved"},
		ticketReopened: {"是否重开", "是否回访重开", "回访重开", "重开", "是否重办", "是否退回重办", "reopened"},
		ticketValid:    {"是否有效", "有效", "是否有效诉求", "是否考核", "valid"},
		ticketSource:   {"来源", "诉求来源", "渠道", "受理渠道", "source"},
		monthColumn:    {"月份", "年月", "月", "统计月份", "month"},
		countColumn:    {"诉求量", "投诉量", "件数", "有效诉求量", "数量", "有效投诉量", "complaints", "count"},
		rankColumn:     {"排名", "名次", "全市排名", "rank"},
		rankOfColumn:   {"参评项目数", "总数", "项目总数", "全市项目数", "of"},
	}
}

// complaintHeader says what the columns of a sheet mean.
type complaintHeader struct {
	form   ComplaintForm
	at     map[complaintColumn]int
	as     map[complaintColumn]string
	months map[int]int             // position → month 202307, of totals with a column a month
	days   map[complaintColumn]int // columns that say the day only, and the first line of each
	other  []string                // words that mean nothing to us
}

// readComplaintHeader reads a line as a header; nil where it is none. Years are
// of the lines above it.
func readComplaintHeader(l line, words map[string]complaintColumn, above years) *complaintHeader {
	h := &complaintHeader{at: map[complaintColumn]int{}, as: map[complaintColumn]string{}, months: map[int]int{}, days: map[complaintColumn]int{}}
	for i, cell := range l.cells {
		key := headerKey(cell)
		meaning, known := words[key]
		switch month, isMonth := monthOf(cell, above.at(i)); {
		case key == "" || l.spread(i):
		case known:
			if _, twice := h.at[meaning]; !twice {
				h.at[meaning], h.as[meaning] = i, shorten(cell, maxEcho)
			}
		case isMonth:
			h.months[i] = month
		default:
			h.other = append(h.other, shorten(cell, maxEcho))
		}
	}
	named := h.has(ofProject) || h.has(ofRegister)
	switch {
	case h.has(ticketNumber) && h.has(ticketReceived):
		h.form = Tickets
	case named && h.has(rankColumn):
		h.form = Ranks
	case named && (len(h.months) > 0 || h.has(monthColumn) && h.has(countColumn)):
		h.form = Months
	default:
		return nil
	}
	if !named {
		return nil
	}
	return h
}

func (h *complaintHeader) has(c complaintColumn) bool { _, is := h.at[c]; return is }

func (h *complaintHeader) cell(l line, c complaintColumn) string {
	i, is := h.at[c]
	if !is {
		return ""
	}
	return l.cell(i)
}

// complaintTable turns the lines of sheets into rows.
type complaintTable struct {
	stopped func() error
	guessed bool
	words   map[string]complaintColumn
	file    ComplaintFile
	told    told
	sheet   string
	header  *complaintHeader
	years   years // above the header
	looked  int   // lines of the sheet without a header
	lines   int
	headers int
	cells   int
	text    int
	wrongs  int
	many    []survey.Message // what is said of the rows that are wrong beyond MostRefused
}

func newComplaintTable(stopped func() error) *complaintTable {
	t := &complaintTable{stopped: stopped, told: told{}, words: map[string]complaintColumn{}, many: []survey.Message{because("roster.refused.many")}}
	for meaning, words := range complaintWords() {
		for _, w := range words {
			t.words[headerKey(w)] = meaning
		}
	}
	return t
}

func (t *complaintTable) guess(guessed bool) { t.guessed = guessed }

func (t *complaintTable) halted() error { return t.stopped() }

func (t *complaintTable) begin(name string) {
	t.sheet, t.header, t.looked = shorten(name, maxEcho), nil, 0
	t.years = yearsOf([]string{name})
}

// end says of which columns the sheet knows the day only.
func (t *complaintTable) end() error {
	if t.header == nil {
		return nil
	}
	for _, c := range []complaintColumn{ticketReceived, ticketResponse, ticketResolved} {
		if row := t.header.days[c]; row > 0 {
			t.note(row, "complaint.note.day", "Column", t.header.as[c])
		}
	}
	return nil
}

// mostLooked is in how many lines of a sheet a header is looked for.
const mostLooked = 30

func (t *complaintTable) take(l line) error {
	if err := t.stopped(); err != nil {
		return err
	}
	cells, text := l.filled()
	if cells == 0 {
		return nil
	}
	if t.cells, t.text = t.cells+cells, t.text+text; t.cells > maxCells || t.text > maxText {
		return fail(survey.TooLarge, "roster.error.too_much")
	}
	if t.header == nil {
		return t.look(l)
	}
	if t.lines++; t.lines > maxLines {
		return fail(survey.TooLarge, "roster.error.too_many_rows", "Rows", maxLines)
	}
	if t.headed(l) {
		return nil
	}
	if total(l) {
		t.note(l.number, "complaint.note.total")
		return nil
	}
	return t.row(l)
}

// headed says whether a line is the header again, of the next page. It is
// looked at closely only where it has a header's word in a column that matters.
func (t *complaintTable) headed(l line) bool {
	likely := false
	for _, c := range []complaintColumn{ticketNumber, ofProject, ofRegister} {
		if word := t.header.cell(l, c); word != "" {
			_, is := t.words[headerKey(word)]
			likely = likely || is
		}
	}
	if !likely {
		return false
	}
	again := readComplaintHeader(l, t.words, t.years)
	if again == nil || again.form != t.header.form {
		return false
	}
	again.days, t.header = t.header.days, again
	return true
}

// total says whether a line only adds others up.
func total(l line) bool {
	for _, c := range l.cells {
		if c != "" {
			c = strings.ReplaceAll(c, " ", "")
			return c == "合计" || c == "总计" || c == "小计" || strings.EqualFold(c, "total")
		}
	}
	return false
}

func (t *complaintTable) look(l line) error {
	h := readComplaintHeader(l, t.words, t.years)
	if h == nil {
		if found := yearsOf(l.cells); found != nil {
			t.years = found
		}
		if t.looked++; t.looked > mostLooked {
			return errEnough
		}
		return nil
	}
	if t.headers++; t.headers > 1 && h.form != t.file.Form {
		return fail(survey.Invalid, "complaint.error.two_forms")
	}
	t.header, t.file.Form = h, h.form
	if len(h.other) > 0 {
		t.note(l.number, "roster.note.ignored_columns", "Columns", strings.Join(h.other, ", "))
	}
	return nil
}

func (t *complaintTable) note(row int, key string, pairs ...any) {
	t.file.Notes = t.told.add(t.file.Notes, Note{Row: row, Sheet: t.sheet, Message: because(key, pairs...)})
}

// complete says what is wrong with the file as a whole.
func (t *complaintTable) complete() error {
	switch {
	case t.headers == 0 && t.guessed:
		return unreadable()
	case t.headers == 0:
		return fail(survey.Invalid, "complaint.error.header")
	case len(t.file.Rows) == 0:
		return fail(survey.Invalid, "roster.error.no_rows")
	}
	return nil
}
