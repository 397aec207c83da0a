package model

import (
	"sync"
	"time"

	"meihao/survey"
)

// posterCache keeps what was just read of posters: a lobby's page and the
// answers from it ask for the same one again and again, and reading it costs
// more than all the rest of serving the page. It has two ages. What a
// campaign is (its stage, its key) is a second old at most; what hangs on a
// poster (names, buildings, the enrolment) hardly ever changes and may be ten
// seconds old where another instance changed it. What this instance changes
// is forgotten at once, and whatever must be right is read again by the save
// transaction.
type posterCache struct {
	mu        sync.RWMutex
	posters   map[string]posterEntry
	enrolled  map[enrolmentKey]*enrolledPart
	campaigns map[survey.ID]campaignEntry
	forgotten int // how often; what was read before is not kept after
}

type posterEntry struct {
	poster survey.Poster // without campaign, key and what enrolled has
	part   *enrolledPart
	read   time.Time
}

// enrolledPart is what the posters of one enrolment share.
type enrolledPart struct {
	project survey.Project
	groups  []survey.Group
	tag     uint32
	homes   survey.Homes
}

type campaignEntry struct {
	campaign survey.Campaign
	key      *survey.Key
	read     time.Time
}

const (
	campaignAge = time.Second
	posterAge   = 10 * time.Second
	// posterMost bounds the memory; a city has 60,000 posters.
	posterMost = 65_536
)

func newPosterCache() *posterCache {
	c := &posterCache{}
	c.forget()
	return c
}

func fresh(read, now time.Time, age time.Duration) bool {
	since := now.Sub(read)
	return since >= 0 && since < age
}

// poster is a poster without its campaign, which is named in it.
func (c *posterCache) poster(code string, now time.Time) (survey.Poster, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	e, found := c.posters[code]
	if !found || !fresh(e.read, now, posterAge) {
		return survey.Poster{}, false
	}
	p := e.poster
	p.Project, p.Groups, p.Tag, p.Homes = e.part.project, e.part.groups, e.part.tag, e.part.homes
	return p, true
}

// campaign is a campaign with its key.
func (c *posterCache) campaign(id survey.ID, now time.Time) (survey.Campaign, *survey.Key, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	e, found := c.campaigns[id]
	return e.campaign, e.key, found && fresh(e.read, now, campaignAge)
}

// before is to be asked before reading what will be kept: a read that began
// before something was changed, and ended after it, must not be remembered.
func (c *posterCache) before() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.forgotten
}

func (c *posterCache) keepPoster(p survey.Poster, now time.Time, before int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forgotten != before {
		return
	}
	if len(c.posters) >= posterMost {
		clear(c.posters)
		clear(c.enrolled)
	}
	key := enrolmentKey{p.Campaign.ID, p.Project.ID}
	part := c.enrolled[key]
	if part == nil {
		part = &enrolledPart{}
		c.enrolled[key] = part
	}
	// What was read last is true for all posters of the enrolment.
	*part = enrolledPart{p.Project, p.Groups, p.Tag, p.Homes}
	p.Project, p.Groups = survey.Project{}, nil
	c.posters[p.Code] = posterEntry{p, part, now}
}

func (c *posterCache) keepCampaign(campaign survey.Campaign, key *survey.Key, now time.Time, before int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forgotten != before {
		return
	}
	c.campaigns[campaign.ID] = campaignEntry{campaign, key, now}
}

// forget lets go of everything: a campaign or a register was changed here.
func (c *posterCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.posters = map[string]posterEntry{}
	c.enrolled = map[enrolmentKey]*enrolledPart{}
	c.campaigns = map[survey.ID]campaignEntry{}
	c.forgotten++
}
