package main

import (
	"fmt"
	"os"
	"time"

	"meihao/model"
	"meihao/survey"
	"meihao/survey/roster"
)

type importComplaintsCommand struct {
	importFlags
	Document string `help:"The source document of the file; a city ranking must have one."`
	District string `placeholder:"NAME" help:"The district of rows that name none, and of which the file is complete; without it the whole city."`
	From     string `placeholder:"YYYY-MM" help:"First month of which a complaint log has all tickets: projects without one have none then."`
	To       string `placeholder:"YYYY-MM" help:"Last such month."`
	Activity string `placeholder:"ID" help:"The activity of a city ranking; the newest unless told."`
	Of       int    `placeholder:"N" help:"Number of projects in a city ranking whose rows do not say."`
}

// Run prints the plan and applies exactly that plan when it is accepted.
// Without a database there is nothing to match complaints with.
func (i importComplaintsCommand) Run(c *console) error {
	file, err := i.read(c)
	if err != nil {
		return err
	}
	store, err := c.open()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	if file.Form == roster.Ranks && file.Activity == 0 {
		if file.Activity, err = c.newestActivity(store); err != nil {
			return err
		}
	}
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

// read reads the file, and what was said of it.
func (i importComplaintsCommand) read(c *console) (roster.ComplaintFile, error) {
	from, to, err := i.months()
	if err != nil {
		return roster.ComplaintFile{}, usageError{err}
	}
	if i.Of < 0 {
		return roster.ComplaintFile{}, usageError{fmt.Errorf("--of wants a number of projects, not %d", i.Of)}
	}
	var activity survey.ID
	if i.Activity != "" {
		if activity, err = survey.ParseID(i.Activity); err != nil {
			return roster.ComplaintFile{}, usageError{fmt.Errorf("--activity %q is no activity's id: nine letters and digits, as in the address of its page", i.Activity)}
		}
	}
	source, err := os.Open(i.File)
	if err != nil {
		return roster.ComplaintFile{}, err
	}
	defer func() { _ = source.Close() }() // only read
	file, err := roster.ReadComplaints(c.ctx, i.File, source)
	if err != nil {
		return file, err
	}
	if file.Form == roster.Tickets {
		file.From, file.To = from, to
	}
	file.Document, file.District, file.Activity, file.Of = i.Document, i.District, activity, i.Of
	return file, nil
}

// months are the first and the last month that the file covers, zeros for none.
func (i importComplaintsCommand) months() (from, to int, err error) {
	if i.From == "" && i.To == "" {
		return 0, 0, nil
	}
	if i.From == "" || i.To == "" {
		return 0, 0, fmt.Errorf("--from and --to are wanted together")
	}
	first, err := monthFlag("--from", i.From)
	if err != nil {
		return 0, 0, err
	}
	last, err := monthFlag("--to", i.To)
	if err == nil && last < first {
		err = fmt.Errorf("--to %s is before --from %s", i.To, i.From)
	}
	return first, last, err
}

// monthFlag reads 2023-07 and 202307.
func monthFlag(flag, value string) (int, error) {
	for _, form := range []string{"2006-01", "200601"} {
		if at, err := time.Parse(form, value); err == nil {
			return 100*at.Year() + int(at.Month()), nil
		}
	}
	return 0, fmt.Errorf("%s %q is no month: write 2023-07", flag, value)
}

// newestActivity is the one that a ranking is for where nobody says.
func (c *console) newestActivity(store *model.Store) (survey.ID, error) {
	list, err := store.Activities(c.ctx)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	return list[0].ID, nil
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
	c.showUnmatched(plan)
	added, changed, same, refused := plan.Counts()
	c.say("%s", c.text(survey.Message{Key: "command.import.complaints", Args: survey.Args{
		"Added": added, "Changed": changed, "Same": same, "Refused": refused, "Unmatched": plan.Unmatched}}))
}

// mostUnmatched is how many tickets without a project are printed; the page
// lists all.
const mostUnmatched = 20

// showUnmatched prints the first tickets whose project nobody knows.
func (c *console) showUnmatched(plan roster.ComplaintPlan) {
	shown := 0
	for _, t := range plan.Tickets {
		if t.Complaint.Project != 0 || t.Complaint.Dismissed != "" {
			continue
		}
		if shown++; shown > mostUnmatched {
			return
		}
		at := roster.Refusal{Row: t.Row, Sheet: t.Sheet}.At()
		c.say("unknown  %s%s %s / %s", placePrefix(at), t.Complaint.Number, orDash(t.Complaint.District), orDash(t.Complaint.Named))
	}
}
