package page

import (
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"time"

	"meihao/api/lang"
	"meihao/survey"
)

// functions are what templates may call, bound to one language:
//
//	t "key" "Name" value …   the message
//	msg .Error               a survey.Message
//	lang                     the language's code
//	pick .ZH .EN             the text of data that carries both languages
//	asset "base.css"         the hashed address
//	known "vendor/x.js"      whether there is such an asset
//	sheet "base.css"         the style sheet itself, in a style element
//	date, moment, minute     day, day and minute, machine-readable input value
//	num 12345                "12,345"
//	code "7KQ4M2XD" 4        "7KQ4-M2XD"
//	switch .Path "en"        the page's address in another language
//	sized .Path "l"          the page's address in another size, in this language
func functions(code string, catalogs *lang.Catalogs, assets *Assets) template.FuncMap {
	return template.FuncMap{
		"t": func(key string, pairs ...any) (string, error) {
			args, err := argsOf(pairs)
			return catalogs.Text(code, key, args), err
		},
		"msg":    func(m survey.Message) string { return catalogs.Text(code, m.Key, m.Args) },
		"lang":   func() string { return code },
		"pick":   func(zh, en string) string { return pick(code, zh, en) },
		"asset":  assets.URL,
		"known":  assets.Known,
		"sheet":  assets.sheet,
		"date":   func(t time.Time) string { return Date(code, t) },
		"moment": func(t time.Time) string { return Moment(code, t) },
		"minute": func(t time.Time) string { return Minute(t) },
		"num":    Number,
		"code":   survey.GroupCode,
		"switch": SwitchTo,
		"sized":  func(path, size string) string { return sizedTo(path, code, size) },
		"join":   strings.Join,
		"args":   func(pairs ...any) (survey.Args, error) { return argsOf(pairs) },
	}
}

func argsOf(pairs []any) (survey.Args, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("message args come in pairs")
	}
	args := survey.Args{}
	for i := 0; i < len(pairs); i += 2 {
		args[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return args, nil
}

// SwitchTo is the address of a page in another language. The path may carry a
// query of its own.
func SwitchTo(path, code string) string { return withQuery(path, languageName, code) }

// sizedTo is the address of a page in another size. It says the language too,
// unless it goes without saying: where cookies do not stay, both must.
func sizedTo(path, code, size string) string {
	if code != lang.Default {
		path = SwitchTo(path, code)
	}
	return withQuery(path, sizeName, size)
}

// withQuery adds to a path that may carry a query of its own. The path of a
// page that is not there is of somebody's making: "//host/" is not to become
// an address elsewhere.
func withQuery(path, name, value string) string {
	path = "/" + strings.TrimLeft(path, `/\`)
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	return path + mark + name + "=" + value
}

func pick(code, zh, en string) string {
	if code == "en" && en != "" {
		return en
	}
	return zh
}

// Beijing is the time zone of everything people see (DESIGN §6). The offset
// is fixed: China has no daylight saving time and a binary may lack zone data.
func Beijing() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }

// Date writes a day: "2026年9月20日" or "20 Sep 2026".
func Date(code string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if code == "en" {
		return t.In(Beijing()).Format("2 Jan 2006")
	}
	return t.In(Beijing()).Format("2006年1月2日")
}

// Moment writes day and minute: "2026年9月20日 23:59".
func Moment(code string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Date(code, t) + t.In(Beijing()).Format(" 15:04")
}

// Minute is the value of a datetime-local input.
func Minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(Beijing()).Format("2006-01-02T15:04")
}

// Number writes whole numbers with thousands separators; a pointer is what it
// points to, nil is nothing.
func Number(v any) string {
	if p := reflect.ValueOf(v); p.Kind() == reflect.Pointer {
		if p.IsNil() {
			return ""
		}
		v = p.Elem().Interface()
	}
	s := fmt.Sprint(v)
	if _, err := strconv.ParseInt(s, 10, 64); err != nil {
		return s
	}
	return Grouped(s)
}

// Grouped writes the digits of a number, which may be longer than an int64 and
// have decimals, with thousands separators.
func Grouped(digits string) string {
	whole, decimals, some := strings.Cut(digits, ".")
	sign, whole := whole[:len(whole)-len(strings.TrimPrefix(whole, "-"))], strings.TrimPrefix(whole, "-")
	var groups []string
	for len(whole) > 3 {
		groups = append([]string{whole[len(whole)-3:]}, groups...)
		whole = whole[:len(whole)-3]
	}
	grouped := sign + strings.Join(append([]string{whole}, groups...), ",")
	if some {
		return grouped + "." + decimals
	}
	return grouped
}
