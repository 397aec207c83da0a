package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"meihao/survey"
	"meihao/survey/roster"
)

type importCommand struct {
	Projects  importProjectsCommand  `cmd:"" help:"Import a register of projects and their buildings (csv or xlsx)."`
	Buildings importBuildingsCommand `cmd:"" help:"Import the buildings, units or homes of projects that are there (csv or xlsx)."`
	// Complaints have a plan of their own.
	Complaints importComplaintsCommand `cmd:"" help:"Import complaints: a log, monthly totals or a city ranking (csv or xlsx)."`
}

// importFlags are what every import is told.
type importFlags struct {
	File   string `arg:"" type:"existingfile" help:"The register."`
	Apply  bool   `help:"Apply the plan; without it nothing changes, unless you say yes at the terminal."`
	Strict bool   `help:"Apply nothing if any row is refused."`
}

type importProjectsCommand struct {
	importFlags
	District string `placeholder:"NAME" help:"The district of rows that name none."`
}

type importBuildingsCommand struct {
	importFlags
	Project string `placeholder:"REGISTER-OR-NAME" help:"The project of rows that name none."`
}

// Run prints the plan and applies exactly that plan when it is accepted.
func (i importProjectsCommand) Run(c *console) error {
	register, err := i.read(c.ctx, roster.Read)
	if err != nil {
		return err
	}
	register.District = i.District
	return i.run(c, register)
}

// Run is the same for a register of buildings.
func (i importBuildingsCommand) Run(c *console) error {
	register, err := i.read(c.ctx, roster.ReadBuildings)
	if err != nil {
		return err
	}
	register.Project = i.Project
	return i.run(c, register)
}

func (i importFlags) read(ctx context.Context, read func(context.Context, string, io.Reader) (roster.File, error)) (roster.File, error) {
	file, err := os.Open(i.File)
	if err != nil {
		return roster.File{}, err
	}
	defer func() { _ = file.Close() }() // only read
	return read(ctx, i.File, file)
}

func (i importFlags) run(c *console, register roster.File) error {
	plan, err := c.planImport(register)
	if err != nil {
		return err
	}
	c.showPlan(plan)
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
	there, err := c.exists()
	if err != nil {
		return roster.Plan{}, err
	}
	if !there {
		return roster.MakePlanTelling(c.ctx, roster.Register{}, register, survey.CityScope(), true, nil)
	}
	store, err := c.open()
	if err != nil {
		return roster.Plan{}, err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	return store.ImportProjects(c.ctx, operator(), register, roster.Apply{})
}

func (c *console) applyImport(register roster.File, how roster.Apply) error {
	store, err := c.openOrMake()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // nothing is under way
	if _, err := store.ImportProjects(c.ctx, operator(), register, how); err != nil {
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
