package survey

// StateOfLetter is the state whose word begins so: c, h or e; "" for none.
func StateOfLetter(letter string) State {
	if len(letter) != 1 {
		return ""
	}
	return stateOf(letter[0])
}

func stateOf(letter byte) State {
	switch letter {
	case 'c':
		return Counted
	case 'h':
		return Held
	case 'e':
		return Excluded
	}
	return ""
}

// LaneOfLetter is the lane whose word begins so: c, r, a or o; "" for none.
func LaneOfLetter(letter string) Lane {
	if len(letter) != 1 {
		return ""
	}
	return laneOf(letter[0])
}

func laneOf(letter byte) Lane {
	switch letter {
	case 'c':
		return CodeLane
	case 'r':
		return RoomLane
	case 'a':
		return AssistedLane
	case 'o':
		return OpenLane
	}
	return ""
}

// Letter is the first letter of the state's word, as it is stored.
func (s State) Letter() string { return string(s)[:1] }

// Letter is the first letter of the lane's word, as it is stored.
func (l Lane) Letter() string { return string(l)[:1] }

func (s State) letter() byte { return s[0] }
func (l Lane) letter() byte  { return l[0] }
