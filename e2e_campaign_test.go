package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// compound is a register of equal projects for tests that need many homes.
type compound struct {
	projects, buildings, units, floors int
}

func (c compound) homesOfBuilding() int { return c.units * c.floors * homesOnFloor }

// csv writes it as a register file.
func (c compound) csv() string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"登记号", "区", "街道", "社区", "项目名称", "楼号", "单元数", "户数"})
	for p := range c.projects {
		for n := range c.buildings {
			_ = w.Write([]string{fmt.Sprintf("L-%03d", p), "甲区", "一街道", fmt.Sprintf("第%d社区", p%3), fmt.Sprintf("项目%d", p),
				fmt.Sprintf("%d号楼", n+1), strconv.Itoa(c.units), strconv.Itoa(c.homesOfBuilding())})
		}
	}
	w.Flush()
	return b.String()
}

// door is one home with the poster of its building.
type door struct {
	project, poster string
	home            place
}

// doors lists all homes behind the posters of the only open campaign.
func (c compound) doors(t *testing.T, data string) []door {
	t.Helper()
	db := stored(t, data)
	defer func() { _ = db.Close() }()
	found, err := db.QueryContext(t.Context(), `SELECT p.name, o.code FROM posters o JOIN projects p ON p.id = o.project
		JOIN buildings b ON b.id = o.building ORDER BY p.position, b.position`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	var list []door
	for found.Next() {
		var d door
		if err := found.Scan(&d.project, &d.poster); err != nil {
			t.Fatal(err)
		}
		for _, h := range (demoBuilding{"", c.units, c.floors}).homes() {
			d.home = place{Unit: h.unit, Room: h.room}
			list = append(list, d)
		}
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// administrator adds an account with a password that needs no change and a
// token that acts for it.
func administrator(t *testing.T, data, username, language string) (password, token string) {
	t.Helper()
	password = "a long enough passphrase of " + username
	must(t, "account", "add", username, "--role", "administrator", "--language", language, "--data", data)
	if code, _, stderr := command(t, password+"\n", "account", "passwd", username, "--data", data); code != exitOK {
		t.Fatalf("account passwd: exit %d: %s", code, stderr)
	}
	return password, strings.TrimSpace(must(t, "token", "add", "--account", username, "--name", "test", "--data", data))
}

// minuteOf writes a time as a datetime-local control does, in Beijing's time.
func minuteOf(at time.Time) string {
	return at.In(time.FixedZone("", 8*60*60)).Format("2006-01-02T15:04")
}

// openCampaign adds a campaign of the whole city with the staff's form and
// opens it; it returns its id.
func (s *staff) openCampaign(t *testing.T, name string, change url.Values) string {
	t.Helper()
	id := s.addCampaign(t, name, change)
	s.get(t, "/admin/campaigns/"+id+"/open")
	r := s.post(t, "/admin/campaigns/"+id+"/open", url.Values{"reason": {"按计划开始"}})
	if r.Status != http.StatusSeeOther || !strings.Contains(r.Header.Get("Location"), "done=opened") {
		t.Fatalf("opening: %d %s\n%s", r.Status, r.Header.Get("Location"), r.Body)
	}
	return id
}

// addCampaign adds a draft with the staff's form and returns its id.
func (s *staff) addCampaign(t *testing.T, name string, change url.Values) string {
	t.Helper()
	form := url.Values{
		"name": {name}, "owner": {"city"}, "admission": {"room"}, "asker": {"市住房城乡建设委"}, "phone": {"010-0000 0001"},
		"opens": {minuteOf(time.Now().Add(-time.Hour))}, "closes": {minuteOf(time.Now().Add(24 * time.Hour))},
		"full": {"5"}, "provisional": {"8"},
	}
	for field, values := range change {
		form[field] = values
	}
	s.get(t, "/admin/campaigns/new")
	r := s.post(t, "/admin/campaigns/new", form)
	id, _, found := strings.Cut(strings.TrimPrefix(r.Header.Get("Location"), "/admin/campaigns/"), "?")
	if r.Status != http.StatusSeeOther || !found {
		t.Fatalf("adding a campaign: %d %s\n%s", r.Status, r.Header.Get("Location"), r.Body)
	}
	return id
}
