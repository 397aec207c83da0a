package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const register = `登记号,区,街道,社区,项目名称,物业企业,楼号,单元数,户数
R-1,甲区,一街道,东社区,和园,好物业,1号楼,2,120
R-1,甲区,一街道,东社区,和园,好物业,2号楼,1,60
R-2,甲区,一街道,西社区,平园,好物业,1号楼,,80
`

// file writes a file for a command to read.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestImportPlansAndAppliesOnlyWhenTold(t *testing.T) {
	data, path := started(t), file(t, "register.csv", register)
	plan := func(want int, args ...string) string {
		t.Helper()
		code, stdout, stderr := command(t, "", append([]string{"import", "projects", path, "--data", data}, args...)...)
		if code != want {
			t.Fatalf("import %v: exit %d, want %d\n%s%s", args, code, want, stdout, stderr)
		}
		return stdout
	}
	const both = "2 projects added, 0 changed, 0 the same, 0 rows refused."
	first := plan(exitOK)
	for _, says := range []string{"和园", "平园", "1号楼 (120)", "2号楼 (60)", both, "Nothing was written"} {
		if !strings.Contains(first, says) {
			t.Errorf("the plan says no %q:\n%s", says, first)
		}
	}
	if second := plan(exitOK); !strings.Contains(second, both) {
		t.Errorf("a plan without --apply changed something:\n%s", second)
	}
	if applied := plan(exitOK, "--apply"); !strings.Contains(applied, both) || !strings.Contains(applied, "Written.") {
		t.Errorf("--apply:\n%s", applied)
	}
	before := rows(t, data, "events")
	if again := plan(exitOK, "--apply"); !strings.Contains(again, "0 projects added, 0 changed, 2 the same, 0 rows refused.") {
		t.Errorf("the same file twice changes something:\n%s", again)
	}
	if n := rows(t, data, "projects"); n != 2 {
		t.Errorf("%d projects stored, want 2", n)
	}
	if n := rows(t, data, "buildings"); n != 3 {
		t.Errorf("%d buildings stored, want 3", n)
	}
	if after := rows(t, data, "events"); after != before {
		t.Errorf("an import that changes nothing wrote %d events", after-before)
	}
}

func TestImportSaysWhatChanges(t *testing.T) {
	data := started(t)
	must(t, "import", "projects", file(t, "a.csv", register), "--data", data, "--apply")
	changed := strings.Replace(register, "2号楼,1,60", "2号楼,1,66", 1)
	plan := must(t, "import", "projects", file(t, "b.csv", changed), "--data", data)
	for _, says := range []string{"和园", "60 → 66", "0 projects added, 1 changed, 1 the same"} {
		if !strings.Contains(plan, says) {
			t.Errorf("the plan says no %q:\n%s", says, plan)
		}
	}
}

func TestImportRefusesRowsByNumberAndReason(t *testing.T) {
	broken := register + "R-3,甲区,一街道,西社区,安园,好物业,1号楼,1,很多\n"
	path := file(t, "register.csv", broken)
	t.Run("the rest is applied", func(t *testing.T) {
		data := started(t)
		code, stdout, _ := command(t, "", "import", "projects", path, "--data", data, "--apply")
		if code != exitFailure {
			t.Errorf("exit %d, want 1", code)
		}
		for _, says := range []string{"5:", "很多", "户数", "1 rows refused"} {
			if !strings.Contains(stdout, says) {
				t.Errorf("the refusal says no %q:\n%s", says, stdout)
			}
		}
		if n := rows(t, data, "projects"); n != 2 {
			t.Errorf("%d projects stored, want the 2 good ones", n)
		}
	})
	t.Run("strict", func(t *testing.T) {
		data := started(t)
		code, stdout, _ := command(t, "", "import", "projects", path, "--data", data, "--apply", "--strict")
		if code != exitFailure || !strings.Contains(stdout, "Nothing was written") {
			t.Errorf("exit %d, want 1:\n%s", code, stdout)
		}
		if n := rows(t, data, "projects"); n != 0 {
			t.Errorf("--strict stored %d projects", n)
		}
	})
}

func TestImportRefusesBrokenFiles(t *testing.T) {
	data := started(t)
	for name, text := range map[string]string{
		"nothing.csv":   "",
		"no-header.csv": "你好,世界\n1,2\n",
		"two.csv":       "区,社区,项目名称,项目名称\n甲区,东社区,和园,和园\n",
		"binary.csv":    "区,社区,项目名称\n\x00\xff\xfe\x01,\xc3\x28,x\n",
		"fake.xlsx":     "this is no workbook",
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := command(t, "", "import", "projects", file(t, name, text), "--data", data, "--apply")
			if code != exitFailure || strings.Count(stderr, "\n") > 1 || stdout+stderr == "" {
				t.Errorf("exit %d, want 1 and a clear line\nstdout %q\nstderr %q", code, stdout, stderr)
			}
			if rows(t, data, "projects") != 0 {
				t.Error("something of a broken file was stored")
			}
		})
	}
	wrongUse(t, "no-such-file.csv", "import", "projects", "no-such-file.csv", "--data", t.TempDir())
}

// Nobody answers at the null device, though it is a character device.
func TestNobodyAtNull(t *testing.T) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if isTerminal(null) {
		t.Error("the null device is taken for a terminal")
	}
}
