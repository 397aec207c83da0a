package main

import (
	"fmt"
	"os"
	"time"

	"meihao/api/page"
	"meihao/model"
	"meihao/survey"
)

type backupCommand struct {
	File string `arg:"" type:"path" help:"The backup to write; it must not be there yet."`
}

// Run makes a backup while the server runs. It asks for no master key: there
// is none in a backup.
func (b backupCommand) Run(c *console) error {
	tell, done := c.progress()
	manifest, err := model.Backup(c.ctx, c.storeSettings([32]byte{}), b.File, model.BackupOptions{
		Actor: operator(), Program: version, Progress: tell,
	})
	done()
	if err != nil {
		return err
	}
	if manifest.Unrecorded != nil {
		_, _ = fmt.Fprintln(c.err, c.text(survey.Message{Key: "command.backup.unrecorded", Args: survey.Args{"Why": manifest.Unrecorded}}))
	}
	c.say("%s", c.text(survey.Message{Key: "command.backup.done", Args: survey.Args{"File": b.File}}))
	c.showManifest(manifest)
	c.say("%s", c.text(survey.Message{Key: "command.backup.keep"}))
	return nil
}

// showManifest prints what a backup says of itself.
func (c *console) showManifest(m model.Manifest) {
	engine := map[string]string{"sqlite": "SQLite", "mysql": "MariaDB/MySQL"}[m.Engine]
	c.say("%s", c.text(survey.Message{Key: "command.backup.taken", Args: survey.Args{
		"At": m.Taken.In(page.Beijing()).Format("2006-01-02 15:04:05 -07:00"), "Engine": engine, "Schema": m.Schema, "Program": m.Program}}))
	c.say("%s", c.text(survey.Message{Key: "command.backup.holds", Args: survey.Args{"Responses": m.Responses()}}))
	c.say("%s", c.text(survey.Message{Key: "command.backup.head", Args: survey.Args{"Head": m.Head}}))
}

// progressEvery is how often a line of progress changes.
const progressEvery = 200 * time.Millisecond

// progress writes one line that changes, where somebody sits at standard
// error; done wipes it.
func (c *console) progress() (tell model.Progress, done func()) {
	terminal, ok := c.err.(*os.File)
	if !ok || !isTerminal(terminal) {
		return nil, func() {}
	}
	const wipe = "\r\x1b[K"
	var last time.Time
	tell = func(table string, rows int64) {
		if time.Since(last) < progressEvery && rows > 0 {
			return
		}
		last = time.Now()
		line := c.text(survey.Message{Key: "command.progress.checking"})
		if table != "" {
			line = fmt.Sprintf("%s %d", table, rows)
		}
		_, _ = fmt.Fprint(terminal, wipe, line)
	}
	return tell, func() { _, _ = fmt.Fprint(terminal, wipe) }
}
