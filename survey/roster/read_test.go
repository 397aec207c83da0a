package roster

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

func count(n int) *int { return &n }

// keys are the keys of messages, for comparison.
func keys(messages []survey.Message) (all []string) {
	for _, m := range messages {
		all = append(all, m.Key)
	}
	return all
}

func mustRead(t testing.TB, text string) File {
	t.Helper()
	f, err := Read(t.Context(), "register.csv", strings.NewReader(text))
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return f
}

const wholeHeader = "登记号,所在区,街道（乡镇）,社区,项目名称,物业企业,社区电话,楼号,单元数,户数,入住户数,总户数,项目入住户数\n"

func wholeRow() Row {
	return Row{
		Number: 2, Register: "BJ-001", District: "东城区", Subdistrict: "和平里街道", Community: "七区社区",
		Project: "幸福家园", Company: "安居物业", Phone: "010-64210000", Building: "3号楼", Units: count(4),
		Homes: survey.Homes{Households: 120, Occupied: count(100)}, ProjectHomes: survey.Homes{Households: 1024, Occupied: count(900)},
	}
}

func TestCSV(t *testing.T) {
	plain := "BJ-001,东城区,和平里街道,七区社区,幸福家园,安居物业,010-64210000,3号楼,4,120,100,1024,900\n"
	english := "register_no,district,subdistrict,community,project,company,phone,building,units,households,occupied,project_households,project_occupied\n"
	for name, text := range map[string]string{
		"plain":              wholeHeader + plain,
		"byte order mark":    "\ufeff" + wholeHeader + plain,
		"mark and quotes":    "\ufeff" + strings.Replace(wholeHeader, "登记号", `"登记号"`, 1) + plain,
		"semicolons":         strings.ReplaceAll(wholeHeader+plain, ",", ";"),
		"tabs":               strings.ReplaceAll(wholeHeader+plain, ",", "\t"),
		"line ends of a PC":  strings.ReplaceAll(wholeHeader+plain, "\n", "\r\n"),
		"no last line end":   wholeHeader + strings.TrimSpace(plain),
		"empty rows at end":  wholeHeader + plain + "\n,,,,\n , \n",
		"english":            english + plain,
		"english, as titles": strings.ReplaceAll(strings.ToUpper(english), "_", " ") + plain,
		"full width":         wholeHeader + "ＢＪ-００１,东城区,和平里街道,七区社区,幸福家园,安居物业,０１０-６４２１００００,３号楼,４,１２０,１００,１，０２４,９００\n",
		"as people write": wholeHeader + " BJ-001 ,东城区\u00a0,\u3000和平里街道,七区社区,幸福家园\u200b,安居物业,\"010-64210000\n\",3号楼," +
			"4个单元,120户,\" 100 户\",\"1,024 户\",900.0\n",
		"spaces in headers": strings.NewReplacer("社区,", " 社 区 ,", "楼号", "楼 号*", "总户数", "总户数（户）").Replace(wholeHeader) + plain,
	} {
		t.Run(name, func(t *testing.T) {
			got := mustRead(t, text)
			if diff := cmp.Diff(File{Rows: []Row{wholeRow()}}, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

// Rows carry the line of the file where they begin, whatever stands between.
func TestLineNumbers(t *testing.T) {
	f := mustRead(t, "\n\n区,社区,项目\n\n东城区,\"七区\n社区\",甲\n,,\n东城区,七区社区,乙\n")
	got := []int{f.Rows[0].Number, f.Rows[1].Number}
	if diff := cmp.Diff([]int{5, 8}, got); diff != "" {
		t.Errorf("numbers (-want +got):\n%s", diff)
	}
	if f.Rows[0].Community != "七区 社区" {
		t.Errorf("community = %q", f.Rows[0].Community)
	}
}

func TestColumnsInAnyOrderAndUnknownOnesNamed(t *testing.T) {
	f := mustRead(t, "户数,备注,小区名称,楼栋,居委会,区县,序号\n120,旧楼,幸福家园,3号楼,七区社区,东城区,1\n")
	want := Row{Number: 2, District: "东城区", Community: "七区社区", Project: "幸福家园", Building: "3号楼", Homes: survey.Homes{Households: 120}}
	if diff := cmp.Diff([]Row{want}, f.Rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	note := Note{Row: 1, Message: survey.Message{Key: "roster.note.ignored_columns", Args: survey.Args{"Columns": "备注"}}}
	if diff := cmp.Diff([]Note{note}, f.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

// 户数 means the building's where the file has buildings, else the project's.
func TestWhoseHouseholds(t *testing.T) {
	for name, c := range map[string]struct {
		text           string
		homes, project survey.Homes
		notes          int
	}{
		"no building column":       {"区,社区,项目,户数,入住户数\na,b,c,50,40\n", survey.Homes{}, survey.Homes{Households: 50, Occupied: count(40)}, 0},
		"no building, both":        {"区,社区,项目,户数,总户数\na,b,c,50,60\n", survey.Homes{}, survey.Homes{Households: 60}, 1},
		"no building, units":       {"区,社区,项目,单元数,总户数\na,b,c,5,60\n", survey.Homes{}, survey.Homes{Households: 60}, 1},
		"building":                 {"区,社区,项目,楼号,户数\na,b,c,1,50\n", survey.Homes{Households: 50}, survey.Homes{}, 0},
		"building column, no name": {"区,社区,项目,楼号,户数\na,b,c,无,50\n", survey.Homes{}, survey.Homes{Households: 50}, 0},
		"both":                     {"区,社区,项目,楼号,户数,总户数\na,b,c,1,50,60\n", survey.Homes{Households: 50}, survey.Homes{Households: 60}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := mustRead(t, c.text)
			got := [2]survey.Homes{f.Rows[0].Homes, f.Rows[0].ProjectHomes}
			if diff := cmp.Diff([2]survey.Homes{c.homes, c.project}, got); diff != "" {
				t.Errorf("homes (-want +got):\n%s", diff)
			}
			if len(f.Notes) != c.notes {
				t.Errorf("%d notes, want %d: %v", len(f.Notes), c.notes, f.Notes)
			}
		})
	}
}

func TestUnits(t *testing.T) {
	for cell, want := range map[string]*int{"": nil, "-": nil, "/": nil, "0": count(0), "无": count(0), "３": count(3), "2个单元": count(2)} {
		f := mustRead(t, "区,社区,项目,楼号,单元数\na,b,c,1,"+cell+"\n")
		if diff := cmp.Diff(want, f.Rows[0].Units); diff != "" {
			t.Errorf("%q (-want +got):\n%s", cell, diff)
		}
	}
}

func TestRowErrors(t *testing.T) {
	for name, c := range map[string]struct{ row, want string }{
		"no number":            {",a,b,c,1,many,,", "roster.refused.not_households"},
		"a fraction":           {",a,b,c,1,12.5,,", "roster.refused.not_households"},
		"negative":             {",a,b,c,1,-5,,", "roster.refused.not_households"},
		"misplaced separator":  {",a,b,c,1,\"1,02\",,", "roster.refused.not_households"},
		"too many":             {",a,b,c,1,1000001,,", "roster.refused.not_households"},
		"beyond integers":      {",a,b,c,1,99999999999999999999999,,", "roster.refused.not_households"},
		"no households at all": {",a,b,c,1,0,,", "roster.refused.no_households"},
		"crowded":              {",a,b,c,1,10,11,", "roster.refused.occupied"},
		"units":                {",a,b,c,1,10,,二单元左", "roster.refused.not_a_number"},
		"long name":            {",a,b," + strings.Repeat("长", 101) + ",1,10,,", "roster.refused.too_long"},
		"rounded register":     {"1.10105E+17,a,b,c,1,10,,", "roster.refused.register_rounded"},
	} {
		t.Run(name, func(t *testing.T) {
			f := mustRead(t, "登记号,区,社区,项目,楼号,户数,入住户数,单元数\n"+c.row+"\n")
			if diff := cmp.Diff([]string{c.want}, keys(f.Rows[0].Errors)); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFileErrors(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		kind survey.Kind
		key  string
	}{
		"empty":            {"", survey.Invalid, "roster.error.empty"},
		"blank":            {"\n , ,\n", survey.Invalid, "roster.error.empty"},
		"header only":      {wholeHeader, survey.Invalid, "roster.error.no_rows"},
		"no header":        {"甲,乙\n1,2\n", survey.Invalid, "roster.error.no_header"},
		"missing columns":  {"街道,项目,户数\na,b,1\n", survey.Invalid, "roster.error.missing_community"},
		"two columns":      {"区,社区,小区名称,项目名称\na,b,c,d\n", survey.Invalid, "roster.error.two_columns"},
		"open quote":       {"区,社区,项目\na,\"b,c\n", survey.Invalid, "roster.error.csv_line"},
		"no encoding":      {"\xc7\xf8,\xc9\xe7\xc7\xf8,\xcf\xee\xc4\xbf\na,\xff,c\n", survey.Invalid, "roster.error.encoding"},
		"another encoding": {"Quartier,Communaut\xe9,R\xe9sidence\na,b,c\n", survey.Invalid, "roster.error.encoding"},
		"half of UTF-16":   {"\xff\xfe\x3a\x53,\x00\x0a", survey.Invalid, "roster.error.encoding"},
		"picture":          {"\x89PNG\r\n\x1a\n\x00\x00", survey.Invalid, "roster.error.not_register"},
		"pdf":              {"%PDF-1.7\n", survey.Invalid, "roster.error.not_register"},
		"web page":         {"<html><table></table></html>", survey.Invalid, "roster.error.web_page"},
		"old Excel":        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 anything", survey.Invalid, "roster.error.old_excel"},
		"password":         {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", survey.Invalid, "roster.error.encrypted"},
		"no zip after all": {"PK\x03\x04 and nothing more", survey.Invalid, "roster.error.broken"},
		"wide":             {strings.Repeat("区,", 300) + "\n", survey.TooLarge, "roster.error.too_many_columns"},
		"wide over lines":  {strings.Repeat("\"\n\",", 300) + "\n", survey.TooLarge, "roster.error.too_many_columns"},
		"large":            {strings.Repeat("x", MaxBytes+1), survey.TooLarge, "roster.error.too_large"},
		"many rows":        {"区,社区,项目\n" + strings.Repeat("a,b,c\n", MaxRows+1), survey.TooLarge, "roster.error.too_many_rows"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(t.Context(), "/home/somebody/register.csv", strings.NewReader(c.text))
			wantFileError(t, err, c.kind, c.key)
		})
	}
}

func wantFileError(t *testing.T, err error, kind survey.Kind, key string) {
	t.Helper()
	var e *survey.Error
	if !errors.As(err, &e) {
		t.Fatalf("error = %v, want a survey.Error", err)
	}
	if e.Kind != kind || e.Key != key || e.Fields["file"].Key != key {
		t.Errorf("error = %v (file: %s), want %s: %s", e, e.Fields["file"].Key, kind, key)
	}
	if e.Args["File"] == nil || strings.Contains(fmt.Sprint(e.Args["File"]), "/") {
		t.Errorf("the error names the file %q", e.Args["File"])
	}
}

// What a reader fails with is nobody's register.
func TestReaderFails(t *testing.T) {
	fault := errors.New("disk")
	_, err := Read(t.Context(), "r.csv", readerOf{fault})
	if !errors.Is(err, fault) || survey.KindOf(err) != survey.Internal {
		t.Errorf("error = %v", err)
	}
}

type readerOf struct{ err error }

func (r readerOf) Read([]byte) (int, error) { return 0, r.err }
