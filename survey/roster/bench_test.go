package roster

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"meihao/survey"
)

// The city of PERFORMANCE.md: 8,000 projects with 60,000 buildings.
func BenchmarkRead(b *testing.B) {
	text := cityFile(8_000)
	workbook := workbookOf(b, text)
	for name, data := range map[string][]byte{"csv": []byte(text), "xlsx": workbook} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f, err := Read(b.Context(), "register", bytes.NewReader(data))
				if err != nil || len(f.Rows) != 60_000 {
					b.Fatal(err, len(f.Rows))
				}
			}
		})
	}
}

func BenchmarkMakePlan(b *testing.B) {
	file := mustRead(b, cityFile(8_000))
	first := MakePlan(Register{}, file, survey.CityScope(), true)
	store := stored(first)
	for name, register := range map[string]Register{"new": {}, "same": store} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				plan := MakePlan(register, file, survey.CityScope(), true)
				if len(plan.Projects) != 8_000 || len(plan.Refused) != 0 {
					b.Fatal(len(plan.Projects), len(plan.Refused))
				}
			}
		})
	}
}

// stored is applied for a first import, fast enough for a city.
func stored(plan Plan) Register {
	var r Register
	places := map[survey.Area]survey.Place{}
	for _, areas := range [][]survey.Area{plan.NewDistricts, plan.NewSubdistricts, plan.NewCommunities} {
		for _, a := range areas {
			id := survey.ID(len(places) + 1)
			p := survey.Place{Area: a, District: places[survey.Area{District: a.District}].District,
				Subdistrict: places[survey.Area{District: a.District, Subdistrict: a.Subdistrict}].Subdistrict}
			switch {
			case a.Subdistrict == "":
				p.District = id
			case a.Community == "":
				p.Subdistrict = id
			default:
				p.Community = id
			}
			places[a] = p
			r.Places = append(r.Places, p)
		}
	}
	for i, name := range plan.NewCompanies {
		r.Companies = append(r.Companies, survey.Company{ID: survey.ID(i + 1), Name: name})
	}
	for i, c := range plan.Projects {
		p := c.Project
		p.ID, p.Place = survey.ID(i+1), places[c.Project.Area]
		for j, b := range c.Buildings {
			b.Building.ID = survey.ID(100*i + j + 1)
			p.Buildings = append(p.Buildings, b.Building)
		}
		r.Projects = append(r.Projects, p)
	}
	return r
}

// workbookOf is a csv text as a workbook with shared strings and numbers.
func workbookOf(b testing.TB, text string) []byte {
	b.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	must(b, err)
	f := excelize.NewFile()
	for i, row := range rows {
		cells := anys(row)
		for _, c := range []int{8, 9, 10} {
			if n, ok := number(row[c], maxHomes); ok {
				cells[c] = n
			}
		}
		must(b, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells))
	}
	return written(b, f)
}

func anys(texts []string) []any {
	all := make([]any, 0, len(texts))
	for _, t := range texts {
		all = append(all, t)
	}
	return all
}

// The buildings of the same city with their rooms: 120,000 units, 6.7 million
// homes, read and planned.
func BenchmarkBuildings(b *testing.B) {
	store := stored(MakePlan(Register{}, mustRead(b, cityFile(8_000)), survey.CityScope(), true))
	var floors []string
	for floor := 1; floor <= 14; floor++ {
		floors = append(floors, fmt.Sprintf("%d01-%d04", floor, floor))
	}
	var text strings.Builder
	text.WriteString("登记号,楼号,单元,房号\n")
	for p := range 8_000 {
		for building := range 7 + p%2 {
			for unit := range 2 {
				fmt.Fprintf(&text, "BJ-%05d,%d号楼,%d,%s\n", p, building+1, unit+1, strings.Join(floors, "、"))
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		file, err := ReadBuildings(b.Context(), "buildings.csv", strings.NewReader(text.String()))
		must(b, err)
		if plan := MakePlan(store, file, survey.CityScope(), true); len(plan.Projects) != 8_000 || len(plan.Refused) > 0 {
			b.Fatal(len(plan.Projects), len(plan.Refused))
		}
	}
}
