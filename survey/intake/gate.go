package intake

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"meihao/survey"
	"meihao/survey/household"
)

// Request is what a person or system sent, as it came.
type Request struct {
	Key      string // submission key: the same for a retry of the same submission
	Building string // id or name; "" where the poster knows it
	Unit     string
	Room     string
	Code     string // slip code, admission code
	Lane     string // "" or "open" where the campaign takes feedback
	Device   string // random device token, lane open
	Values   map[string][]string
}

// Key lengths of DESIGN §8.
const (
	minKey = 16
	maxKey = 64
)

// Admit is the one gate (DESIGN §4): may this request be saved as an answer
// to this poster, and as what? It returns an Error of kind Closed, NotOpen,
// RetiredPoster, Invalid (each field named), WrongCode or NoBase. A request
// for a campaign that takes no answers is still made into a submission with
// Otherwise set, because the same request again must get the same receipt
// until sealing deletes the key (RULES §1, Retry).
func Admit(p survey.Poster, q *survey.Questionnaire, r Request, now time.Time) (survey.Submission, error) {
	if p.Key == nil {
		return survey.Submission{}, closedFor(&p, now)
	}
	s, err := admit(&p, q, &r)
	if refusal := refusalOf(&p, now); refusal != nil {
		if err != nil {
			return survey.Submission{}, refusal
		}
		s.Otherwise = refusal
	}
	return s, err
}

// refusalOf is why the poster takes no new answer, nil if it does.
func refusalOf(p *survey.Poster, now time.Time) error {
	if p.Retired {
		return survey.Fail(survey.RetiredPoster, "error.poster.retired", "Place", p.MovedTo)
	}
	return p.Campaign.Accepts(now)
}

// closedFor is the refusal where no key exists: sealed, or not yet opened.
func closedFor(p *survey.Poster, now time.Time) error {
	if err := refusalOf(p, now); err != nil {
		return err
	}
	return survey.Fail(survey.Closed, "error.campaign.closed")
}

func admit(p *survey.Poster, q *survey.Questionnaire, r *Request) (survey.Submission, error) {
	e := survey.Fail(survey.Invalid, "error.answers")
	if !goodKey(r.Key) {
		e.Field("key", "error.key")
	}
	reading, err := q.Read(r.Values)
	var unread *survey.Error
	if errors.As(err, &unread) {
		e.Take(unread)
	}
	s := survey.Submission{Campaign: p.Campaign.ID, Project: p.Project.ID, Poster: p.Code, Lane: lane(p, r)}
	mac := p.Key.Mac()
	building := claim(p, mac, r, &s, e)
	if len(e.Fields) > 0 {
		return survey.Submission{}, e
	}
	s.Bases = q.Bases(reading)
	if s.Bases == 0 {
		return survey.Submission{}, survey.Fail(survey.NoBase, "error.no_base")
	}
	secrets := mac.Secrets(p.Tag, r.Key, s.Claim, s.Bases)
	s.Receipt, s.ChangeKey, s.Change = secrets.Receipt, secrets.Change, survey.DigestOf(secrets.Change)
	s.Answers, s.Comment = q.Pack(reading), reading.Comment
	s.Group = p.GroupOf(building)
	return s, nil
}

func goodKey(key string) bool {
	if len(key) < minKey || len(key) > maxKey {
		return false
	}
	return strings.Trim(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

// lane is the way in: the campaign's own, or open feedback where it is
// taken and asked for.
func lane(p *survey.Poster, r *Request) survey.Lane {
	if r.Lane == string(survey.OpenLane) || p.Campaign.Admission == survey.ByOpen {
		return survey.OpenLane
	}
	return survey.Lane(p.Campaign.Admission)
}

// claim fills in the claim by the submission's lane and returns the building.
func claim(p *survey.Poster, mac *survey.Mac, r *Request, s *survey.Submission, e *survey.Error) survey.ID {
	if r.Lane != "" && r.Lane != string(s.Lane) {
		e.Field("lane", "error.lane")
	}
	if s.Lane == survey.OpenLane && p.Campaign.Admission != survey.ByOpen && !p.Campaign.Feedback {
		e.Field("lane", "error.lane")
	}
	building, ok := buildingOf(p, r.Building)
	if !ok {
		e.Field("building", "error.household.building")
	}
	switch s.Lane {
	case survey.OpenLane:
		device := r.Device
		if device == "" {
			device = r.Key
		}
		s.Claim = mac.DeviceClaim(p.Project.ID, device)
	case survey.RoomLane:
		s.Claim = householdClaim(p, mac, building, r, e)
	default: // the slips of code campaigns are checked by the store that knows them
		e.Kind = survey.WrongCode
		e.Field("code", "error.code")
	}
	return building.ID
}

func householdClaim(p *survey.Poster, mac *survey.Mac, b survey.Building, r *Request, e *survey.Error) survey.Claim {
	unit, room := "", ""
	var wrongUnit, wrongRoom error
	switch {
	case b.AsksUnit():
		unit, wrongUnit = household.Unit(givenUnit(p, b, r.Unit), b.Units)
	case strings.TrimSpace(r.Unit) != "":
		wrongUnit = survey.Fail(survey.Invalid, "error.household.no_units")
	}
	room, wrongRoom = household.Room(r.Room)
	if wrongUnit == nil && wrongRoom == nil {
		wrongUnit, wrongRoom = listed(p, b, unit, room)
	}
	if wrongUnit != nil {
		e.FieldOf("unit", wrongUnit)
	}
	if wrongRoom != nil {
		e.FieldOf("room", wrongRoom)
	}
	return mac.HouseholdClaim(b.ID, unit, room)
}

// givenUnit is the unit that was given, else the poster's in its own building:
// the poster fills in what it knows (RULES §1).
func givenUnit(p *survey.Poster, b survey.Building, given string) string {
	if p.Unit > 0 && b.ID == p.Building && strings.TrimSpace(given) == "" {
		return strconv.Itoa(p.Unit)
	}
	return given
}

// listed refuses a home that is not on the building's household list, where
// it has one, and says of the unit or of the room what an honest resident can
// do about it.
func listed(p *survey.Poster, b survey.Building, unit, room string) (wrongUnit, wrongRoom error) {
	if b.Lists(unit, room) {
		return nil, nil
	}
	phone := p.Project.Phone
	if phone == "" {
		phone = p.Campaign.Phone
	}
	switch {
	case !b.ListsUnit(unit):
		return survey.Fail(survey.Invalid, "error.household.unit_not_listed", "Phone", phone), nil
	case p.Campaign.Feedback:
		return nil, survey.Fail(survey.Invalid, "error.household.not_listed_feedback", "Phone", phone)
	}
	return nil, survey.Fail(survey.Invalid, "error.household.not_listed", "Phone", phone)
}

// buildingOf finds the building by id or name, the poster's own for "".
func buildingOf(p *survey.Poster, given string) (survey.Building, bool) {
	if strings.TrimSpace(given) == "" {
		return p.BuildingOf(p.Building)
	}
	if id, err := survey.ParseID(given); err == nil {
		if b, ok := p.BuildingOf(id); ok {
			return b, true
		}
	}
	key := household.BuildingKey(given)
	for _, b := range p.Project.Buildings {
		if household.BuildingKey(b.Name) == key {
			return b, true
		}
	}
	return survey.Building{}, false
}
