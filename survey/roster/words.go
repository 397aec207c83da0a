package roster

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// column is what a column of a register means. Its text is the English
// header of the template.
type column string

// The columns.
const (
	registerColumn        column = "register_no"
	districtColumn        column = "district"
	subdistrictColumn     column = "subdistrict"
	communityColumn       column = "community"
	projectColumn         column = "project"
	companyColumn         column = "company"
	kindColumn            column = "kind"
	phoneColumn           column = "phone"
	buildingColumn        column = "building"
	unitColumn            column = "unit"
	roomsColumn           column = "rooms"
	unitsColumn           column = "units"
	householdsColumn      column = "households"
	occupiedColumn        column = "occupied"
	projectHomesColumn    column = "project_households"
	projectOccupiedColumn column = "project_occupied"
)

// spelling is one column with the headers it is known by, compared as
// headerKey writes them; the first one is the Chinese header of the template.
type spelling struct {
	column column
	words  string
	// weak are headers that mean this column only where no other header does:
	// 门牌 is a building's name where nothing else is.
	weak string
}

// spellings are all headers we know, in the order of the templates.
func spellings() []spelling {
	return []spelling{
		{registerColumn, "登记号 登记编号 备案号 备案编号 备案登记号 项目编号 项目编码 项目代码 项目登记号 小区编号 小区编码 小区代码" +
			" register registernumber filingno projectno projectnumber projectid projectcode", ""},
		{districtColumn, "区 所在区 所属区 区县 所在区县 所属区县 行政区 区名称 城区 辖区", "县区 区划"},
		{subdistrictColumn, "街道 街道乡镇 乡镇 街乡 街乡镇 乡镇街道 街镇 镇街 街道名称 街道办 街道办事处 所在街道 所属街道 所在街道乡镇 所属街道乡镇" +
			" street town township", ""},
		{communityColumn, "社区 居委会 社区名称 社区居委会 居委会名称 所在社区 所属社区 社区村 村社区 所属居委会 neighbourhood neighborhood", ""},
		{projectColumn, "项目名称 小区名称 小区 项目 物业项目 物业项目名称 物业小区 住宅小区 住宅小区名称 住宅项目名称 小区项目名称 所在小区 所属小区" +
			" projectname estate estatename", "名称"},
		{companyColumn, "物业企业 物业公司 物业 物业企业名称 物业公司名称 物业服务企业 物业服务企业名称 物业服务公司 物业单位 服务企业 物业管理公司 物业管理单位" +
			" companyname propertycompany managementcompany", ""},
		{kindColumn, "项目类型 小区类型 物业类型 物业项目类型 住宅小区类型 项目类别 小区类别 项目性质 小区性质 projectkind projecttype estatetype", "类型 类别"},
		{phoneColumn, "社区电话 电话 联系电话 社区联系电话 居委会电话 咨询电话 电话号码 telephone communityphone phonenumber tel", ""},
		{buildingColumn, "楼号 楼栋 楼栋名称 楼栋号 楼 楼名 楼名称 楼座 楼幢 楼宇 楼宇名称 栋号 栋 幢号 幢 楼栋编号 buildingname buildingno buildingnumber",
			"门牌 门牌号 门牌号码 block"},
		{unitColumn, "单元号 单元名称 单元编号 unitno unitnumber", "门号"},
		{roomsColumn, "房号 房间号 室号 房间 房屋号 房屋编号 门户号 户室号 房号列表 房间列表 房号清单 房号范围 房间号列表 room roomno roomnumber roomlist homeslist", "户号"},
		{unitsColumn, "单元数 单元 单元数量 单元个数 unitcount numberofunits", ""},
		{householdsColumn, "户数 楼栋户数 本楼户数 楼户数 楼内户数 套数 住宅套数 房屋套数 房屋户数 住户数 居民户数 homes buildinghouseholds dwellings", ""},
		{occupiedColumn, "入住户数 已入住 已入住户数 楼栋入住户数 本楼入住户数 实际入住户数 现入住户数 现入住 实住户数 常住户数 入住 入住数 occupiedhouseholds buildingoccupied", ""},
		{projectHomesColumn, "总户数 项目户数 项目总户数 小区户数 小区总户数 总套数 合计户数 项目房屋套数 小区房屋套数 totalhouseholds", ""},
		{projectOccupiedColumn, "项目入住户数 项目已入住户数 小区入住户数 小区已入住户数 总入住户数 入住总户数 totaloccupied", ""},
	}
}

// word is the header that a column has in the templates.
func (s spelling) word(lang string) string {
	if lang == "en" {
		return string(s.column)
	}
	first, _, _ := strings.Cut(s.words, " ")
	return first
}

// meaning is the column that a header means.
type meaning struct {
	column column
	weak   bool
}

// vocabulary leads from a header, as headerKey writes it, to its column.
type vocabulary map[string]meaning

func headerWords() vocabulary {
	words := vocabulary{}
	for _, s := range spellings() {
		words[headerKey(string(s.column))] = meaning{column: s.column}
		for word := range strings.FieldsSeq(s.words) {
			words[word] = meaning{column: s.column}
		}
		for word := range strings.FieldsSeq(s.weak) {
			words[word] = meaning{s.column, true}
		}
	}
	return words
}

// counter says that a header is of a column of running numbers, which
// nobody misses.
func counter(key string) bool {
	switch key {
	case "序号", "序", "行号", "排序", "no", "#", "index":
		return true
	}
	return false
}

// longestHeader is where a text ceases to be looked at as a header, in bytes.
const longestHeader = 1000

// headerKey reduces a header to what is compared: narrow small letters
// without remarks in brackets ("户数（户）"), spaces and punctuation.
func headerKey(header string) string {
	if len(header) > longestHeader {
		return header // no header is so long
	}
	var key strings.Builder
	depth := 0
	for _, r := range strings.ToLower(norm.NFKC.String(header)) {
		switch {
		case strings.ContainsRune("([【{", r):
			depth++
		case strings.ContainsRune(")]】}", r):
			depth = max(0, depth-1)
		case depth == 0 && !strings.ContainsRune(" \t\r\n_-*.:、/&,", r):
			key.WriteRune(r)
		}
	}
	return key.String()
}
