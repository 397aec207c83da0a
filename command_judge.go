package main

import (
	"encoding/json"

	"meihao/survey"
)

type judgeCommand struct {
	Households int64 `required:"" placeholder:"N" help:"Households of the base."`
	Answered   int64 `required:"" placeholder:"n" help:"Households with an answer 1–5 to the overall question."`
	Satisfied  int64 `required:"" placeholder:"k" help:"Those who are satisfied or very satisfied."`
	JSON       bool  `name:"json" help:"Print JSON."`
}

// Run judges the counts as a sealed campaign would.
func (j judgeCommand) Run(c *console) error {
	if err := survey.CheckCounts(j.Households, j.Answered, j.Satisfied); err != nil {
		return usageError{err}
	}
	v := survey.Judge(j.Households, j.Answered, j.Satisfied, survey.DefaultMargins())
	if j.JSON {
		return json.NewEncoder(c.out).Encode(v)
	}
	c.say("rate        %s   (k/n %d/%d, n/N %d/%d)", v.Rate, v.Satisfied, v.Answered, v.Answered, v.Households)
	c.say("adequacy    %s   (full from %d answers, provisional from %d)", v.Adequacy, v.NeededFull, v.NeededProvisional)
	if v.Interval != nil {
		c.say("interval    %.4f – %.4f", v.Interval[0], v.Interval[1])
	}
	points := "none"
	if v.Points != nil {
		points = map[bool]string{true: "10", false: "0"}[*v.Points > 0]
	}
	c.say("item 1.1    %s   (points: %s)", v.Item11, points)
	c.say("veto 6.1    %s", v.Veto61)
	return nil
}
