package model

import (
	"sync"
	"sync/atomic"
	"time"

	"meihao/survey"
)

// posterCache keeps what was read of posters: a lobby's page and the answers
// from it ask for the same one again and again, and reading it costs more
// than all the rest of serving the page. Whatever changes on a poster is a
// change of the staff's and leaves an event, so the end of the audit chain
// tells when to let go of everything (see lookForNews): what another instance
// changed is seen within newsAge, what this one changed at once. Whatever
// must be right is read again by the save transaction.
type posterCache struct {
	mu        sync.RWMutex
	posters   map[string]posterEntry
	enrolled  map[enrolmentKey]*enrolledPart
	campaigns map[survey.ID]*campaignPart
	forgotten int // how often; what was read before is not kept after

	looking sync.Mutex   // held by who looks for news
	looked  atomic.Int64 // when that was, in nanoseconds
	head    Head         // as it was then, under looking
}

// posterEntry is what one poster has for itself.
type posterEntry struct {
	retired  bool
	movedTo  string
	building survey.ID
	unit     int
	place    string
	enrolled *enrolledPart
	campaign *campaignPart
	read     time.Time
}

// enrolledPart is what the posters of one enrolment share.
type enrolledPart struct {
	project survey.Project
	groups  []survey.Group
	tag     uint32
	homes   survey.Homes
}

// campaignPart is what the posters of one campaign share.
type campaignPart struct {
	campaign survey.Campaign
	key      *survey.Key
}

const (
	newsAge = time.Second
	// posterAge is for what was changed by hand and left no event.
	posterAge = 10 * time.Minute
	// posterMost bounds the memory; a city has 60,000 posters.
	posterMost = 65_536
)

func newPosterCache() *posterCache {
	c := &posterCache{}
	c.forget()
	return c
}

// poster is what is known under a code. Where nothing is, before is to be
// handed to keep with what was read: a read that began before something was
// changed, and ended after it, must not be remembered.
func (c *posterCache) poster(code string, now time.Time) (p survey.Poster, before int, found bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	e, found := c.posters[code]
	if age := now.Sub(e.read); !found || age < 0 || age >= posterAge {
		return survey.Poster{}, c.forgotten, false
	}
	return survey.Poster{
		Code: code, Retired: e.retired, MovedTo: e.movedTo, Building: e.building, Unit: e.unit, Place: e.place,
		Project: e.enrolled.project, Groups: e.enrolled.groups, Tag: e.enrolled.tag, Homes: e.enrolled.homes,
		Campaign: e.campaign.campaign, Key: e.campaign.key,
	}, c.forgotten, true
}

// campaign is what is known of a campaign.
func (c *posterCache) campaign(id survey.ID) (campaignPart, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	part, found := c.campaigns[id]
	if !found {
		return campaignPart{}, false
	}
	return *part, true
}

// keep remembers a poster. What was read last is true for all posters of the
// enrolment, and of the campaign.
func (c *posterCache) keep(p survey.Poster, now time.Time, before int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forgotten != before {
		return
	}
	if len(c.posters) >= posterMost {
		clear(c.posters)
		clear(c.enrolled)
		clear(c.campaigns)
	}
	key := enrolmentKey{p.Campaign.ID, p.Project.ID}
	if c.enrolled[key] == nil {
		c.enrolled[key] = &enrolledPart{}
	}
	if c.campaigns[p.Campaign.ID] == nil {
		c.campaigns[p.Campaign.ID] = &campaignPart{}
	}
	e := posterEntry{p.Retired, p.MovedTo, p.Building, p.Unit, p.Place, c.enrolled[key], c.campaigns[p.Campaign.ID], now}
	*e.enrolled = enrolledPart{p.Project, p.Groups, p.Tag, p.Homes}
	*e.campaign = campaignPart{p.Campaign, p.Key}
	c.posters[p.Code] = e
}

// generation counts how often everything was let go of.
func (c *posterCache) generation() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.forgotten
}

// forget lets go of everything: a campaign or a register was changed.
func (c *posterCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.posters = map[string]posterEntry{}
	c.enrolled = map[enrolmentKey]*enrolledPart{}
	c.campaigns = map[survey.ID]*campaignPart{}
	c.forgotten++
}
