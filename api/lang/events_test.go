package lang_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"meihao/api/lang"
	"meihao/survey"
)

// Every action that the store records has words in the record of events, in
// each language (the catalogs have equal keys).
func TestEveryRecordedActionHasWords(t *testing.T) {
	labels := map[string]bool{}
	for key := range catalogs(t).Keys(lang.Default) {
		if action, is := strings.CutPrefix(key, "event."); is && strings.Contains(action, ".") {
			labels[action] = true
		}
	}
	others := []string{ // columns of tables and names of files
		"approvals.kind", "d.grp", "e.project", "jobs.id", "posters.code", "projects.id", "projects.kind", "projects.position",
		"source.goose_db_version", "meihao.db", "restore.new",
	}
	found := 0
	for action, file := range recorded(t) {
		switch {
		case strings.HasPrefix(action, "error."), slices.Contains(others, action):
		case strings.HasSuffix(action, "_"): // the rest is a step's
			for _, step := range []string{"asked", "confirmed", "withdrawn"} {
				if !labels[action+step] {
					t.Errorf("%s records %s%s, which has no words", file, action, step)
				}
			}
		case !labels[action]:
			t.Errorf("%s records %s, which has no words", file, action)
		default:
			found++
		}
	}
	if found < 60 {
		t.Errorf("only %d recorded actions were found", found)
	}
	for _, stage := range survey.ApplicationStages() {
		if !labels["application."+string(stage)] {
			t.Errorf("application.%s has no words", stage)
		}
	}
	for _, kind := range []survey.Kind{survey.Forbidden, survey.NotFound, survey.Conflict} {
		if !labels["refused."+string(kind)] {
			t.Errorf("refused.%s has no words", kind)
		}
	}
}

// recorded are the words of the store that look like an action, each with a
// file that has it.
func recorded(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../model/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("the store's files are not there:", err)
	}
	word := regexp.MustCompile(`"([a-z]+\.[a-z_]+)"`)
	list := map[string]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range word.FindAllStringSubmatch(string(text), -1) {
			list[m[1]] = file
		}
	}
	return list
}
