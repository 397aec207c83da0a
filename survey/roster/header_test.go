package roster

import (
	"strings"
	"testing"
)

// Every header means one thing, in the words of the brief and of registers seen.
func TestHeaderWords(t *testing.T) {
	seen := map[string]column{}
	for _, s := range spellings() {
		for _, word := range append(strings.Fields(s.words+" "+s.weak), headerKey(string(s.column))) {
			if other, twice := seen[word]; twice {
				t.Errorf("%s means %s and %s", word, other, s.column)
			}
			if headerKey(word) != word {
				t.Errorf("%q is never found: its key is %q", word, headerKey(word))
			}
			seen[word] = s.column
		}
	}
	words := headerWords()
	for c, variants := range map[column]string{
		registerColumn:        "登记号 备案号 项目编号 register_no Register-No.",
		districtColumn:        "区 所在区 district",
		subdistrictColumn:     "街道 街道（乡镇） 街道(乡镇) 街道/乡镇 乡镇 subdistrict",
		communityColumn:       "社区 居委会 Community",
		projectColumn:         "项目名称 小区名称 小区 project 项目名称* 项目名称【必填】",
		companyColumn:         "物业企业 物业公司 company",
		kindColumn:            "项目类型 小区类型 类型 kind project_type",
		phoneColumn:           "电话 社区电话 phone",
		buildingColumn:        "楼号 楼栋 楼栋名称 building",
		unitsColumn:           "单元数 单元 units",
		householdsColumn:      "户数 楼栋户数 户数（户） households",
		occupiedColumn:        "入住户数 已入住 occupied",
		projectHomesColumn:    "总户数 项目户数 project_households",
		projectOccupiedColumn: "项目入住户数 project_occupied",
	} {
		for variant := range strings.FieldsSeq(variants) {
			if got := words[headerKey(variant)].column; got != c {
				t.Errorf("%s means %q, want %s", variant, got, c)
			}
		}
	}
}
