package rubric

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"meihao/survey"
)

type promptFile struct {
	RulesVersion string `json:"rules_version"`
	Limits       map[survey.ComplaintClass]struct {
		Response   int64 `json:"response"`
		Resolution int64 `json:"resolution"`
	} `json:"limits_minutes"`
	Bands []struct {
		Points     int `json:"points"`
		Response   int `json:"response"`
		Resolution int `json:"resolution"`
	} `json:"bands"`
}

// ParsePromptRules reads the limits and bands of item 1.3: each class has its
// limits, and bands fall from the best one down.
func ParsePromptRules(data []byte) (PromptRules, error) {
	var file promptFile
	if err := json.Unmarshal(data, &file); err != nil {
		return PromptRules{}, fmt.Errorf("prompt rules: %w", err)
	}
	if file.RulesVersion != survey.RulesVersion {
		return PromptRules{}, fmt.Errorf("prompt rules of version %q, not %q", file.RulesVersion, survey.RulesVersion)
	}
	rules := PromptRules{Limits: map[survey.ComplaintClass]Limit{}}
	for _, class := range survey.ComplaintClasses() {
		l, found := file.Limits[class]
		if !found || l.Response <= 0 || l.Resolution < l.Response {
			return PromptRules{}, fmt.Errorf("prompt rules: no limits of %s", class)
		}
		rules.Limits[class] = Limit{time.Duration(l.Response) * time.Minute, time.Duration(l.Resolution) * time.Minute}
	}
	for i, b := range file.Bands {
		if i > 0 && (b.Points >= file.Bands[i-1].Points || b.Response > file.Bands[i-1].Response || b.Resolution > file.Bands[i-1].Resolution) {
			return PromptRules{}, errors.New("prompt rules: bands do not fall")
		}
		rules.Bands = append(rules.Bands, Band{b.Points, b.Response, b.Resolution})
	}
	return rules, nil
}
