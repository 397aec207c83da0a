package admin

import (
	"meihao/survey"
	"meihao/survey/export"
)

// eventsAtOnce is how many events are read at a time.
const eventsAtOnce = 1000

// workbook is the whole audit record from the page's first event back.
func (v eventsView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Notes: t.reading("events.chain"), Tables: []export.Table{{
		Title:   v.Title,
		Columns: t.columns("#event.number", "@event.at", "event.who", "event.what", "event.object", "event.reason", "event.detail"),
		Rows:    t.events(v.before),
	}}}
}

// events reads the record from a number down, part by part.
func (t teller) events(before int64) export.Rows {
	return func(yield func([]export.Cell, error) bool) {
		for {
			events, err := t.h.Store.Events(t.c.Request.Context(), before, eventsAtOnce)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, e := range events {
				if !yield(t.event(e), nil) {
					return
				}
				before = e.Number
			}
			if len(events) < eventsAtOnce || before <= 1 {
				return
			}
		}
	}
}

func (t teller) event(e survey.Event) []export.Cell {
	detail := e.Detail
	if detail == "{}" {
		detail = ""
	}
	return []export.Cell{export.Int(e.Number), export.Time(e.At), export.String(e.Username), export.String(t.say("event." + e.Action)),
		export.String(e.Object), export.String(e.Reason), export.String(detail)}
}
