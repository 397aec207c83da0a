package roster

// Form is what a register lists.
type Form string

// The forms. The zero Form is a register of projects.
const (
	// Projects lists projects with or without their buildings, and says of
	// each all that is known; new ones are added.
	Projects Form = ""
	// Buildings lists buildings, units or homes of projects that are there:
	// it adds and changes no project, only what stands in it.
	Buildings Form = "buildings"
)

// recognised is what a header is of. What names no buildings is of projects;
// what lists rooms and says nothing that only a project has (company,
// telephone, households of its own) is of buildings. Else it is of projects
// where it can name a new one (community and name, with the district, or as an
// office writes it that has only one), or has such facts with a register
// number, and of buildings where it cannot.
func (h *header) recognised() Form {
	facts := h.has(companyColumn) || h.has(phoneColumn) || h.has(projectHomesColumn) || h.has(projectOccupiedColumn)
	whole := h.has(communityColumn) && h.has(projectColumn) && (h.has(districtColumn) || h.has(subdistrictColumn) || facts || !h.parted())
	switch {
	case !h.has(buildingColumn):
		return Projects
	case h.has(roomsColumn) && !facts:
		return Buildings
	case whole, h.has(registerColumn) && facts:
		return Projects
	}
	return Buildings
}
