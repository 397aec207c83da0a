package main

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"meihao/survey"
)

// Canaries planted in whatever a resident sends, however it ends, appear
// nowhere: not in the log at its most talkative, not in the metrics, on no
// page and in no workbook of any role (but the comments that count, after
// closing, on the page of comments of district and city), in no event, in no row of a backup or
// of the database but the comments that count, each once in the table of
// comments, and in no byte of their files.
func TestCanaries(t *testing.T) {
	metrics := freeAddress(t)
	t.Setenv("MEIHAO_METRICS", metrics)
	data := t.TempDir()
	config := canaryConfig
	if onMariaDB() {
		config = fmt.Sprintf("[database]\ndsn = %q\n", databaseOf(t, data)) + config
	}
	s := serve(t, data, "--demo", "--config", file(t, "canary.toml", config))
	demo := s.demo(t)
	admin := s.signIn(t, demo.AdminUser, demo.AdminPassword)
	campaign := admin.openCampaign(t, "金丝雀调查", map[string][]string{"feedback": {"1"}})
	b := &birds{server: s, t: t, read: map[survey.Role]bool{}, poster: posterCodes(t, data, campaign)[0]}
	b.client = past(b.headers)
	for _, act := range []func(){b.answered, b.refused, b.broken, b.looked, b.failed, b.busy} {
		act()
	}
	people := roles(t, s)
	first := "/admin/campaigns/" + campaign
	b.work(map[survey.Role]*staff{survey.Administrator: people[survey.Administrator]}, first, "open")
	_, second := administrator(t, data, "second", "zh")
	for _, step := range []struct{ token, word string }{{demo.APIToken, "close"}, {demo.APIToken, "seal"}, {second, "seal"}} {
		r := s.say(t, step.token, campaign, step.word, "按计划办理")
		if r.Status >= http.StatusBadRequest && step.token != second { // who is asked only where one is not enough
			t.Fatalf("%s: %d %s", step.word, r.Status, r.Body)
		}
	}
	b.looked()
	b.work(people, first, "sealed")
	for _, role := range []survey.Role{survey.Administrator, survey.CityRole} { // to the district they are too few
		if !b.read[role] {
			t.Errorf("%s reads no comments: the page of comments was not looked at", role)
		}
	}
	if _, text := metricsAt(t, metrics); b.flown(text) != "" {
		t.Errorf("the metrics hold %s", b.flown(text))
	}
	if found := b.flown(b.standingsText(demo, campaign)); found != "" {
		t.Errorf("the standings hold %s", found)
	}
	b.files(admin)
}

// flown is the first canary in a text, with what stands around it; "" for none.
func (b *birds) flown(text string) string {
	low := lowered(text)
	for _, word := range append([]string{canary, canaryRoom, canaryAddress, passerby}, b.secrets...) {
		if at := strings.Index(low, lowered(word)); at >= 0 {
			return fmt.Sprintf("%q", text[max(0, at-60):min(len(text), at+60)])
		}
	}
	return ""
}

// lowered is a text, or bytes that are none, with small letters for large ones.
func lowered(text string) string {
	low := []byte(text)
	for i, c := range low {
		if 'A' <= c && c <= 'Z' {
			low[i] = c + 'a' - 'A'
		}
	}
	return string(low)
}

// without is a text without the comments that may be there.
func (b *birds) without(text string) string {
	for _, comment := range b.kept {
		text = strings.ReplaceAll(text, comment, "")
	}
	return text
}

func (b *birds) standingsText(demo demoFile, campaign string) string {
	b.t.Helper()
	return b.ask(b.t, http.MethodGet, "/api/v1/campaigns/"+campaign+"/standings", demo.APIToken, nil).Body
}

// roles signs in somebody of every role.
func roles(t *testing.T, s *server) map[survey.Role]*staff {
	t.Helper()
	place := map[survey.Role][]string{
		survey.DistrictRole:    {"--district", demoDistrict},
		survey.SubdistrictRole: {"--district", demoDistrict, "--subdistrict", demoProjects()[0].subdistrict},
		survey.CommunityRole:   {"--district", demoDistrict, "--subdistrict", demoProjects()[0].subdistrict, "--community", demoProjects()[0].community},
		survey.ThirdParty:      {"--district", demoDistrict},
		survey.CompanyRole:     {"--company", demoProjects()[0].company},
	}
	people := map[survey.Role]*staff{}
	for _, role := range survey.Roles() {
		name, password := "of-"+strings.ReplaceAll(string(role), "_", "-"), "a long enough passphrase of "+string(role)
		must(t, append([]string{"account", "add", name, "--role", string(role), "--data", s.Data}, place[role]...)...)
		if code, _, stderr := command(t, password+"\n", "account", "passwd", name, "--data", s.Data); code != exitOK {
			t.Fatalf("account passwd: exit %d: %s", code, stderr)
		}
		people[role] = s.signIn(t, name, password)
	}
	return people
}

