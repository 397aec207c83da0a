package poster

import (
	"net/url"
	"strings"

	"meihao/survey"
)

// Seen is what somebody's phone showed of a code that hangs somewhere: the
// words of a scanner, or a code as it is printed.
type Seen struct {
	Kind SeenKind
	Code string // of a poster, where it may be one of ours
	Host string // where a foreign address leads, as far as it can be told
}

// SeenKind is what it is, as far as that can be told without asking anybody.
type SeenKind string

// The kinds of what is seen.
const (
	SeenNothing  SeenKind = "nothing"  // nothing was entered
	SeenCode     SeenKind = "code"     // a code that we could have made
	SeenMistyped SeenKind = "mistyped" // a code that nobody has: one symbol is wrong
	SeenOther    SeenKind = "other"    // our address, and no poster's
	SeenForeign  SeenKind = "foreign"  // an address that is not ours
)

// Look tells what a text is that a phone showed; public is our own public
// address. Whatever leads to another host is foreign, however it looks: only
// the host decides, and only if it is ours letter for letter.
func Look(public, text string) Seen {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return Seen{Kind: SeenNothing}
	case !strings.ContainsAny(text, ".:/@?#%\\"):
		return codeSeen(text)
	}
	address := text
	if !strings.Contains(text, "://") && !hasScheme(text) {
		address = "https://" + text
	}
	ours, err := url.Parse(public)
	if err != nil {
		return Seen{Kind: SeenForeign}
	}
	seen, err := url.Parse(address)
	if err != nil || seen.Scheme != "https" && seen.Scheme != "http" || seen.User != nil || !strings.EqualFold(seen.Host, ours.Host) {
		return Seen{Kind: SeenForeign, Host: hostOf(seen, text)}
	}
	part, code, found := strings.Cut(strings.Trim(seen.Path, "/"), "/")
	if !found || !strings.EqualFold(part, "s") && !strings.EqualFold(part, "p") {
		return Seen{Kind: SeenOther}
	}
	return codeSeen(code)
}

// codeSeen tells whether a code can be one of ours.
func codeSeen(text string) Seen {
	code := survey.NormalCode(text)
	if !survey.CheckCode(code, survey.PosterCodeLength) {
		return Seen{Kind: SeenMistyped}
	}
	return Seen{Kind: SeenCode, Code: code}
}

// hasScheme says whether a text begins like "wxp:" or "tel:": a host with a
// port has digits behind its colon.
func hasScheme(text string) bool {
	before, after, found := strings.Cut(text, ":")
	return found && !strings.ContainsAny(before, "./") && (after == "" || after[0] < '0' || after[0] > '9')
}

// hostOf is where an address leads, or else how it begins.
func hostOf(seen *url.URL, text string) string {
	if seen != nil && seen.Host != "" {
		return seen.Host
	}
	runes := []rune(text)
	return string(runes[:min(40, len(runes))])
}
