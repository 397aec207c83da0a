package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// verify recounts a data directory: exit code and what it said.
func verify(t *testing.T, data string, args ...string) (int, string) {
	t.Helper()
	code, stdout, stderr := command(t, "", append([]string{"verify", "--data", data}, args...)...)
	return code, stdout + stderr
}

// verifiesClean wants a recount that agrees.
func verifiesClean(t *testing.T, data string) {
	t.Helper()
	if code, said := verify(t, data); code != exitOK {
		t.Errorf("verify: exit %d\n%s", code, said)
	}
}

func TestVerifyFindsTampering(t *testing.T) {
	s, demo := serveDemo(t)
	s.stop()
	verifiesClean(t, s.Data)
	if code, said := verify(t, s.Data, "--campaign", demo.Campaign); code != exitOK {
		t.Errorf("verify --campaign: exit %d\n%s", code, said)
	}
	const one = "(campaign, project, id) IN (SELECT campaign, project, id FROM responses WHERE state = 'c' ORDER BY id LIMIT 1)"
	for name, statements := range map[string][]string{
		"an answer changed":      {"UPDATE responses SET answers = substr(answers, 1, 2) || CASE substr(answers, 3, 1) WHEN 'A' THEN 'E' ELSE 'A' END || substr(answers, 4) WHERE " + one},
		"a response removed":     {"DELETE FROM responses WHERE " + one},
		"a response excluded":    {"UPDATE responses SET state = 'e' WHERE " + one},
		"a base added":           {"UPDATE responses SET bases = 3 WHERE (campaign, project, id) IN (SELECT campaign, project, id FROM responses WHERE bases < 3 LIMIT 1)"},
		"a response made up":     {"INSERT INTO responses SELECT campaign, project, id + 1, bases, grp, lane, state, reason, version, answers, zeroblob(32), change_key FROM responses WHERE " + one},
		"a claim removed":        {"DELETE FROM claims WHERE claim IN (SELECT claim FROM claims LIMIT 1)"},
		"a claim made up":        {"INSERT INTO claims SELECT campaign, project, zeroblob(16), base, 0 FROM claims LIMIT 1"},
		"a tally exchanged":      {"UPDATE tallies SET tally = (SELECT t.tally FROM tallies t WHERE t.project <> tallies.project LIMIT 1) WHERE project = (SELECT min(project) FROM tallies)"},
		"a tally removed":        {"DELETE FROM tallies WHERE project = (SELECT min(project) FROM tallies)"},
		"an event changed":       {"DROP TRIGGER events_never_change", "UPDATE events SET reason = 'another reason' WHERE number = 2"},
		"an event removed":       {"DROP TRIGGER events_never_go", "DELETE FROM events WHERE number = 2"},
		"N changed in the dark":  {"UPDATE enrolments SET households = households + 100 WHERE project = (SELECT min(project) FROM enrolments)"},
		"an answer made unclear": {"UPDATE responses SET answers = 'zzz' WHERE " + one},
	} {
		t.Run(name, func(t *testing.T) {
			data := copyOf(t, s.Data)
			tamper(t, data, statements...)
			code, said := verify(t, data)
			if code != exitFailure || strings.TrimSpace(said) == "" {
				t.Errorf("exit %d, want 1 and the place:\n%s", code, said)
			}
			t.Log(strings.TrimSpace(said))
		})
	}
}

func TestVerifyWrongUse(t *testing.T) {
	wrongUse(t, "nonsense", "verify", "--campaign", "nonsense", "--data", filepath.Join(t.TempDir(), "d"))
}
