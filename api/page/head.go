package page

import "net/http"

// Head is a list of headers that many answers share. It is made once: an
// answer takes over names and values as they are.
type Head []field

type field struct {
	name   string // canonical
	values []string
}

// NewHead makes a head of names and values in pairs.
func NewHead(pairs ...string) Head {
	head := make(Head, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		head = append(head, field{http.CanonicalHeaderKey(pairs[i]), []string{pairs[i+1]}})
	}
	return head
}

// Set puts the head into an answer's headers, in place of what is there by
// these names.
func (head Head) Set(h http.Header) {
	for i := range head {
		h[head[i].name] = head[i].values
	}
}
