package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const complaintLog = `工单编号,诉求来源,所在区,小区名称,诉求类型,受理时间,首次响应时间,办结时间,是否回访重开,是否有效
GD-1,12345,甲区,和园,紧急,2023年7月1日 9:05,2023/7/1 9:40,2023-07-01 18:00,否,是
GD-2,12345,甲区,平园,一般,2023-07-02 10:00,,,否,是
GD-3,12345,甲区,无名园,一般,2023-07-03 10:00,,,否,是
`

// Complaints are planned, and written only when told; what is unknown is
// named, and the same file again changes nothing.
func TestImportComplaints(t *testing.T) {
	data, path := started(t), file(t, "log.csv", complaintLog)
	must(t, "import", "projects", file(t, "register.csv", register), "--data", data, "--apply")
	run := func(args ...string) string {
		t.Helper()
		return must(t, append([]string{"import", "complaints", path, "--data", data}, args...)...)
	}
	plan := run()
	for _, says := range []string{"3 added, 0 changed, 0 unchanged, 0 rows refused; 1 without a project", "unknown  4: GD-3 甲区 / 无名园", "Nothing was written"} {
		if !strings.Contains(plan, says) {
			t.Errorf("the plan says no %q:\n%s", says, plan)
		}
	}
	if n := rows(t, data, "complaints") + rows(t, data, "complaint_batches"); n != 0 {
		t.Errorf("a plan wrote %d rows", n)
	}
	if applied := run("--apply", "--from", "2023-07", "--to", "202307", "--district", "甲区"); !strings.Contains(applied, "Written.") {
		t.Errorf("--apply: %s", applied)
	}
	if n := rows(t, data, "complaints"); n != 3 {
		t.Errorf("%d complaints stored, want 3", n)
	}
	before := rows(t, data, "events")
	if again := run("--apply"); !strings.Contains(again, "0 added, 0 changed, 3 unchanged, 0 rows refused; 1 without a project") {
		t.Errorf("the same file again: %s", again)
	}
	if after := rows(t, data, "events"); after != before || rows(t, data, "complaint_batches") != 1 {
		t.Errorf("the same file again wrote %d events and %d batches", after-before, rows(t, data, "complaint_batches"))
	}

	totals := file(t, "months.csv", "区,小区名称,2023年1月,2023年2月\n甲区,和园,3,0\n甲区,平园,,1\n")
	if out := must(t, "import", "complaints", totals, "--data", data, "--apply"); !strings.Contains(out, "3 added") {
		t.Errorf("monthly totals: %s", out)
	}
	ranks := file(t, "ranks.csv", "登记号,排名\nR-1,12\nR-2,12\n")
	if code, _, stderr := command(t, "", "import", "complaints", ranks, "--data", data, "--of", "8012", "--apply"); code != exitFailure || strings.Count(stderr, "\n") != 1 {
		t.Errorf("a ranking without its document: exit %d, %s", code, stderr)
	}
	for _, want := range []string{"2 added", "2 unchanged"} { // of the newest activity
		if out := must(t, "import", "complaints", ranks, "--data", data, "--of", "8012", "--document", "市通报〔2023〕1号", "--apply"); !strings.Contains(out, want) {
			t.Errorf("a ranking: %s", out)
		}
	}
}

// Refused rows are named with row and reason and make exit 1; strict then
// writes nothing.
func TestImportComplaintsRefuses(t *testing.T) {
	data := started(t)
	must(t, "import", "projects", file(t, "register.csv", register), "--data", data, "--apply")
	path := file(t, "log.csv", complaintLog+"GD-4,12345,甲区,和园,一般,上周,,,否,是\nGD-1,12345,甲区,和园,一般,2023-07-01 9:05,,,否,是\n")
	for _, c := range []struct {
		flags  []string
		stored int64
	}{{[]string{"--apply", "--strict"}, 0}, {[]string{"--apply"}, 2}} {
		code, stdout, _ := command(t, "", append([]string{"import", "complaints", path, "--data", data}, c.flags...)...)
		if code != exitFailure {
			t.Errorf("%v: exit %d, want 1", c.flags, code)
		}
		for _, says := range []string{"refused  5: GD-4", "上周", "refused  6: GD-1", "refused  2: GD-1", "3 rows refused"} {
			if !strings.Contains(stdout, says) {
				t.Errorf("%v says no %q:\n%s", c.flags, says, stdout)
			}
		}
		if n := rows(t, data, "complaints"); n != c.stored {
			t.Errorf("%v: %d stored, want %d", c.flags, n, c.stored)
		}
	}
}

// The broken files of the corpus change nothing and say why in one line.
func TestImportBrokenComplaints(t *testing.T) {
	data := started(t)
	const corpus = "survey/roster/testdata/complaints"
	all, err := os.ReadDir(corpus)
	if err != nil || len(all) < 8 {
		t.Fatal(err, len(all))
	}
	for _, f := range all {
		code, stdout, stderr := command(t, "", "import", "complaints", filepath.Join(corpus, f.Name()), "--data", data, "--apply", "--strict")
		if code != exitFailure || strings.Count(stderr, "\n") > 1 || stdout+stderr == "" {
			t.Errorf("%s: exit %d, want 1 and a clear line\nstdout %q\nstderr %q", f.Name(), code, stdout, stderr)
		}
		if rows(t, data, "complaints")+rows(t, data, "complaint_batches") != 0 {
			t.Errorf("%s: something of a broken file was stored", f.Name())
		}
	}
}

// Wrong use is told before anything is read; where there is no database a plan
// makes none.
func TestImportComplaintsWrongUse(t *testing.T) {
	path, nowhere := file(t, "log.csv", complaintLog), filepath.Join(t.TempDir(), "none")
	for says, flags := range map[string][]string{
		"together":       {"--from", "2023-07"},
		"no month":       {"--from", "2023-13", "--to", "2023-12"},
		"July":           {"--from", "2023-07", "--to", "July"},
		"before":         {"--from", "2023-07", "--to", "2023-06"},
		"no activity":    {"--activity", "nonsense"},
		"a number of pr": {"--of=-1"},
	} {
		wrongUse(t, says, append([]string{"import", "complaints", path, "--data", nowhere}, flags...)...)
	}
	wrongUse(t, "no-such.csv", "import", "complaints", "no-such.csv", "--data", nowhere)
	code, _, stderr := command(t, "", "import", "complaints", path, "--data", nowhere)
	if code != exitFailure || !strings.Contains(stderr, "no database") {
		t.Errorf("without a database: exit %d, %s", code, stderr)
	}
	if _, err := os.Stat(filepath.Join(nowhere, "meihao.db")); err == nil {
		t.Error("a plan made a database")
	}
}
