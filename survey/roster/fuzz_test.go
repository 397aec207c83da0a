package roster

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"meihao/survey"
)

// FuzzRead: no file makes Read panic or answer anything but rows or an error
// that can be shown; what it reads can be planned and is written only once.
func FuzzRead(f *testing.F) {
	f.Add([]byte(wholeHeader + "D1,东城区,a,b,c,d,1,1号楼,2,\"1,024 户\",３,2000,\n"))
	f.Add([]byte("\ufeff区;社区;小区;户数\n东城区;a;b;12\n;;;\n合计;;;12\n"))
	f.Add([]byte("district\tcommunity\tproject\thouseholds\na\tb\t\"c\"\t1\n"))
	f.Add([]byte("登记号,楼栋,户数\nX,1,1\nX,1,2\nX,一,1\n"))
	f.Add([]byte("小区,楼号,单元,房号,户数\n幸福家园,1号楼,1,101-105、201,\n,,2,101~104,4\n安定里,1号楼,,,40\n"))
	f.Add([]byte("登记号,楼号,单元数,房号\nD1,1号楼,2,\"101-105\"\nD1,二栋,,3A 3B\n"))
	f.Add([]byte("名册\n,,户数,\n小区,楼号,总,入住\n幸福家园,1号楼,100,90\n,2号楼,10,9\n小计,,110,99\n"))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Add([]byte("区,社区,小区,户数\n\xff\xfe,\x00,"))
	template, err := Template("zh")
	must(f, err)
	f.Add(template)
	f.Fuzz(func(t *testing.T, data []byte) { lawful(t, data) })
}

// FuzzWorkbook is FuzzRead past the checksums of zip: the sheet, the shared
// strings and what the workbook says of itself are the foreign input.
func FuzzWorkbook(f *testing.F) {
	template, err := Template("zh")
	must(f, err)
	parts := map[string][]byte{}
	rewritten(f, template, func(name string, content []byte) []byte {
		parts[name] = content
		return content
	})
	merged := bytes.Replace(parts["xl/worksheets/sheet1.xml"], []byte("</sheetData>"), []byte(`</sheetData><mergeCells count="2"><mergeCell ref="A2:G3"/><mergeCell ref="J1:K1"/></mergeCells>`), 1)
	f.Add(merged, parts["xl/sharedStrings.xml"], parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"])
	f.Add(parts["xl/worksheets/sheet1.xml"], parts["xl/sharedStrings.xml"], parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"])
	f.Fuzz(func(t *testing.T, sheet, words, workbook, relations []byte) {
		lawful(t, packed(t, map[string][]byte{
			"_rels/.rels": parts["_rels/.rels"], "xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": relations,
			"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": words,
		}))
	})
}

// packed is a zip file that is not compressed, which is quicker.
func packed(t testing.TB, parts map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
		out, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		must(t, err)
		_, err = out.Write(content)
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

// lawful tries a file as every form, against an empty store and one that has
// the projects it may mean.
func lawful(t *testing.T, data []byte) {
	t.Helper()
	for _, read := range []func(context.Context, string, io.Reader) (File, error){Read, ReadBuildings, ReadAny} {
		start := time.Now()
		file, err := read(t.Context(), "fuzz", bytes.NewReader(data))
		if took := time.Since(start); took > 2*time.Second+time.Duration(len(data))*10*time.Microsecond {
			t.Fatalf("%d bytes were read for %s", len(data), took)
		}
		var e *survey.Error
		if err != nil && (!errors.As(err, &e) || len(e.Fields) != 1) {
			t.Fatalf("error = %v", err)
		}
		file.Project = "D1"
		for _, store := range []Register{{}, city(t)} {
			plan := MakePlan(store, file, survey.CityScope(), true)
			if notes, kinds := len(plan.Notes), 40; notes > kinds*mostNotes || len(plan.Refused) > MostRefused || plan.RefusedRows > len(file.Rows) {
				t.Fatalf("%d notes, %d refusals of %d rows", notes, len(plan.Refused), plan.RefusedRows)
			}
			after := applied(t, store, plan)
			for _, p := range after.Projects {
				for _, b := range p.Buildings {
					if n := b.Listed(); n > b.Households {
						t.Fatalf("%s %s lists %d rooms of %d homes", p.Name, b.Name, n, b.Households)
					}
				}
			}
			second := MakePlan(after, file, survey.CityScope(), true)
			if !second.Empty() && !disputed(plan) {
				t.Fatalf("the second import would change %+v", second.Projects)
			}
		}
	}
}
