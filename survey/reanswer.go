package survey

// Reanswer 重新作答 is what the holder of a change key puts in place of the
// answers given before: until closing, from a blank form, without being asked
// again who they are (RULES §1). Bases, building group, lane and state stay.
// With nothing answered it is a withdrawal.
type Reanswer struct {
	Campaign, Project ID
	Receipt           string // normal code, names the response
	Change            Digest // of the change key that was shown for it
	Reading           Reading
}
