package admin

import (
	"bytes"
	"net/http"
	"path"
	"strconv"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey/export"
	"meihao/survey/work"
)

// The forms of an export, as addresses ask for them.
const (
	asExcel = "xlsx"
	asCSV   = "csv"
)

const (
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	csvType  = "text/csv; charset=utf-8"
	zipType  = "application/zip"
)

// fileOf makes the file that an address asks for. run is the job that makes
// it, nil for none.
func (h *Handlers) fileOf(t teller, w workbook, run *exportRun) (work.File, error) {
	now := h.Now()
	book := export.Book{Tables: run.counted(w.Tables), NotesName: t.say("export.notes"), Notes: t.notes(w), Language: page.Language(t.c), At: now.In(page.Beijing())}
	name := fileName(w.Title, w.Campaign, now.In(page.Beijing()).Format("2006-01-02"))
	var data bytes.Buffer
	if t.c.Query("as") == asExcel {
		err := book.Write(&data)
		return work.File{Name: name + ".xlsx", Media: xlsxType, Data: data.Bytes()}, err
	}
	err := book.WriteCSV(&data)
	if book.Zipped() {
		return work.File{Name: name + ".zip", Media: zipType, Data: data.Bytes()}, err
	}
	return work.File{Name: name + ".csv", Media: csvType, Data: data.Bytes()}, err
}

// send answers with a file to be kept, called plain by browsers that do not
// know better.
func send(c *gin.Context, plain string, file work.File) {
	c.Header("Cache-Control", "no-store")
	c.Header("X-Content-Type-Options", "nosniff")
	c.Header("Content-Disposition", attachment(plain+path.Ext(file.Name), file.Name))
	c.Header("Content-Length", strconv.Itoa(len(file.Data)))
	c.Data(http.StatusOK, file.Media, file.Data)
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
