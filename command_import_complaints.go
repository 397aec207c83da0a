package main

import (
	"os"

	"meihao/survey"
	"meihao/survey/roster"
)

type importComplaintsCommand struct {
	importFlags
	Document string `help:"The source document of the file; a city ranking must have one."`
	District string `placeholder:"NAME" help:"The district of rows that name none, and of which the file is complete."`
	From     int    `placeholder:"YYYYMM" help:"First month of which a complaint log has all tickets."`
	To       int    `placeholder:"YYYYMM" help:"Last such month."`
	Activity string `placeholder:"ID" help:"The activity of a city ranking."`
	Of       int    `help:"Number of projects in a city ranking whose rows do not say."`
}

// Run prints the plan and applies exactly that plan when it is accepted.
func (i importComplaintsCommand) Run(c *console) error {
	file, err := i.read(c)
	if err != nil {
		return err
	}
	store, err := c.openOrMake()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	plan, err := store.ImportComplaints(c.ctx, operator(), file, roster.Apply{})
	if err != nil {
		return err
	}
	c.showComplaints(plan)
	accepted := i.Apply || !plan.Empty() && c.yes("apply")
	if accepted && !(i.Strict && plan.RefusedRows > 0) {
		if _, err := store.ImportComplaints(c.ctx, operator(), file, roster.Apply{Apply: true, Strict: i.Strict, Digest: plan.Digest()}); err != nil {
			return err
		}
		c.say("%s", c.text(survey.Message{Key: "command.import.applied"}))
	} else {
		c.say("%s", c.text(survey.Message{Key: "command.import.unchanged"}))
	}
	if plan.RefusedRows > 0 {
		return errFinding
	}
	return nil
}

func (i importComplaintsCommand) read(c *console) (roster.ComplaintFile, error) {
	source, err := os.Open(i.File)
	if err != nil {
		return roster.ComplaintFile{}, err
	}
	defer func() { _ = source.Close() }() // only read
	file, err := roster.ReadComplaints(c.ctx, i.File, source)
	if err != nil {
		return file, err
	}
	file.Document, file.District, file.From, file.To, file.Of = i.Document, i.District, i.From, i.To, i.Of
	if i.Activity != "" {
		file.Activity, err = survey.ParseID(i.Activity)
	}
	return file, err
}

// showComplaints prints what would be refused and how much be added, changed
// and left for the review list.
func (c *console) showComplaints(plan roster.ComplaintPlan) {
	for _, n := range plan.Notes {
		c.say("note     %s%s", placePrefix(n.At()), c.text(n.Message))
	}
	for _, r := range plan.Refused {
		c.say("refused  %s%s: %s", placePrefix(r.At()), r.What, c.text(r.Reason))
	}
	if plan.MoreRefused > 0 {
		c.say("refused  %s", c.text(survey.Message{Key: "plan.more", Args: survey.Args{"N": plan.MoreRefused}}))
	}
	added, changed, same, refused := plan.Counts()
	c.say("%s", c.text(survey.Message{Key: "command.import.complaints", Args: survey.Args{
		"Added": added, "Changed": changed, "Same": same, "Refused": refused, "Unmatched": plan.Unmatched}}))
}
