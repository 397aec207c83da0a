package roster

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Template is a small register to fill in, as xlsx: the header in Chinese or,
// for lang "en", in English, and two rows of an invented project. Read reads
// it as it is.
func Template(lang string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // a workbook in memory
	sheet := map[bool]string{false: "项目登记表", true: "Register"}[lang == "en"]
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	var header []string
	for _, s := range spellings() {
		word, _, _ := strings.Cut(s.words, " ")
		if lang == "en" {
			word = string(s.column)
		}
		header = append(header, word)
	}
	rows := append([][]any{anys(header)}, examples(lang)...)
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return nil, fmt.Errorf("template: %w", err)
		}
	}
	if err := dress(f, sheet, len(header)); err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	return b.Bytes(), nil
}

// examples are two buildings of one project, in the order of spellings.
func examples(lang string) [][]any {
	if lang == "en" {
		place := []any{"EXAMPLE-001", "Example District", "Example Subdistrict", "Example Community", "Example Garden", "Example Property Company", "010-00000000"}
		return [][]any{
			append(append([]any{}, place...), "Building 1", 3, 120, 100, 200, 172),
			append(append([]any{}, place...), "Building 2", 2, 80, 72, 200, 172),
		}
	}
	place := []any{"示例-001", "示例区", "示例街道", "示例社区", "示例家园", "示例物业公司", "010-00000000"}
	return [][]any{
		append(append([]any{}, place...), "1号楼", 3, 120, 100, 200, 172),
		append(append([]any{}, place...), "2号楼", 2, 80, 72, 200, 172),
	}
}

// dress makes the header stand out and stay in sight, and has spreadsheets
// keep register numbers and telephones as text.
func dress(f *excelize.File, sheet string, columns int) error {
	last, err := excelize.ColumnNumberToName(columns)
	if err != nil {
		return err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for _, column := range []string{"A", "G", "H"} {
		if err := f.SetColStyle(sheet, column, text); err != nil {
			return err
		}
	}
	if err := f.SetCellStyle(sheet, "A1", last+"1", bold); err != nil {
		return err
	}
	if err := f.SetColWidth(sheet, "A", last, 18); err != nil {
		return err
	}
	return f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func anys(texts []string) []any {
	all := make([]any, 0, len(texts))
	for _, t := range texts {
		all = append(all, t)
	}
	return all
}
