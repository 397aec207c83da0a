package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"meihao/model"
	"meihao/survey"
	"meihao/survey/roster"
)

// demoProject is a compound of the fictional district and how its residents
// feel: so many answers, so many in a thousand satisfied, so many dissatisfied.
type demoProject struct {
	subdistrict, community, name, company, kind string
	buildings                                   []demoBuilding
	answers, satisfied, dissatisfied            int
	fades                                       bool // answers stopped coming
}

// demoBuilding has units × floors × four homes; 0 units have four homes a floor.
type demoBuilding struct {
	name          string
	units, floors int
}

func (b demoBuilding) households() int { return max(b.units, 1) * b.floors * homesOnFloor }

// rooms as a register lists them, "" where it does not.
func (b demoBuilding) rooms() string {
	if b.name != demoListed {
		return ""
	}
	var rooms []string
	for _, home := range b.homes() {
		rooms = append(rooms, home.room)
	}
	return strings.Join(rooms, "、")
}

const (
	demoDistrict = "示范区（演示）"
	demoAsker    = "示范区住房和城乡建设委员会（演示）"
	demoPhone    = "010-0000 0000"
	homesOnFloor = 4
	// demoListed is the building whose register lists its rooms.
	demoListed = "东2排"
	// demoForgotten is where nobody has put up the poster.
	demoForgotten = "新桥北里 4号楼"
	// freeUnits of the first building get no generated answer: 384 free homes.
	freeUnits = 4
)

// demoProjects show every state of a dashboard: clearly above 90, clearly
// below 60, borderline, short of answers, nearly none. The first one's first
// building is the demo poster's.
func demoProjects() []demoProject {
	return []demoProject{
		{"晨光街道", "晨光社区", "和畅园", "示范物业一（演示）", "商品房", []demoBuilding{{"1号楼", 5, 24}, {"2号楼", 2, 10}, {"3号楼", 0, 6}}, 96, 900, 40, false},
		{"晨光街道", "晨光社区", "槐荫里", "示范物业一（演示）", "保障房", []demoBuilding{{"1号楼", 3, 12}, {"2号楼", 3, 12}, {"5号楼", 4, 6}}, 290, 966, 10, false},
		{"晨光街道", "柳岸社区", "清河苑", "示范物业二（演示）", "商品房", []demoBuilding{{"甲1号楼", 2, 16}, {"甲2号楼", 2, 16}}, 215, 500, 360, false},
		{"槐安街道", "百善社区", "百善家园", "示范物业二（演示）", "商品房", []demoBuilding{{"1号楼", 3, 18}, {"2号楼", 2, 18}, {"3号楼", 1, 6}}, 300, 915, 30, false},
		{"槐安街道", "百善社区", "新桥北里", "示范物业三（演示）", "老旧小区", []demoBuilding{{"1号楼", 4, 6}, {"2号楼", 4, 6}, {"3号楼", 4, 6}, {"4号楼", 4, 6}}, 52, 780, 80, true},
		{"槐安街道", "桥湾社区", "桥湾平房区", "示范物业三（演示）", "老旧小区", []demoBuilding{{"东1排", 0, 1}, {"东2排", 0, 2}, {"西1排", 0, 3}}, 6, 800, 100, false},
	}
}

// importDemo imports the register as a district would and returns the first
// project.
func (c *console) importDemo(store *model.Store) (survey.Project, error) {
	register, err := roster.Read(c.ctx, "demo.csv", bytes.NewReader(demoRegister()))
	if err != nil {
		return survey.Project{}, err
	}
	plan, err := store.ImportProjects(c.ctx, operator(), register, roster.Apply{Apply: true, Strict: true})
	if err != nil {
		return survey.Project{}, err
	}
	if len(plan.Refused) > 0 {
		return survey.Project{}, fmt.Errorf("row %d: %s", plan.Refused[0].Row, c.text(plan.Refused[0].Reason))
	}
	projects, _, err := store.Projects(c.ctx, survey.CityScope(), survey.ProjectFilter{Search: demoProjects()[0].name})
	if err != nil || len(projects) == 0 {
		return survey.Project{}, fmt.Errorf("the demo project is missing after its import: %w", err)
	}
	return projects[0], nil
}

// demoRegister writes the district as a register file.
func demoRegister() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	row := func(cells ...string) { _ = w.Write(cells) } // a buffer takes everything
	row("登记号", "区", "街道", "社区", "项目名称", "物业企业", "项目类型", "社区电话", "楼号", "单元数", "户数", "房号")
	for i, p := range demoProjects() {
		for _, one := range p.buildings {
			row(fmt.Sprintf("DEMO-%04d", i+1), demoDistrict, p.subdistrict, p.community, p.name, p.company, p.kind, "010-0000 0000",
				one.name, strconv.Itoa(one.units), strconv.Itoa(one.households()), one.rooms())
		}
	}
	w.Flush()
	return b.Bytes()
}
