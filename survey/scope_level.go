package survey

// Level of the place that a scope is bound to; a company's projects lie all
// over the city.
func (s Scope) Level() Level {
	switch {
	case s.Community != 0:
		return CommunityLevel
	case s.Subdistrict != 0:
		return SubdistrictLevel
	case s.District != 0:
		return DistrictLevel
	}
	return CityLevel
}
