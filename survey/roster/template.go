package roster

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// Template is a small register of projects to fill in, as xlsx: the header in
// Chinese or, for lang "en", in English, and two rows of an invented project.
// Read reads it as it is.
func Template(lang string) ([]byte, error) {
	sheet := map[bool]string{false: "项目登记表", true: "Register"}[lang == "en"]
	var columns []spelling
	for _, s := range spellings() {
		if s.column != unitColumn && s.column != roomsColumn {
			columns = append(columns, s)
		}
	}
	return template(sheet, lang, columns, examples(lang))
}

// BuildingsTemplate is the same for a register of buildings, with a row for
// each unit and its rooms; ReadBuildings and ReadAny read it.
func BuildingsTemplate(lang string) ([]byte, error) {
	sheet := map[bool]string{false: "楼栋登记表", true: "Buildings"}[lang == "en"]
	var columns []spelling
	for _, c := range []column{registerColumn, projectColumn, buildingColumn, unitColumn, roomsColumn, householdsColumn, occupiedColumn} {
		for _, s := range spellings() {
			if s.column == c {
				columns = append(columns, s)
			}
		}
	}
	return template(sheet, lang, columns, buildingExamples(lang))
}

func template(sheet, lang string, columns []spelling, rows [][]any) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // a workbook in memory
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	var header []any
	for _, c := range columns {
		header = append(header, c.word(lang))
	}
	for i, row := range append([][]any{header}, rows...) {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return nil, fmt.Errorf("template: %w", err)
		}
	}
	if err := dress(f, sheet, columns); err != nil {
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
		place := []any{"EXAMPLE-001", "Example District", "Example Subdistrict", "Example Community", "Example Garden", "Example Property Company", "Commercial housing", "010-00000000"}
		return [][]any{
			append(append([]any{}, place...), "Building 1", 3, 120, 100, 200, 172),
			append(append([]any{}, place...), "Building 2", 2, 80, 72, 200, 172),
		}
	}
	place := []any{"示例-001", "示例区", "示例街道", "示例社区", "示例家园", "示例物业公司", "商品房", "010-00000000"}
	return [][]any{
		append(append([]any{}, place...), "1号楼", 3, 120, 100, 200, 172),
		append(append([]any{}, place...), "2号楼", 2, 80, 72, 200, 172),
	}
}

// buildingExamples are two units of one building.
func buildingExamples(lang string) [][]any {
	if lang == "en" {
		return [][]any{
			{"EXAMPLE-001", "Example Garden", "Building 1", "1", "101-104, 201-204", 8, 7},
			{"EXAMPLE-001", "Example Garden", "Building 1", "2", "101-103, 201-203", 6, 6},
		}
	}
	return [][]any{
		{"示例-001", "示例家园", "1号楼", "1", "101-104、201-204", 8, 7},
		{"示例-001", "示例家园", "1号楼", "2", "101-103、201-203", 6, 6},
	}
}

// dress makes the header stand out and stay in sight, and has spreadsheets
// keep register numbers, telephones, buildings and rooms as text: "3-1" is no
// date.
func dress(f *excelize.File, sheet string, columns []spelling) error {
	last, err := excelize.ColumnNumberToName(len(columns))
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
	for i, c := range columns {
		if !slices.Contains([]column{registerColumn, phoneColumn, buildingColumn, unitColumn, roomsColumn}, c.column) {
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColStyle(sheet, name, text); err != nil {
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
