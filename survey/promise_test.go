package survey_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"meihao/survey"
)

// beijing is a moment of 2026 in Beijing: "03-09 23:59".
func beijing(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04 -0700", "2026-"+text+" +0800")
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// faults are the fields of an error and why, or its key where it names none.
func faults(err error) string {
	var e *survey.Error
	if !errors.As(err, &e) {
		return ""
	}
	if len(e.Fields) == 0 {
		return e.Key
	}
	var list []string
	for _, name := range []string{"text", "due", "day", "note", "publishes"} {
		if m, found := e.Fields[name]; found {
			list = append(list, name+" "+strings.TrimPrefix(strings.TrimPrefix(m.Key, "error.promise."), "error.publication."))
		}
	}
	return strings.Join(list, ", ")
}

func TestPromised(t *testing.T) {
	now := beijing(t, "03-09 23:59")
	day := beijing(t, "03-10 00:00")
	for name, c := range map[string]struct {
		text string
		due  time.Time
		want string
	}{
		"two characters, tomorrow":  {" 修灯 ", day, ""},
		"an hour of tomorrow":       {"修灯", day.Add(13 * time.Hour), ""},
		"the last day there may be": {strings.Repeat("修", 200), beijing(t, "03-09 00:00").AddDate(3, 0, 0), ""},
		"one character":             {"修", day, "text text"},
		"spaces":                    {"  修  ", day, "text text"},
		"too long":                  {strings.Repeat("修", 201), day, "text text"},
		"two lines":                 {"修灯\n换门", day, "text text"},
		"turned round":              {"修灯\u202e换门", day, "text text"},
		"no text in bytes":          {"修灯\xff", day, "text text"},
		"no day":                    {"修灯", time.Time{}, "due due"},
		"today":                     {"修灯", now, "due due_past"},
		"too far":                   {"修灯", day.AddDate(3, 0, 0), "due due_far"},
		"nothing":                   {"", time.Time{}, "text text, due due"},
		"somebody's door":           {"修好3号楼2单元501室的漏水", day, "text home"},
		"a door in Chinese digits":  {"修好三号楼二单元五〇一的漏水", day, "text home"},
		"a door with dashes":        {"修好 3-2-501 的漏水", day, "text home"},
		"lamps and households":      {"修120盏灯，为40户和2号楼1单元的120户换水表，2026-12-01验收，开24小时活动室", day, ""},
	} {
		p, err := survey.Promised(now, c.text, c.due)
		if got := faults(err); got != c.want || (err == nil) != (c.want == "") {
			t.Errorf("%s: %q (%v), want %q", name, got, err, c.want)
		}
		if err != nil {
			continue
		}
		if p.Version != 1 || !p.Waits() || p.Public() || !p.Changed.Equal(now) || p.Text != strings.TrimSpace(c.text) {
			t.Errorf("%s: %+v", name, p)
		}
		if h, m, s := p.Due.In(day.Location()).Clock(); h+m+s != 0 {
			t.Errorf("%s: due at %s, want midnight in Beijing", name, p.Due)
		}
	}
}

// A promise is late from the first moment after its due day in Beijing, and
// not any more once it is done, however late that was.
func TestPromiseState(t *testing.T) {
	p := survey.PublicPromise{Due: beijing(t, "03-10 00:00")}
	for at, want := range map[string]survey.PromiseState{
		"03-09 12:00": survey.PromiseMade, "03-10 00:00": survey.PromiseMade, "03-10 23:59": survey.PromiseMade,
		"03-11 00:00": survey.PromiseLate, "12-01 00:00": survey.PromiseLate,
	} {
		if got := p.State(beijing(t, at).UTC()); got != want {
			t.Errorf("on %s: %s, want %s", at, got, want)
		}
	}
	p.Done = beijing(t, "03-12 00:00")
	if got := p.State(beijing(t, "03-13 00:00")); got != survey.PromiseDone {
		t.Errorf("done two days late it is %s", got)
	}
}

// What residents see moves by the district's hand alone, and a due day that
// was moved stays visible whatever is published after it.
func TestPromiseIsPublishedByVersion(t *testing.T) {
	now := beijing(t, "03-09 10:00")
	first, second, third := beijing(t, "04-01 00:00"), beijing(t, "05-01 00:00"), beijing(t, "06-01 00:00")
	p, err := survey.Promised(now, "修灯", first)
	must(t, err)
	p.ID = 7
	must(t, p.Publish(now, 1))
	if p.Waits() || p.Published.Moved() || !p.Published.FirstDue.Equal(first) || p.Published.ID != 7 || !p.Published.At.Equal(now) {
		t.Errorf("after publishing: %+v", p)
	}
	if got := faults(p.Publish(now, 1)); got != "error.promise.published" {
		t.Errorf("once more: %s", got)
	}
	must(t, p.Change(now, "修灯", first))
	if p.Version != 1 || p.Waits() {
		t.Error("nothing was changed, but it waits")
	}
	must(t, p.Change(now, "修好所有的灯", second))
	if !p.Waits() || p.Published.Text != "修灯" || !p.Published.Due.Equal(first) {
		t.Errorf("after a change residents see %+v", p.Published)
	}
	if got := faults(p.Publish(now, 1)); got != "error.promise.meanwhile" {
		t.Errorf("publishing what one did not see: %s", got)
	}
	must(t, p.Return(p.Version, "写明是哪几盏灯"))
	if p.Waits() || p.Returned != "写明是哪几盏灯" || p.Published.Text != "修灯" {
		t.Errorf("returned: %+v", p)
	}
	if got := faults(p.Return(p.Version, "再退一次")); got != "error.promise.not_waiting" {
		t.Errorf("returned twice: %s", got)
	}
	must(t, p.Change(now, "修好3号楼的灯", second))
	if !p.Waits() || p.Returned != "" {
		t.Errorf("changed after the return: %+v", p)
	}
	must(t, p.Publish(now, p.Version))
	must(t, p.Change(now, "修好3号楼的灯", third))
	must(t, p.Publish(now, p.Version))
	if !p.Published.Moved() || !p.Published.FirstDue.Equal(first) || !p.Published.Due.Equal(third) {
		t.Errorf("moved twice: %+v", p.Published)
	}
	if survey.KindOf(p.TakeDown("x")) != survey.Invalid || !p.Public() {
		t.Error("taken down without a reason")
	}
	must(t, p.TakeDown("不是物业的事"))
	if p.Public() || p.Waits() || p.Returned == "" {
		t.Errorf("taken down: %+v", p)
	}
	if got := faults(p.TakeDown("再撤一次")); got != "error.promise.not_public" {
		t.Errorf("taken down twice: %s", got)
	}
	must(t, p.Publish(now, p.Version))
	if !p.Published.FirstDue.Equal(first) || p.Returned != "" {
		t.Errorf("shown again it hides that it was moved: %+v", p)
	}
}

func TestPromiseReport(t *testing.T) {
	published, now := beijing(t, "03-05 18:00"), beijing(t, "03-09 10:00")
	p, err := survey.Promised(now, "修灯", beijing(t, "04-01 00:00"))
	must(t, err)
	for day, want := range map[string]string{"03-04 23:59": "day done_before", "03-10 00:00": "day done_future"} {
		if got := faults(p.Report(now, published, beijing(t, day), "")); got != want {
			t.Errorf("done on %s: %q, want %q", day, got, want)
		}
	}
	if got := faults(p.Report(now, published, now, strings.Repeat("长", 201))); got != "note note" {
		t.Errorf("a long note: %q", got)
	}
	if got := faults(p.Report(now, published, now, "已上门修好1202室")); got != "note home" {
		t.Errorf("a note about one home: %q", got)
	}
	must(t, p.Report(now, published, beijing(t, "03-05 08:00"), " 换了12盏 "))
	if p.Version != 2 || !p.Done.Equal(beijing(t, "03-05 00:00")) || p.DoneNote != "换了12盏" {
		t.Errorf("reported: %+v", p)
	}
	if got := faults(p.Change(now, "修门", p.Due)); got != "error.promise.is_done" {
		t.Errorf("changing what is done: %s", got)
	}
	must(t, p.Report(now, published, time.Time{}, "其实没有"))
	if !p.Done.IsZero() || p.DoneNote != "" || p.Version != 3 {
		t.Errorf("taken back: %+v", p)
	}
	later := beijing(t, "05-01 10:00")
	must(t, p.Change(later, "修好灯", p.Due)) // what is late can still be worded better
	if got := faults(p.Change(later, "修好灯", beijing(t, "04-30 00:00"))); got != "due due_past" {
		t.Errorf("moved into the past: %s", got)
	}
}

func TestCountPromises(t *testing.T) {
	now := beijing(t, "03-09 10:00")
	enter := func(due string) survey.Promise {
		p, err := survey.Promised(now, "修灯", beijing(t, due))
		must(t, err)
		return p
	}
	waiting, made, late, done, returned := enter("04-01 00:00"), enter("04-01 00:00"), enter("03-10 00:00"), enter("03-10 00:00"), enter("04-01 00:00")
	must(t, done.Report(now, now, now, ""))
	for _, p := range []*survey.Promise{&made, &late, &done} {
		must(t, p.Publish(now, p.Version))
	}
	must(t, made.Change(now, "修好灯", made.Due))
	must(t, returned.Return(returned.Version, "写清楚"))
	got := survey.CountPromises([]survey.Promise{waiting, made, late, done, returned}, beijing(t, "03-11 00:00"))
	if want := (survey.PromiseCounts{Promised: 1, Done: 1, Late: 1, Waiting: 2, Returned: 1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
