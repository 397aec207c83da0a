package main

import (
	"fmt"

	"meihao/survey"
)

type verifyCommand struct {
	Campaign   string `help:"Only this campaign." placeholder:"ID"`
	ExpectHead string `help:"A head of the audit chain that must still be in it, as backup and verify print it: finds a database that was rolled back." placeholder:"NUMBER:HASH"`
}

// Run recounts and lists the findings; exit 1 if there is any. It ends with
// the head of the audit chain, to be kept outside this machine.
func (v verifyCommand) Run(c *console) error {
	var campaign survey.ID
	if v.Campaign != "" {
		id, err := survey.ParseID(v.Campaign)
		if err != nil {
			return usageError{fmt.Errorf("--campaign %q is no campaign's id: nine letters and digits, as in the address of its page", v.Campaign)}
		}
		campaign = id
	}
	expected, err := expectedHead(v.ExpectHead)
	if err != nil {
		return err
	}
	store, err := c.open()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	head, err := store.Head(c.ctx)       // before, so that what is printed was verified
	if err != nil {
		return err
	}
	findings, err := store.Verify(c.ctx, campaign)
	if err != nil {
		return err
	}
	c.showFindings(findings)
	if v.ExpectHead != "" {
		if err := store.CheckHead(c.ctx, expected); err != nil {
			return err
		}
	}
	if len(findings) > 0 {
		return errFinding
	}
	c.say("%s", c.text(survey.Message{Key: "command.verify.clean"}))
	c.say("%s", c.text(survey.Message{Key: "command.verify.head", Args: survey.Args{"Head": head}}))
	return nil
}

func (c *console) showFindings(findings []survey.Finding) {
	for _, f := range findings {
		c.say("%s: %s", f.Where, f.What)
	}
}
