package roster

import "meihao/survey"

// Apply is what an import is asked to do with its plan.
type Apply struct {
	Apply  bool   // write it; false only shows the plan
	Strict bool   // write nothing if a row was refused
	Digest string // of the plan that was accepted; "" skips the comparison
	// Progress is told how far an import is, 0 ≤ done ≤ total, never less than
	// before; nil tells nobody. While it writes it is called inside the
	// transaction: it must return at once and ask the store nothing then.
	Progress func(done, total int)
}

// Register is what the store holds now. It is everything, not only what the
// actor sees: a register number may belong to somebody else's project.
type Register struct {
	Places    []survey.Place // every district, subdistrict and community
	Companies []survey.Company
	Projects  []survey.Project // with Buildings, in the order they are shown
}

// Kind says what an import does with a project or a building.
type Kind string

// The kinds.
const (
	Added   Kind = "added"
	Changed Kind = "changed"
	Same    Kind = "same"
)

// Difference is one field that changes, as text for the preview; Old is ""
// where nothing was known. Its label is the message "roster.field." + Field.
type Difference struct{ Field, Old, New string }

// BuildingChange is what happens to one building that the file names.
type BuildingChange struct {
	Kind     Kind
	Row      int             // of the file: the first that names it
	Sheet    string          // "" where only one was read
	Building survey.Building // what it becomes; ID zero where it is added
	Fields   []Difference    // name, units, households, occupied, rooms; only of changed ones
}

// ProjectChange is what happens to one project that the file names.
type ProjectChange struct {
	Kind  Kind // Changed also where only a building is added or changed
	Rows  []int
	Sheet string // of the first row, "" where only one was read
	// Project is what it becomes. Ids are zero where project, place or
	// company are new: their names are in Place.Area and Company.Name.
	// Buildings is nil, see below; BuildingCount counts all it will have.
	Project   survey.Project
	Fields    []Difference      // only of changed ones
	Buildings []BuildingChange  // in the order of the file
	Kept      []survey.Building // in the store, not in the file: untouched
}

// Refusal says why a row is not taken over. A row may have several.
type Refusal struct {
	Row    int
	Sheet  string // "" where only one was read
	What   string // the project and building of the row, for people
	Reason survey.Message
}

// At is the place of the row: "12", or with several sheets "二期!12".
func (r Refusal) At() string { return at(r.Sheet, r.Row) }

// Plan is what an import would do. New places come parents first and are
// named from the district down; each is needed by an added or changed project.
type Plan struct {
	Form            Form          // of the register
	NewDistricts    []survey.Area // District only
	NewSubdistricts []survey.Area // District, Subdistrict
	NewCommunities  []survey.Area // all three
	NewCompanies    []string
	Projects        []ProjectChange // in the order of the file
	Refused         []Refusal       // by row, at most MostRefused
	MoreRefused     int             // refusals beyond these
	RefusedRows     int             // all that were refused
	Notes           []Note          // by row, a hundred of each kind
}

// Counts are the numbers of projects added, changed and left the same, and
// of rows refused.
func (p Plan) Counts() (added, changed, same, refused int) {
	for _, c := range p.Projects {
		switch c.Kind {
		case Added:
			added++
		case Changed:
			changed++
		case Same:
			same++
		}
	}
	return added, changed, same, p.RefusedRows
}

// BuildingCounts are the numbers of buildings added, changed and left the same.
func (p Plan) BuildingCounts() (added, changed, same int) {
	for _, c := range p.Projects {
		for _, b := range c.Buildings {
			switch b.Kind {
			case Added:
				added++
			case Changed:
				changed++
			case Same:
				same++
			}
		}
	}
	return added, changed, same
}

// Empty says that nothing would be written; rows may still be refused.
func (p Plan) Empty() bool {
	added, changed, _, _ := p.Counts()
	return added == 0 && changed == 0
}