// work looks at the pages of each kind, with their workbooks, that lead on from
// the campaign's, as everybody.
func (b *birds) work(people map[survey.Role]*staff, first, stage string) {
	b.t.Helper()
	pages, books := 0, 0
	for role, who := range people {
		from := first
		if who.get(b.t, from).Status != http.StatusOK {
			from = "/admin" // the campaign is not theirs to see
		}
		for path, page := range who.pages(b.t, from, 1) {
			pages++
			if strings.Contains(path, "/comments") && role.May(survey.ViewComments) && stage == "sealed" {
				b.read[role] = b.read[role] || strings.Contains(page, b.kept[0])
				page = b.without(page) // the only pages on which those that may be in the table are read
			}
			if found := b.flown(page); found != "" {
				b.t.Errorf("%s, %s: %s holds %s", stage, role, path, found)
			}
			link := excelLink.FindStringSubmatch(page)
			if link == nil {
				continue
			}
			books++
			r := who.get(b.t, html.UnescapeString(link[1]))
			if r.Status != http.StatusOK {
				b.t.Errorf("%s, %s: %s has no workbook: %d", stage, role, path, r.Status)
				continue
			}
			if found := b.flown(unpacked(b.t, r.Body)); found != "" {
				b.t.Errorf("%s, %s: the workbook of %s holds %s", stage, role, path, found)
			}
		}
	}
	b.t.Logf("%s: %d pages and %d workbooks of %d roles", stage, pages, books, len(people))
}

// unpacked is all that stands in a workbook.
func unpacked(t *testing.T, book string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, io.LimitReader(r, 64<<20)); err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
	}
	return all.String()
}

// files looks at the log, a backup and the data directory.
func (b *birds) files(admin *staff) {
	t := b.t
	t.Helper()
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, "backup", backup, "--data", b.Data)
	admin.get(t, "/admin/events")
	if code := b.stop(); code != exitOK {
		t.Errorf("the server leaves with %d", code)
	}
	log := b.Out.String()
	if found := b.flown(log); found != "" {
		t.Errorf("the log holds %s", found)
	}
	for _, word := range []string{"level=DEBUG", "status=422", "status=503", "level=ERROR"} {
		if !strings.Contains(log, word) {
			t.Errorf("the log has no %s: nothing is proved", word)
		}
	}
	b.bytes(backup)
	b.rows(openedFile(t, backup), "the backup")
	b.rows(stored(t, b.Data), "the database")
	if onMariaDB() { // its files are the server's, see the runbook
		return
	}
	err := fs.WalkDir(os.DirFS(b.Data), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b.bytes(filepath.Join(b.Data, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// bytes looks at a whole file.
func (b *birds) bytes(path string) {
	b.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	text := b.without(string(data))
	for _, comment := range b.kept { // torn ones of those that may be there, see birds.comment
		text = strings.ReplaceAll(text, beginning(comment), "")
	}
	if found := b.flown(text); found != "" {
		b.t.Errorf("%s holds %s", filepath.Base(path), found)
	}
}

func openedFile(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// rows looks at every cell of every table. The table of comments holds the
// comments that count, which shows that the eyes are open, and no others.
func (b *birds) rows(db *sql.DB, where string) {
	b.t.Helper()
	list := "SELECT name FROM sqlite_schema WHERE type = 'table'"
	if onMariaDB() && where == "the database" {
		list = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
	}
	for _, table := range cells(b.t, db, list) {
		text := strings.Join(cells(b.t, db, "SELECT * FROM `"+table+"`"), "\n")
		if table == "comments" {
			if !strings.Contains(text, b.kept[0]) {
				b.t.Errorf("%s: the comment that counts is not there", where)
			}
			text = b.without(text)
		}
		if found := b.flown(text); found != "" {
			b.t.Errorf("%s: table %s holds %s", where, table, found)
		}
	}
}

// cells are all values of a query as text.
func cells(t *testing.T, db *sql.DB, query string) (list []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(sql.RawBytes)
		}
		if err := rows.Scan(row...); err != nil {
			t.Fatal(err)
		}
		for _, cell := range row {
			list = append(list, string(*cell.(*sql.RawBytes)))
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
