package main

import (
	"fmt"

	"meihao/survey"
)

type verifyCommand struct {
	Campaign string `help:"Only this campaign." placeholder:"ID"`
}

// Run recounts and lists the findings; exit 1 if there is any.
func (v verifyCommand) Run(c *console) error {
	var campaign survey.ID
	if v.Campaign != "" {
		id, err := survey.ParseID(v.Campaign)
		if err != nil {
			return usageError{fmt.Errorf("--campaign %q is no campaign's id: nine letters and digits, as in the address of its page", v.Campaign)}
		}
		campaign = id
	}
	store, err := c.open()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	findings, err := store.Verify(c.ctx, campaign)
	if err != nil {
		return err
	}
	for _, f := range findings {
		c.say("%s: %s", f.Where, f.What)
	}
	if len(findings) > 0 {
		return errFinding
	}
	c.say("%s", c.text(survey.Message{Key: "command.verify.clean"}))
	return nil
}
