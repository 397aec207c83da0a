package model

import (
	"cmp"
	"crypto/cipher"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"meihao/survey"
)

// openCampaign is a campaign as a save transaction read it.
type openCampaign struct {
	campaign      survey.Campaign
	admission     survey.Admission
	questionnaire *survey.Questionnaire
	key           *survey.Key // nil once it is sealed
	mac           *survey.Mac // of key, set up once it is needed
	wrap          cipher.AEAD // seals shown copies
	revision      int64       // see revise
}

// takes is nil if a submission that is no retry may enter now. Another
// reason of the gate (a retired poster) comes after the campaign's own.
func (c *openCampaign) takes(one *survey.Submission, now time.Time) error {
	if c == nil {
		return survey.NotFoundError("error.not_found")
	}
	if err := c.campaign.Accepts(now); err != nil {
		return err
	}
	return one.Otherwise
}

// sealed says that the campaign's key is gone: not even a retry is known
// any more (RULES §1, Retry).
func (c *openCampaign) sealed() bool {
	return c != nil && c.key == nil && c.campaign.Stage != survey.Draft
}

// marking is the key set up to make marks.
func (c *openCampaign) marking() *survey.Mac {
	if c.mac == nil {
		c.mac = c.key.Mac()
	}
	return c.mac
}

// apart says whether a lane's claims have slots of their own: open feedback
// in a room or code campaign (RULES §1).
func (c *openCampaign) apart(l survey.Lane) bool { return !c.admission.Admits(l) }

// saving is one enrolment in a save transaction.
type saving struct {
	*counters
	homes   []survey.Homes // by building group, the first is group 1
	touched bool
}

// load reads the campaigns, in key order the enrolments, and the posters that a
// group is about, each once.
func (b *batch) load() error {
	keys := map[enrolmentKey]bool{}
	for i := range b.submissions {
		keys[keyOf(&b.submissions[i])] = true
	}
	sorted := sortedEnrolments(maps.Keys(keys))
	for len(sorted) > 0 {
		id := sorted[0].campaign
		n := slices.IndexFunc(sorted, func(k enrolmentKey) bool { return k.campaign != id })
		if n < 0 {
			n = len(sorted)
		}
		campaign, err := b.loadCampaign(id)
		if err != nil {
			return err
		}
		b.campaigns[id] = campaign
		if campaign != nil {
			if err := b.loadEnrolments(sorted[:n], campaign); err != nil {
				return fmt.Errorf("save: %w", err)
			}
		}
		sorted = sorted[n:]
	}
	return b.loadPosters()
}

func sortedEnrolments(keys func(yield func(enrolmentKey) bool)) []enrolmentKey {
	return slices.SortedFunc(keys, compareEnrolments)
}

func compareEnrolments(a, b enrolmentKey) int {
	return cmp.Or(cmp.Compare(a.campaign, b.campaign), cmp.Compare(a.project, b.project))
}

// loadCampaign reads a campaign so that it cannot be closed before this
// transaction ends; nil if there is none.
func (b *batch) loadCampaign(id survey.ID) (*openCampaign, error) {
	var row campaignRow
	err := b.bound(b.store.save.campaign).QueryRowContext(b.ctx, id).
		Scan(&row.Stage, &row.Opens, &row.Closes, &row.Admission, &row.Questionnaire, &row.Secret, &row.Revisions)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("save: %w", err)
	}
	c := &openCampaign{campaign: row.campaign(), admission: row.Admission, revision: row.Revisions, wrap: b.store.wrap}
	if c.key, err = b.store.key(id, row.Secret); err != nil {
		return nil, err
	}
	c.questionnaire, err = b.questionnaire(row.Questionnaire)
	return c, err
}

// questionnaire is the cached one, else it is read in this transaction.
func (b *batch) questionnaire(id survey.ID) (*survey.Questionnaire, error) {
	if q := b.store.questionnaires.known(id); q != nil {
		return q, nil
	}
	tx := b.store.write.WithContext(b.ctx)
	tx.Statement.ConnPool = b.tx
	return b.store.questionnaire(b.store.lookupIn(tx), id)
}

// loadEnrolments reads the counters of one campaign's enrolments, locked in key
// order, and their groups' homes; a project that is not enrolled is left out.
func (b *batch) loadEnrolments(keys []enrolmentKey, of *openCampaign) error {
	campaign, projects := keys[0].campaign, make([]survey.ID, len(keys))
	for i, k := range keys {
		projects[i] = k.project
	}
	err := choose(b, b.store.save.counters, []any{campaign}, projects, func(rows *sql.Rows) error {
		row := tallyRow{Campaign: campaign}
		err := rows.Scan(&row.Project, &row.Tally, &row.ShownOwner, &row.ShownResident,
			&row.ChangesOwner, &row.ChangesResident, &row.Refused)
		if err != nil {
			return err
		}
		s := &saving{}
		s.counters, err = countersOf(row)
		b.projects[enrolmentKey{campaign, row.Project}] = s
		return err
	})
	if err != nil {
		return err
	}
	return b.loadHomes(campaign, of.revision, projects)
}

// loadHomes fills in how many homes each building group has: from memory where
// nobody corrected homes of the campaign since they were read (see revise).
func (b *batch) loadHomes(campaign survey.ID, revision int64, projects []survey.ID) error {
	missing := projects[:0:0]
	for _, id := range projects {
		s := b.projects[enrolmentKey{campaign, id}]
		if s == nil {
			continue
		}
		var known bool
		if s.homes, known = b.store.groupHomes.of(enrolmentKey{campaign, id}, revision); !known {
			missing = append(missing, id)
		}
	}
	return choose(b, b.store.save.homes, []any{campaign}, missing, func(rows *sql.Rows) error {
		key := enrolmentKey{campaign: campaign}
		var packed string
		if err := rows.Scan(&key.project, &packed); err != nil {
			return err
		}
		homes, err := unpackHomes(packed)
		if err != nil {
			return err
		}
		b.projects[key].homes = homes
		b.store.groupHomes.keep(key, homes, revision)
		return nil
	})
}

// overflows says whether a response is more than its building group has
// homes in one of its bases (RULES §1, §7). Open feedback that is kept apart
// is no home's voice and cannot be too many.
func (s *saving) overflows(a survey.Admission, r survey.Response) bool {
	if !a.Admits(r.Lane) {
		return false
	}
	var homes survey.Homes
	if r.Group >= 1 && r.Group <= len(s.homes) {
		homes = s.homes[r.Group-1]
	}
	for _, base := range r.Bases.Each() {
		if s.tally.InGroup(a, r.Group, base)+1 > int64(homes.Of(base)) {
			return true
		}
	}
	return false
}

// count adds a response to the counters.
func (s *saving) count(c *openCampaign, r survey.Response) error {
	s.touched = true
	if err := s.add(c.questionnaire, r, +1); err != nil {
		return err
	}
	s.moved(c.admission, r, c.marking().Mark(r.ID), c.wrap)
	return nil
}

func (s *saving) refused(marked int64) {
	if marked > 0 {
		s.touched = true
		s.row.Refused += marked
	}
}
