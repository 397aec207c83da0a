package survey

// Refusal is an attempt of somebody who is signed in, or of a system with a
// token, to change something that is not theirs, not their role's or not due.
type Refusal struct {
	Route  string // "POST /admin/sheets/:activity/:project/marks", never the address itself
	Object string // kinds and ids of the address: "activity 3ZK0M7Q2D project 7QV…"
	Why    Kind   // forbidden, not_found or conflict
	Key    string // message key of what the person was told
	Last   bool   // more of this actor are not recorded before the next hour
}
