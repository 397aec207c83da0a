package main

import (
	"errors"
	"io/fs"
	"os"

	"meihao/model"
	"meihao/survey"
)

type restoreCommand struct {
	File           string `arg:"" type:"existingfile" help:"The backup."`
	ExpectHead     string `help:"A head of the audit chain that the backup must contain, as backup and verify print it: an older backup is refused." placeholder:"NUMBER:HASH"`
	AcceptFindings bool   `help:"Restore although verifying finds something."`
}

// Run restores into the empty database that the configuration names, and
// verifies it.
func (r restoreCommand) Run(c *console) error {
	expected, err := expectedHead(r.ExpectHead)
	if err != nil {
		return err
	}
	master, err := c.masterForRestore()
	if err != nil {
		return err
	}
	tell, done := c.progress()
	restored, err := model.Restore(c.ctx, c.storeSettings(master), r.File, model.RestoreOptions{
		Actor: operator(), Expected: expected, Accept: r.AcceptFindings, Progress: tell,
	})
	done()
	if restored.Manifest.Format != 0 { // it was a backup
		c.showManifest(restored.Manifest)
	}
	c.showFindings(restored.Findings)
	if err != nil {
		return err
	}
	key := "command.restore.done"
	if len(restored.Findings) > 0 {
		key = "command.restore.accepted"
	}
	c.say("%s", c.text(survey.Message{Key: key, Args: survey.Args{"Head": restored.Head}}))
	return nil
}

// expectedHead reads --expect-head; "" expects nothing.
func expectedHead(text string) (model.Head, error) {
	if text == "" {
		return model.Head{}, nil
	}
	head, err := model.ParseHead(text)
	if err != nil {
		return head, usageError{err}
	}
	return head, nil
}

// masterForRestore is the master key that the backup's campaigns were opened
// under; none is made here.
func (c *console) masterForRestore() ([32]byte, error) {
	if c.config.masterKey == nil {
		if _, err := os.Stat(c.config.keyFile()); errors.Is(err, fs.ErrNotExist) {
			return [32]byte{}, survey.Fail(survey.NotFound, "error.backup.no_key", "File", c.config.keyFile())
		}
	}
	return c.config.master(true)
}
