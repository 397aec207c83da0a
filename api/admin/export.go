package admin

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/session"
	"meihao/survey"
	"meihao/survey/export"
)

// The tables of a page as Excel: the same address with as=xlsx, so the same
// permission, filter and view; only that a list comes whole instead of page by
// page.

// exporting says whether an address asks for the tables of its page.
func exporting(c *gin.Context) bool {
	return c.Request.Method == http.MethodGet && c.Query("as") == "xlsx"
}

// tabular is a view with tables. They are made of the view alone, so that no
// figure stands in them that the page would not show (RULES §8).
type tabular interface {
	workbook(t teller) workbook
}

// workbook is what a view gives to be exported.
type workbook struct {
	Title    string // of what it is, in the file's name too
	Campaign string // "" where it is of none
	Tables   []export.Table
	Notes    []export.Note // filters, as of when, how to read it
}

// present answers with a page, or with its tables where the address asks for
// them.
func (h *Handlers) present(c *gin.Context, status int, name string, view any) error {
	v, ok := view.(tabular)
	if !ok || !exporting(c) {
		h.Pages.Show(c, status, name, view)
		return nil
	}
	t := teller{h, c}
	w := v.workbook(t)
	book := export.Book{Tables: w.Tables, NotesName: t.say("export.notes"), Notes: t.notes(w), Language: page.Language(c)}
	var data bytes.Buffer
	if err := book.Write(&data); err != nil {
		return err
	}
	file := fileName(w.Title, w.Campaign, h.Now().In(page.Beijing()).Format("2006-01-02")) + ".xlsx"
	c.Header("Cache-Control", "no-store")
	c.Header("X-Content-Type-Options", "nosniff")
	c.Header("Content-Disposition", attachment("meihao-"+name[strings.LastIndex(name, "/")+1:]+".xlsx", file))
	c.Header("Content-Length", strconv.Itoa(data.Len()))
	c.Data(status, xlsxType, data.Bytes())
	return nil
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// notes are the sheet of notes: what it is, of which campaign, by whom and
// when, and how to read it.
func (t teller) notes(w workbook) []export.Note {
	account := session.Account(t.c)
	scope := account.ScopeName
	if scope == "" {
		scope = t.say("scope.city")
	}
	list := []export.Note{t.note("export.what", w.Title)}
	if w.Campaign != "" {
		list = append(list, t.note("export.campaign", w.Campaign))
	}
	list = append(list, w.Notes...)
	list = append(list,
		t.note("export.at", page.Moment(page.Language(t.c), t.h.Now())),
		t.note("export.by", t.say("export.account", "Name", account.Username, "Role", t.say("role."+string(account.Role)), "Scope", scope)),
		t.note("export.rules", survey.RulesVersion))
	if t.h.Demo {
		list = append(list, t.note("staff.demo", t.say("staff.demo.what")))
	}
	return list
}

// fileName joins parts of a name with underscores and leaves out what file
// systems forbid or people cannot see.
func fileName(parts ...string) string {
	var list []string
	for _, part := range parts {
		clean := strings.Map(func(r rune) rune {
			switch {
			case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
				return -1
			case strings.ContainsRune(`\/:*?"<>|`, r):
				return ' '
			}
			return r
		}, part)
		clean = strings.Trim(strings.Join(strings.Fields(clean), "-"), "._-")
		if runes := []rune(clean); len(runes) > 60 {
			clean = string(runes[:60])
		}
		if clean != "" {
			list = append(list, clean)
		}
	}
	return strings.Join(list, "_")
}

// attachment is a Content-Disposition (RFC 6266): a plain name for old
// browsers, and the whole one.
func attachment(plain, name string) string {
	var whole strings.Builder
	for _, b := range []byte(name) {
		if b < 0x80 && (unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b)) || strings.IndexByte("._-", b) >= 0) {
			whole.WriteByte(b)
		} else {
			whole.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(b)|0x100, 16)[1:]))
		}
	}
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + whole.String()
}
