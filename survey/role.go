package survey

import "slices"

// Role is what kind of person an account belongs to (DESIGN §1).
type Role string

// The roles.
const (
	Administrator   Role = "administrator"
	CityRole        Role = "city"
	DistrictRole    Role = "district"
	SubdistrictRole Role = "subdistrict"
	CommunityRole   Role = "community"
	CompanyRole     Role = "company"
	ThirdParty      Role = "third_party"
	Auditor         Role = "auditor"
)

// Roles in the order in which they are offered.
func Roles() []Role {
	return []Role{Administrator, CityRole, DistrictRole, SubdistrictRole, CommunityRole, CompanyRole, ThirdParty, Auditor}
}

// Action is something an account may be allowed to do. Every staff route
// names one; a route without one does not exist.
type Action string

// The actions.
const (
	ViewOverview    Action = "view_overview"
	ChangeOwn       Action = "change_own" // one's own password and language
	ViewProjects    Action = "view_projects"
	ImportProjects  Action = "import_projects"
	ViewCampaigns   Action = "view_campaigns"
	ManageCampaigns Action = "manage_campaigns" // add, change, enrol, open, close, reopen
	SealCampaigns   Action = "seal_campaigns"
	ViewStandings   Action = "view_standings"
	ViewCoach       Action = "view_coach"       // how many answers are still missing, and reminders
	PrintPosters    Action = "print_posters"    // look at, print and check posters
	ManagePosters   Action = "manage_posters"   // add, retire and replace posters
	CorrectRegister Action = "correct_register" // buildings and N, before opening
	CorrectFrozen   Action = "correct_frozen"   // buildings and N of a campaign that was opened (RULES §1)
	DecideHeld      Action = "decide_held"
	ViewSheets      Action = "view_sheets"
	PublishResults  Action = "publish_results"  // publish, plan the day, take back
	ViewResults     Action = "view_results"     // sealed results as residents see them, with the promises
	MakePromises    Action = "make_promises"    // the company's own
	PublishPromises Action = "publish_promises" // publish, return, take down
	ManageAccounts  Action = "manage_accounts"
	ViewEvents      Action = "view_events"
	ViewComments    Action = "view_comments"    // what people wrote, RULES §8; a company's own where released
	HideComments    Action = "hide_comments"    // with a reason, and show again
	ReleaseComments Action = "release_comments" // to the company after publication, and take back
	EditLexicon     Action = "edit_lexicon"     // themes by which comments are sorted
	ManageTokens    Action = "manage_tokens"    // one's own tokens for systems; an administrator everybody's
	ManageWalls     Action = "manage_walls"     // read-only addresses for screens on walls

	ViewActivities     Action = "view_activities"
	ManageActivities   Action = "manage_activities" // make, change and end an activity: caps, dates, order
	ManageTasks        Action = "manage_tasks"      // a district's mode, cap, contact and tasks
	ApplyForTitle      Action = "apply_for_title"   // apply for a project, change and withdraw
	ReviewApplications Action = "review_applications"
	ViewComplaints     Action = "view_complaints"
	ImportComplaints   Action = "import_complaints" // and match them to projects
	SelfAssess         Action = "self_assess"       // 自评 of one's own projects
	ScoreSheets        Action = "score_sheets"      // as first or second assessor
	ScoreAsThird       Action = "score_as_third"    // 第三方评估
	SettleScores       Action = "settle_scores"     // differences, with a reason
	OverrideScores     Action = "override_scores"   // what the machine set, by two persons
	RecordVetoes       Action = "record_vetoes"
	AddEvidence        Action = "add_evidence"
)

