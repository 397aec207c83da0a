package main

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

// loadData makes a data directory with an open campaign for 4,000 homes and
// returns its doors, its id and a token.
func loadData(t *testing.T) (data string, doors []door, campaign, token string) {
	t.Helper()
	data = started(t)
	town := compound{projects: 10, buildings: 4, units: 5, floors: 5}
	must(t, "import", "projects", file(t, "load.csv", town.csv()), "--data", data, "--apply")
	password, token := administrator(t, data, "load", "zh")
	s := serve(t, data)
	campaign = s.signIn(t, "load", password).openCampaign(t, "压力测试", nil)
	s.stop()
	return data, town.doors(t, data), campaign, token
}

func TestLoad(t *testing.T) {
	data, doors, campaign, token := loadData(t)
	s := serve(t, data)
	run := newLoadRun(t, func() *server { return s })
	began := time.Now()
	run.send(loadPlan(doors))
	t.Logf("%d requests in %v", run.sent.Load(), time.Since(began).Round(time.Millisecond))
	run.checkAfter(s, campaign, token)
	s.stop()
	verifiesClean(t, data)
}

// await returns when so many requests were answered, or none any more.
func (l *loadRun) await(answered int64) {
	l.t.Helper()
	eventually(l.t, patience, "requests are answered", func() bool { return l.sent.Load() >= answered })
}

// checkAfter closes the campaign, repeats requests after that and compares
// what is stored with the ledger.
func (l *loadRun) checkAfter(s *server, campaign, token string) {
	l.t.Helper()
	if r := s.say(l.t, token, campaign, "close", "压力测试结束"); r.Status != http.StatusOK {
		l.t.Fatalf("close: %d %s", r.Status, r.Body)
	}
	after := 0
	for key, r := range l.acknowledged {
		if after++; after > repeatedAfter {
			break
		}
		if got, _ := l.post(r.poster, r.given); got != repeats {
			l.t.Errorf("request %s repeated after closing: %d", key, got)
		}
	}
	if n := l.sent.Load(); n != requests {
		l.t.Errorf("%d requests were answered, the plan has %d", n, requests)
	}
	l.checkStored(s)
	l.checkStandings(s, campaign, token)
}

// checkStored: acknowledged ⊆ stored ⊆ attempted, and each base of each home
// once.
func (l *loadRun) checkStored(s *server) {
	l.t.Helper()
	distinct := map[string]bool{}
	for _, r := range l.acknowledged {
		distinct[r.text] = true
	}
	stored := residentsOf(l.t, s.Data)
	if len(distinct) != len(l.acknowledged) {
		l.t.Errorf("%d requests were acknowledged with %d receipts", len(l.acknowledged), len(distinct))
	}
	if int64(len(distinct)) > stored.Responses || stored.Responses > int64(len(l.attempted)) {
		l.t.Errorf("%d acknowledged, %d stored, %d attempted", len(distinct), stored.Responses, len(l.attempted))
	}
	var bases int64
	for _, project := range l.count {
		for _, c := range project {
			bases += c.Responses
		}
	}
	if stored.Claims != bases {
		l.t.Errorf("%d claims, want one for each base of each home: %d", stored.Claims, bases)
	}
	if lost := l.lost(s); lost != 0 {
		l.t.Errorf("%d of %d acknowledged answers are lost", lost, len(l.acknowledged))
	}
}

func (l *loadRun) checkStandings(s *server, campaign, token string) {
	l.t.Helper()
	for _, row := range s.standings(l.t, token, campaign) {
		for base, f := range map[string]figures{"owner": row.Owner, "resident": row.Resident} {
			want := l.count[row.Project.Name][base]
			if f.Answered == nil || f.Satisfied == nil || *f.Answered != want.Answered || *f.Satisfied != want.Satisfied {
				l.t.Errorf("%s, %s base: %+v, the ledger says %+v", row.Project.Name, base, f, want)
			}
		}
		if turnout := l.count[row.Project.Name]["resident"].Responses; row.Turnout.Answered != turnout || row.Held != 0 {
			l.t.Errorf("%s: turnout %d and %d held, the ledger says %d and 0", row.Project.Name, row.Turnout.Answered, row.Held, turnout)
		}
	}
}

// The same with the real binary, killed three times on the way: nothing that
// was acknowledged is lost.
func TestLoadWithKills(t *testing.T) {
	if testing.Short() {
		t.Skip("kills are no business of short tests")
	}
	data, doors, campaign, token := loadData(t)
	p := start(t, data, "127.0.0.1:0")
	var current atomic.Pointer[server]
	current.Store(p.server)
	run := newLoadRun(t, current.Load)
	done := make(chan bool)
	go func() { run.send(loadPlan(doors)); close(done) }()
	for _, at := range []int64{1000, 2200, 3400} {
		run.await(at)
		p.kill(t)
		p = start(t, data, p.host())
		current.Store(p.server)
	}
	<-done
	run.checkAfter(p.server, campaign, token)
	if code := p.stop(); code != exitOK {
		t.Errorf("SIGTERM: exit %d\n%s", code, p.Out)
	}
	verifiesClean(t, data)
	noticesLoss(t, run, data)
}

// noticesLoss is the negative control of the ledger: in a copy of the data
// from which one answer was taken away, it must be missed.
func noticesLoss(t *testing.T, run *loadRun, data string) {
	t.Helper()
	doctored := copyOf(t, data)
	tamper(t, doctored, "DELETE FROM responses WHERE (campaign, project, id) IN (SELECT campaign, project, id FROM responses LIMIT 1)")
	s := serve(t, doctored)
	if lost := run.lost(s); lost != 1 {
		t.Errorf("one answer was taken away and the ledger misses %d", lost)
	}
	s.stop()
	if code, _ := verify(t, doctored); code != exitFailure {
		t.Error("verify does not find that an answer was taken away")
	}
}

// SIGTERM under load: what is under way is answered and stored, and the
// process leaves with 0.
func TestStopUnderLoad(t *testing.T) {
	data, doors, _, _ := loadData(t)
	p := start(t, data, "127.0.0.1:0")
	var current atomic.Pointer[server]
	current.Store(p.server)
	run := newLoadRun(t, current.Load)
	done := make(chan bool)
	go func() { run.send(loadPlan(doors)[:1000]); close(done) }()
	run.await(400)
	if code := p.stop(); code != exitOK {
		t.Errorf("SIGTERM under load: exit %d\n%s", code, p.Out)
	}
	p = start(t, data, p.host())
	current.Store(p.server)
	<-done
	run.checkStored(p.server)
	p.stop()
	verifiesClean(t, data)
}
