package export

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// look is how a cell looks. Each look is one style of the workbook.
type look struct {
	kind    Kind
	places  int
	signed  bool // with the pages' minus
	plus    bool // and with a plus
	head    bool
	bold    bool // of a sum, of a note's name
	guarded bool // text that must not become a formula
	long    bool // text over 255 characters, which the text format cannot show
	right   bool // text among numbers: a dash
}

// styles makes the styles of a workbook as they are needed.
type styles struct {
	file     *excelize.File
	language string
	ids      map[look]int
}

// longText is from where on the format "text" shows #### in old Excel.
const longText = 255

// of is the style of a cell in a column.
func (s *styles) of(c Cell, column Kind, bold bool) (int, error) {
	l := look{kind: c.kind, places: c.places, signed: c.signed, plus: c.plus, bold: bold}
	if c.kind == Text {
		l.guarded, l.long, l.right = harmful(c.text), len(c.text) > longText, column != Text
	}
	return s.id(l)
}

func (s *styles) id(l look) (int, error) {
	if id, made := s.ids[l]; made {
		return id, nil
	}
	id, err := s.file.NewStyle(s.style(l))
	if err != nil {
		return 0, err
	}
	if l.guarded {
		// The apostrophe that Excel puts before text: the cell stays text when
		// somebody edits it. The library has no word for it.
		guarded := true
		s.file.Styles.CellXfs.Xf[id].QuotePrefix = &guarded
	}
	s.ids[l] = id
	return id, nil
}

func (s *styles) style(l look) *excelize.Style {
	style := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "center"}}
	if l.bold || l.head {
		style.Font = &excelize.Font{Bold: true}
	}
	if l.head {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F1EA"}}
		style.Border = []excelize.Border{{Type: "bottom", Color: "55605A", Style: 1}}
		style.Alignment = &excelize.Alignment{Vertical: "center", WrapText: true}
	}
	if l.kind != Text || l.right {
		style.Alignment.Horizontal, style.Alignment.Indent = "right", 1
	}
	switch {
	case l.head:
	case l.kind == Text:
		style.Alignment.WrapText = true
		if !l.long {
			style.NumFmt = 49 // text: 00123 stays what it is
		}
		// Without a mark of its own a guarded style would be its unguarded twin.
		style.Protection = &excelize.Protection{Locked: true, Hidden: l.guarded}
	default:
		style.CustomNumFmt = new(s.format(l))
	}
	return style
}

// format writes numbers as the pages do.
func (s *styles) format(l look) string {
	decimals := ""
	if l.places > 0 {
		decimals = "." + strings.Repeat("0", l.places)
	}
	switch {
	case l.plus:
		return `"+"#,##0` + decimals + `;"−"#,##0` + decimals + ";0" + decimals
	case l.signed:
		return "#,##0" + decimals + `;"−"#,##0` + decimals
	case l.kind == Percent:
		return "0" + decimals + "%"
	case l.kind == Day && s.language == "en":
		return "[$-409]d mmm yyyy"
	case l.kind == Day:
		return `yyyy"年"m"月"d"日"`
	case l.kind == Moment && s.language == "en":
		return "[$-409]d mmm yyyy hh:mm"
	case l.kind == Moment:
		return `yyyy"年"m"月"d"日" hh:mm`
	}
	return "#,##0" + decimals
}
