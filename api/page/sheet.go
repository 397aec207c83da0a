package page

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
)

// residentArea is the area of which some pages carry their style sheets: the
// first paint needs one round trip then, not two (UX "Resident pages" 9).
const residentArea = "resident"

// sheet is the style element of an asset, to stand in a page's head.
func (a *Assets) sheet(name string) (template.HTML, error) {
	one := a.byURL[a.URL(name)]
	if one == nil || strings.Contains(string(one.plain), "</") {
		return "", fmt.Errorf("no style sheet %q", name)
	}
	return template.HTML("<style>" + string(one.plain) + "</style>"), nil //nolint:gosec // our own file
}

// styledPolicy is the policy of pages that carry the style sheets which an
// area's templates name: these and no others, by their hashes.
func styledPolicy(pages fs.FS, area string, assets *Assets) Head {
	var hashes []string
	for _, name := range named(pages, area, "sheet") {
		if one := assets.byURL[assets.URL(name)]; one != nil {
			sum := sha256.Sum256(one.plain)
			hashes = append(hashes, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
		}
	}
	if hashes == nil {
		return nil // the policy of everything
	}
	return NewHead("Content-Security-Policy", strings.Replace(policy, "style-src 'self'", "style-src 'self' "+strings.Join(hashes, " "), 1))
}

// Styled lets a residents' page that is about to be sent use the style sheets
// that it carries.
func (p *Pages) Styled(h http.Header) { p.styled.Set(h) }
