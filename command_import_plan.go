package main

import (
	"fmt"

	"meihao/survey"
	"meihao/survey/roster"
)

// showPlan prints what would be added, changed and refused.
func (c *console) showPlan(plan roster.Plan) {
	for _, p := range plan.Projects {
		if p.Kind != roster.Same {
			c.showProject(p)
		}
	}
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
	c.say("%s", c.text(survey.Message{Key: "command.import.counts", Args: survey.Args{
		"Added": added, "Changed": changed, "Same": same, "Refused": refused}}))
	if plan.Form == roster.Buildings {
		added, changed, same := plan.BuildingCounts()
		c.say("%s", c.text(survey.Message{Key: "command.import.buildings", Args: survey.Args{
			"Added": added, "Changed": changed, "Same": same}}))
	}
}

func (c *console) showProject(p roster.ProjectChange) {
	c.say("%-8s %s / %s / %s", p.Kind, p.Project.Area.District, p.Project.Area.Community, p.Project.Name)
	for _, d := range p.Fields {
		c.say("         %s", c.difference(d))
	}
	for _, b := range p.Buildings {
		if b.Kind == roster.Same {
			continue
		}
		line := fmt.Sprintf("         %-8s %s (%d)", b.Kind, b.Building.Name, b.Building.Households)
		if n := b.Building.Listed(); n > 0 && b.Kind == roster.Added {
			line += fmt.Sprintf(" %s: %d", c.text(survey.Message{Key: "roster.field.rooms"}), n)
		}
		for _, d := range b.Fields {
			line += " " + c.difference(d)
		}
		c.say("%s", line)
	}
}

func (c *console) difference(d roster.Difference) string {
	return fmt.Sprintf("%s: %s → %s", c.text(survey.Message{Key: "roster.field." + d.Field}), orDash(d.Old), orDash(d.New))
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func placePrefix(place string) string {
	if place == "" {
		return ""
	}
	return place + ": "
}
