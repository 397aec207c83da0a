package admin

import (
	"fmt"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/export"
)

// teller puts the parts of a view into words and cells for an export, in the
// language of the request.
type teller struct {
	h *Handlers
	c *gin.Context
}

func (t teller) say(key string, pairs ...any) string { return t.h.text(t.c, key, pairs...) }

// note is a line of the sheet of notes.
func (t teller) note(key, text string) export.Note { return export.Note{Name: t.say(key), Text: text} }

// columns are text columns unless the key says otherwise: "#" before it is for
// numbers, "%" for rates, "@" for moments, "~" for days.
func (t teller) columns(keys ...string) []export.Column {
	list := make([]export.Column, len(keys))
	for i, key := range keys {
		kind := export.Text
		switch key[0] {
		case '#':
			kind = export.Number
		case '%':
			kind = export.Percent
		case '@':
			kind = export.Moment
		case '~':
			kind = export.Day
		}
		list[i] = export.Column{Head: t.say(strings.TrimLeft(key, "#%@~")), Kind: kind}
	}
	return list
}

// dash stands where a page has none or may not show it.
func dash() export.Cell { return export.String("—") }

// orDash is a text, or a dash for none.
func orDash(text string) export.Cell {
	if text == "" {
		return dash()
	}
	return export.String(text)
}

// word is a verdict, light or stage in words.
func (t teller) word(w word) export.Cell {
	if w.Key == "" {
		return dash()
	}
	return export.String(t.say(w.Key))
}

// some is a count, and nothing for none of it.
func some[N ~int | ~int64](n N) export.Cell {
	if n == 0 {
		return export.Cell{}
	}
	return export.Int(n)
}

// known is a number of the register, or that it is not known.
func (t teller) known(n *int) export.Cell {
	if n == nil {
		return export.String(t.say("unknown"))
	}
	return export.Int(*n)
}

// yes marks what is so.
func (t teller) yes(is bool) export.Cell {
	if !is {
		return export.Cell{}
	}
	return export.String(t.say("export.yes"))
}

func (t teller) msg(m survey.Message) string { return t.h.Pages.Text(t.c, m.Key, m.Args) }

// messages are sentences, one a line.
func (t teller) messages(list []survey.Message) export.Cell {
	texts := make([]string, len(list))
	for i, m := range list {
		texts[i] = t.msg(m)
	}
	return export.String(strings.Join(texts, "\n"))
}

// hidden says why figures are not shown.
func (t teller) hidden(reason string) export.Cell {
	if reason == "" {
		return export.Cell{}
	}
	return export.String(t.say("hidden." + reason))
}

// filter says what a list was narrowed by.
func (t teller) filter(f listFilter) []export.Note {
	var parts []string
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, t.say(key)+": "+value)
		}
	}
	add("projects.search", f.Search)
	add("filter.place", f.PlaceName())
	add("project.company", f.CompanyName())
	add("project.kind", f.Kind)
	return t.narrowed(parts)
}

func (t teller) narrowed(parts []string) []export.Note {
	if len(parts) == 0 {
		return []export.Note{t.note("export.filter", t.say("export.filter.none"))}
	}
	return []export.Note{t.note("export.filter", strings.Join(parts, "\n"))}
}

// area are the columns of where something lies, from the district down.
func area(a survey.Area) []export.Cell {
	return []export.Cell{export.String(a.District), export.String(a.Subdistrict), export.String(a.Community)}
}

// end is an end of an interval as the page writes it.
func end(percent float64) export.Cell { return export.Printed(fmt.Sprintf("%.1f%%", percent)) }

// reading are notes on how to read the figures, one a line.
func (t teller) reading(keys ...string) []export.Note {
	list := make([]export.Note, len(keys))
	for i, key := range keys {
		list[i].Text = t.say(key)
	}
	list[0].Name = t.say("how.title")
	return list
}
