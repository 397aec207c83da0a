package deploy

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What the runbook names is there: files, sections, commands.
func TestRunbookNamesWhatIsThere(t *testing.T) {
	book := text(t, "RUNBOOK.md")
	for _, path := range regexp.MustCompile(`\bdeploy/[a-z@.*/-]*[a-z/]`).FindAllString(book, -1) {
		made := path == "deploy/.env" || strings.HasPrefix(path, "deploy/compose/secrets")
		if found, err := filepath.Glob("../" + path); (err != nil || len(found) == 0) && !made {
			t.Errorf("there is no %s", path)
		}
	}
	sections := map[string]bool{}
	for _, title := range regexp.MustCompile(`(?m)^##+ (.*)$`).FindAllStringSubmatch(book, -1) {
		sections[strings.ReplaceAll(strings.ToLower(title[1]), " ", "-")] = true
	}
	for _, link := range regexp.MustCompile(`\]\(#([^)]+)\)`).FindAllStringSubmatch(book, -1) {
		if !sections[link[1]] {
			t.Errorf("there is no section %s", link[1])
		}
	}
	help, err := tell(t, binary(t), "--help")
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile("(?:^|`|&& |\n|until |; |/)(?:mh|meihao) ([a-z][a-z-]+)").FindAllStringSubmatch(book, -1)
	if len(commands) < 15 {
		t.Errorf("only %d commands", len(commands))
	}
	for _, command := range commands {
		if !strings.Contains(help, "\n  "+command[1]+" ") {
			t.Errorf("there is no command %s", command[1])
		}
	}
}

// The rights in the runbook are those that compose/mariadb/user.sh gives, with
// which TestTwoInstancesBehindNginx runs.
func TestRunbookGivesTheRightsThatAreTested(t *testing.T) {
	grant := regexp.MustCompile(`GRANT ([A-Z, ]+) ON meihao\.\*`)
	in := func(file string) []string { return grant.FindStringSubmatch(text(t, file)) }
	book, script := in("RUNBOOK.md"), in("compose/mariadb/user.sh")
	if book == nil || !slices.Equal(book, script) {
		t.Errorf("the runbook grants %v, user.sh %v", book, script)
	}
}