// Permissions is the one table that says who may do what (SECURITY "Roles ×
// scope"); the help page and the route test are made from it. Whoever is not
// in a row is refused.
func Permissions() map[Action][]Role {
	deciders := []Role{Administrator, CityRole, DistrictRole}
	office := []Role{Administrator, CityRole, DistrictRole, SubdistrictRole, CommunityRole}
	everyone := Roles()
	own := selfAssessors()
	return map[Action][]Role{
		ViewOverview:    everyone,
		ChangeOwn:       everyone,
		ViewProjects:    append(slices.Clone(office), CompanyRole, Auditor),
		ImportProjects:  office,
		ViewCampaigns:   append(slices.Clone(office), Auditor),
		ManageCampaigns: deciders,
		SealCampaigns:   deciders,
		ViewStandings:   append(slices.Clone(office), Auditor),
		ViewCoach:       append(slices.Clone(office), Auditor),
		PrintPosters:    office,
		ManagePosters:   office,
		CorrectRegister: office,
		CorrectFrozen:   deciders,
		DecideHeld:      deciders,
		ViewSheets:      append(append(slices.Clone(deciders), ThirdParty, Auditor), own...),
		PublishResults:  deciders,
		ViewResults:     append(slices.Clone(office), CompanyRole, Auditor),
		MakePromises:    {CompanyRole},
		PublishPromises: deciders,
		ManageAccounts:  {Administrator},
		ViewEvents:      {Administrator, CityRole, Auditor},
		ViewComments:    append(slices.Clone(deciders), CompanyRole),
		HideComments:    deciders,
		ReleaseComments: deciders,
		EditLexicon:     deciders,
		ManageTokens:    append(slices.Clone(deciders), SubdistrictRole, CompanyRole, ThirdParty, Auditor),
		ManageWalls:     deciders,

		ViewActivities:     everyone,
		ManageActivities:   {Administrator, CityRole},
		ManageTasks:        deciders,
		ApplyForTitle:      append([]Role{DistrictRole}, own...),
		ReviewApplications: deciders,
		ViewComplaints:     append(slices.Clone(deciders), SubdistrictRole, Auditor),
		ImportComplaints:   deciders,
		SelfAssess:         own,
		ScoreSheets:        deciders,
		ScoreAsThird:       {ThirdParty},
		SettleScores:       deciders,
		OverrideScores:     deciders,
		RecordVetoes:       deciders,
		AddEvidence:        append(append(slices.Clone(deciders), own...), ThirdParty),
	}
}

// May says whether the role is allowed the action.
func (r Role) May(a Action) bool { return slices.Contains(Permissions()[a], r) }

// Covers says whether the role may do all that another may, but for what
// people do on their own behalf at the pages: to apply, to assess themselves
// and to score as a third party. No system does these with a token.
func (r Role) Covers(other Role) bool {
	own := []Action{ApplyForTitle, SelfAssess, ScoreAsThird}
	for action, roles := range Permissions() {
		if slices.Contains(roles, other) && !slices.Contains(roles, r) && !slices.Contains(own, action) {
			return false
		}
	}
	return true
}

// SeesAll says whether the role works for the whole city and has no scope
// of its own below it.
func (r Role) SeesAll() bool { return r == Administrator || r == CityRole || r == Auditor }

// SeesLiveFigures says whether the role may see satisfaction figures before
// closing (RULES §8: district and city; the administrator acts for the city).
func (r Role) SeesLiveFigures() bool {
	return r == Administrator || r == CityRole || r == DistrictRole
}

// AssessesItself says whether the role speaks for projects that are assessed:
// it marks a self-assessment, and does not see what assessors say before the
// results are out.
func (r Role) AssessesItself() bool { return slices.Contains(selfAssessors(), r) }

func selfAssessors() []Role { return []Role{SubdistrictRole, CommunityRole, CompanyRole} }

// ParseRole reads a role word.
func ParseRole(s string) (Role, error) {
	if r := Role(s); slices.Contains(Roles(), r) {
		return r, nil
	}
	return "", Fail(Invalid, "error.account.role", "Role", s)
}

// Scope 辖区 is the part of the city an actor sees: all of it, or one
// district, subdistrict, community or company. The zero Scope holds nothing,
// so that a forgotten one shows nothing.
type Scope struct {
	All                                       bool
	District, Subdistrict, Community, Company ID
}

// CityScope holds everything.
func CityScope() Scope { return Scope{All: true} }

// Holds says whether a project lies in the scope.
func (s Scope) Holds(p Project) bool {
	switch {
	case s.All:
		return true
	case s.Company != 0:
		return s.Company == p.Company.ID
	case s.Community != 0:
		return s.Community == p.Place.Community
	case s.Subdistrict != 0:
		return s.Subdistrict == p.Place.Subdistrict
	}
	return s.District != 0 && s.District == p.Place.District
}

// Manages says whether an actor of this scope may manage what a district
// (or, with zero, the city) owns: a city campaign wants the whole city.
func (s Scope) Manages(owner ID) bool {
	if s.All {
		return true
	}
	return owner != 0 && s == Scope{District: owner}
}

// CheckScope says whether a scope fits a role: each role is bound to exactly
// one place of its own level.
func (r Role) CheckScope(s Scope) error {
	var want Scope
	switch r {
	case Administrator, CityRole, Auditor:
		want = CityScope()
	case DistrictRole, ThirdParty:
		want = Scope{District: s.District}
	case SubdistrictRole:
		want = Scope{Subdistrict: s.Subdistrict}
	case CommunityRole:
		want = Scope{Community: s.Community}
	case CompanyRole:
		want = Scope{Company: s.Company}
	}
	if s != want || s == (Scope{}) {
		return Fail(Invalid, "error.account.scope").Field("scope", "error.account.scope")
	}
	return nil
}
