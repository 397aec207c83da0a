package roster

import "meihao/survey"

// homesOf are a project's figures after an import. What the register gives
// for the project itself rules; else they are the sum of its buildings.
// Figures that were the project's own before (they were not the sum of the
// buildings then) stay its own: the difference is shown, never smoothed away
// (DESIGN §7).
func homesOf(given survey.Homes, before *survey.Project, after []survey.Building) survey.Homes {
	homes := survey.SumHomes(after)
	if before != nil {
		sum := survey.SumHomes(before.Buildings)
		if before.Households != sum.Households {
			homes.Households = before.Households
		}
		if !alike(before.Occupied, sum.Occupied) {
			homes.Occupied = before.Occupied
		}
	}
	if given.Households > 0 {
		homes.Households = given.Households
	}
	if given.Occupied != nil {
		homes.Occupied = given.Occupied
	}
	return homes
}

// overlay is what is known of a building's homes after a row was read: an
// empty cell leaves the old figure.
func overlay(before, row survey.Homes) survey.Homes {
	if row.Households > 0 {
		before.Households = row.Households
	}
	if row.Occupied != nil {
		before.Occupied = row.Occupied
	}
	return before
}

// crowded says that more homes are lived in than there are.
func crowded(h survey.Homes) *survey.Message {
	if h.Occupied == nil || *h.Occupied <= h.Households {
		return nil
	}
	return reason("roster.refused.occupied", "Occupied", *h.Occupied, "Households", h.Households)
}

// alike compares two numbers that may be unknown.
func alike(a, b *int) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
