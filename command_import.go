package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"meihao/survey"
	"meihao/survey/roster"
)

type importCommand struct {
	Projects importProjectsCommand `cmd:"" help:"Import a register of projects and their buildings (csv or xlsx)."`
}

type importProjectsCommand struct {
	File   string `arg:"" type:"existingfile" help:"The register."`
	Apply  bool   `help:"Apply the plan; without it nothing changes, unless you say yes at the terminal."`
	Strict bool   `help:"Apply nothing if any row is refused."`
}

// Run prints the plan and applies exactly that plan when it is accepted.
func (i importProjectsCommand) Run(c *console) error {
	file, err := os.Open(i.File)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	register, err := roster.Read(i.File, file)
	if err != nil {
		return err
	}
	plan, err := c.planImport(register)
	if err != nil {
		return err
	}
	shown := plan
	shown.Notes = append(register.Notes, plan.Notes...)
	c.showPlan(shown)
	accepted := i.Apply || !plan.Empty() && c.yes("apply")
	if accepted && !(i.Strict && len(plan.Refused) > 0) {
		err = c.applyImport(register, roster.Apply{Apply: true, Strict: i.Strict, Digest: plan.Digest()})
	} else {
		c.say("%s", c.text(survey.Message{Key: "command.import.unchanged"}))
	}
	if err == nil && len(plan.Refused) > 0 {
		return errFinding
	}
	return err
}

// planImport compares the register with what is stored. Where there is no
// database yet all of it is new, and looking at a plan makes none.
func (c *console) planImport(register roster.File) (roster.Plan, error) {
	if there, err := c.exists(); err != nil || !there {
		return roster.MakePlan(roster.Register{}, register, survey.CityScope(), true), err
	}
	store, err := c.open()
	if err != nil {
		return roster.Plan{}, err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	return store.ImportProjects(c.ctx, operator(), register.Rows, roster.Apply{})
}

func (c *console) applyImport(register roster.File, how roster.Apply) error {
	store, err := c.openOrMake()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	if _, err := store.ImportProjects(c.ctx, operator(), register.Rows, how); err != nil {
		return err
	}
	c.say("%s", c.text(survey.Message{Key: "command.import.applied"}))
	return nil
}

// operator is who works at the command line of the server: whoever can read
// the database file and its key.
func operator() survey.Actor {
	return survey.Actor{Username: "operator", Role: survey.Administrator, Scope: survey.CityScope()}
}

// showPlan prints what would be added, changed and refused.
func (c *console) showPlan(plan roster.Plan) {
	for _, p := range plan.Projects {
		if p.Kind == roster.Same {
			continue
		}
		c.say("%-8s %s / %s / %s", p.Kind, p.Project.Area.District, p.Project.Area.Community, p.Project.Name)
		for _, d := range p.Fields {
			c.say("         %s: %s → %s", c.text(survey.Message{Key: "roster.field." + d.Field}), orDash(d.Old), orDash(d.New))
		}
		for _, b := range p.Buildings {
			if b.Kind == roster.Same {
				continue
			}
			line := fmt.Sprintf("         %-8s %s (%d)", b.Kind, b.Building.Name, b.Building.Households)
			for _, d := range b.Fields {
				line += fmt.Sprintf(" %s: %s → %s", c.text(survey.Message{Key: "roster.field." + d.Field}), orDash(d.Old), orDash(d.New))
			}
			c.say("%s", line)
		}
	}
	for _, n := range plan.Notes {
		c.say("note     %s%s", rowPrefix(n.Row), c.text(n.Message))
	}
	for _, r := range plan.Refused {
		c.say("refused  %s%s: %s", rowPrefix(r.Row), r.What, c.text(r.Reason))
	}
	added, changed, same, refused := plan.Counts()
	c.say("%s", c.text(survey.Message{Key: "command.import.counts", Args: survey.Args{
		"Added": added, "Changed": changed, "Same": same, "Refused": refused}}))
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func rowPrefix(row int) string {
	if row == 0 {
		return ""
	}
	return fmt.Sprintf("%d: ", row)
}

// yes asks at a terminal; where nobody sits the answer is no.
func (c *console) yes(what string) bool {
	if !c.terminalAnswer() {
		return false
	}
	_, _ = fmt.Fprintf(c.out, "%s ", c.text(survey.Message{Key: "command." + what + ".ask"}))
	answer, _ := bufio.NewReader(c.in).ReadString('\n')
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes" || answer == "是"
}
