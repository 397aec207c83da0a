package roster

import (
	"regexp"
	"strings"

	"meihao/survey"
)

// projectsOfSheets gives the rows of sheets without a column of projects the
// project that the sheet's name or title names.
func (pl *planner) projectsOfSheets(file File) {
	of := map[string]*survey.Project{}
	for i := range file.Rows {
		r := &file.Rows[i]
		names, is := file.Titles[r.Sheet]
		if !is || r.Project != "" || r.Register != "" {
			continue
		}
		p, known := of[r.Sheet]
		if !known {
			if p = pl.titled(names); p != nil {
				pl.note(r, "roster.note.project_of_sheet", "Project", p.Name)
			}
			of[r.Sheet] = p
		}
		if p != nil {
			r.Project, r.District, r.Community = p.Name, p.Area.District, p.Area.Community
		}
	}
}

// titled is the only project that names of a sheet lead to, nil where they
// lead to none or to several.
func (pl *planner) titled(names []string) *survey.Project {
	var found *survey.Project
	for _, name := range names {
		for _, name := range []string{name, untitled(name)} {
			p, _ := pl.called(name, survey.Area{})
			if name == "" || p == nil {
				continue
			}
			if found != nil && found.ID != p.ID {
				return nil
			}
			found = p
			break
		}
	}
	return found
}

// untitled is a title without what lists are called: 樱花园小区 of
// 樱花园小区2026年楼栋明细表.
func untitled(title string) string {
	words := regexp.MustCompile(`(楼栋|楼号|单元|房屋|房号|房间|住户|居民|户数|业主|基本|情况|信息|登记|统计|汇总|明细|清单|台账|名册|名单|一览|列表|表|\d{4} ?年度?|[（(][^（()）]*[)）]|[\s:：—_-])$`)
	for {
		rest := words.ReplaceAllString(title, "")
		if rest == title {
			return rest
		}
		title = rest
	}
}

// example says that a register number is one of our templates.
func example(register string) bool {
	return strings.HasPrefix(register, "示例-") || strings.HasPrefix(strings.ToUpper(register), "EXAMPLE-")
}

func exampleRows(rows []Row) (found passed) {
	for i := range rows {
		if example(rows[i].Register) {
			found.add(rows[i].Number)
		}
	}
	return found
}
