package roster

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// ComplaintTemplate is a small file of a form to fill in, as xlsx: the header
// in Chinese or, for lang "en", in English, and two rows of an invented
// project, which no import takes. ReadComplaints reads it as it is.
func ComplaintTemplate(form ComplaintForm, lang string) ([]byte, error) {
	sheet, rows := complaintExamples(form, lang)
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // a workbook in memory
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return nil, fmt.Errorf("template: %w", err)
		}
	}
	if err := dressComplaints(f, sheet, len(rows[0])); err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	return b.Bytes(), nil
}

// complaintExamples are the name of the sheet, its header and its rows.
func complaintExamples(form ComplaintForm, lang string) (string, [][]any) {
	english := lang == "en"
	switch {
	case form == Months && english:
		return "Monthly totals", [][]any{
			{"Register number", "District", "Community", "Project", "Month", "Complaints"},
			{"EXAMPLE-001", "Example District", "Example Community", "Example Garden", "2023-01", 4},
			{"EXAMPLE-001", "Example District", "Example Community", "Example Garden", "2023-02", 0},
		}
	case form == Months:
		return "诉求月报", [][]any{
			{"项目登记号", "区", "社区", "小区名称", "月份", "有效诉求量"},
			{"示例-001", "示例区", "示例社区", "示例家园", "2023年1月", 4},
			{"示例-001", "示例区", "示例社区", "示例家园", "2023年2月", 0},
		}
	case form == Ranks && english:
		return "City ranking", [][]any{
			{"Register number", "District", "Community", "Project", "Rank", "Of"},
			{"EXAMPLE-001", "Example District", "Example Community", "Example Garden", 12, 8000},
			{"EXAMPLE-002", "Example District", "Example Community", "Example Court", 12, 8000},
		}
	case form == Ranks:
		return "全市排名", [][]any{
			{"项目登记号", "区", "社区", "小区名称", "全市排名", "参评项目数"},
			{"示例-001", "示例区", "示例社区", "示例家园", 12, 8000},
			{"示例-002", "示例区", "示例社区", "示例新苑", 12, 8000},
		}
	case english:
		return "Complaint log", [][]any{
			{"Ticket number", "Source", "Register number", "District", "Community", "Project", "Class", "Received", "First response", "Resolved", "Reopened", "Valid"},
			{"EX-2023-0001", "12345", "EXAMPLE-001", "Example District", "Example Community", "Example Garden", "URGENT", "2023-07-01 09:05", "2023-07-01 09:40", "2023-07-01 18:00", "no", "yes"},
			{"EX-2023-0002", "12345", "EXAMPLE-001", "Example District", "Example Community", "Example Garden", "NORMAL", "2023-07-02 10:00", "2023-07-02 15:30", "", "no", "yes"},
		}
	}
	return "诉求工单", [][]any{
		{"工单编号", "诉求来源", "项目登记号", "区", "社区", "小区名称", "诉求类型", "受理时间", "首次响应时间", "办结时间", "是否重开", "是否有效"},
		{"示例20230701001", "12345", "示例-001", "示例区", "示例社区", "示例家园", "紧急", "2023-07-01 09:05", "2023-07-01 09:40", "2023-07-01 18:00", "否", "是"},
		{"示例20230702001", "12345", "示例-001", "示例区", "示例社区", "示例家园", "一般", "2023-07-02 10:00", "2023-07-02 15:30", "", "否", "是"},
	}
}

// dressComplaints makes the header stand out and keeps every column as text:
// a spreadsheet would round long numbers and guess at dates.
func dressComplaints(f *excelize.File, sheet string, columns int) error {
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
	if err := f.SetColStyle(sheet, "A:"+last, text); err != nil {
		return err
	}
	if err := f.SetCellStyle(sheet, "A1", last+"1", bold); err != nil {
		return err
	}
	if err := f.SetColWidth(sheet, "A", last, 18); err != nil {
		return err
	}
	return f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}
