package admin

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
	"meihao/survey/rubric"
)

// The history answers: who changed what of this sheet, when and why?
type sheetHistoryView struct {
	page.Frame
	sheetOf
	Changes []changeRow
	Pager   pager
}

// changeRow is one change of a sheet.
type changeRow struct {
	At     time.Time
	Name   string
	What   string // a message key
	Items  []itemChange
	Reason string
}

// itemChange is what a change did to one item, as the record has it.
type itemChange struct {
	Item, Party string
	Old, New    string
}

// showSheetHistory lists all changes of a sheet, the latest first.
func (h *Handlers) showSheetHistory(c *gin.Context) error {
	s, err := h.loadSheet(c)
	if err != nil {
		return err
	}
	v := sheetHistoryView{sheetOf: s}
	changes, err := h.changesOf(c, &s, "")
	if err != nil {
		return err
	}
	v.Changes, v.Pager = onPage(c, changes)
	v.Frame = h.sheetFrame(c, s.Activity, h.text(c, "sheet.history"), s.crumb())
	return h.present(c, http.StatusOK, "staff/sheet_history", v)
}

// changesOf are the changes of a sheet that the reader is told, or those of one
// item of it.
func (h *Handlers) changesOf(c *gin.Context, s *sheetOf, item string) ([]changeRow, error) {
	events, err := h.Store.SheetHistory(c.Request.Context(), actor(c), s.Activity.ID, s.Project.ID)
	if err != nil {
		return nil, err
	}
	t := teller{h, c}
	var list []changeRow
	for _, e := range events {
		row := changeRow{At: e.At, Name: e.Username, What: "event." + e.Action, Items: t.changedItems(e), Reason: e.Reason}
		if item != "" {
			row.Items = slices.DeleteFunc(row.Items, func(one itemChange) bool { return one.Item != item })
			if len(row.Items) == 0 {
				continue
			}
		}
		list = append(list, row)
	}
	return list, nil
}

// changedItems are the items that an event says it changed, in the order of
// their numbers.
func (t teller) changedItems(e survey.Event) []itemChange {
	type change struct {
		Item     string          `json:"item"`
		Party    string          `json:"party"`
		Old, New json.RawMessage // keys in small letters are read too
		Machine  string          `json:"machine"`
	}
	var d struct {
		change
		Items map[string]change `json:"items"`
	}
	if json.Unmarshal([]byte(e.Detail), &d) != nil {
		return nil
	}
	var list []itemChange
	say := func(item string, one change) {
		row := itemChange{item, one.Party, t.recorded(item, one.Old), t.recorded(item, one.New)}
		if row.Old == "" {
			row.Old = t.machine(item, one.Machine)
		}
		list = append(list, row)
	}
	switch {
	case d.Item != "":
		say(d.Item, d.change)
	case len(d.New) > 0: // a result that was adopted
		say(rubric.SatisfactionItem, d.change)
		say(rubric.SatisfactionVeto, d.change)
	}
	for item, one := range d.Items {
		say(item, one)
	}
	slices.SortFunc(list, func(a, b itemChange) int { return compareItems(a.Item, b.Item) })
	return list
}

// recorded is a value of the record as people read it: points, the word of a
// veto, the number of a snapshot, or fees, which are fen there.
func (t teller) recorded(item string, raw json.RawMessage) string {
	var text string
	var fen []int64
	switch {
	case json.Unmarshal(raw, &text) == nil:
		if _, number, adopted := strings.Cut(text, "/"); adopted {
			return t.say("sheet.history.snapshot", "Number", number)
		}
		if w := recordedWord(text); strings.HasPrefix(item, "6.") && w.Sign != "" && text != "" {
			return t.say(w.Key)
		}
		return text
	case json.Unmarshal(raw, &fen) == nil && len(fen) == 2:
		if fen[1] == 0 {
			return ""
		}
		return yuan(fen[0]) + " / " + yuan(fen[1])
	}
	return ""
}

// machine is what the machine said of an item, "NOT_MET 0", in words.
func (t teller) machine(item, said string) string {
	state, halves, scored := strings.Cut(said, " ")
	if said == "" {
		return ""
	}
	w := t.say(awardWord(rubric.Award{Item: rubric.Item{ID: item}, State: state}).Key)
	n, err := strconv.Atoi(halves)
	if !scored || err != nil {
		return w
	}
	return t.say("sheet.history.scored", "Points", rubric.Halves(n).String(), "State", w)
}

// compareItems compares numbers of items: 3.9 comes before 3.10.
func compareItems(a, b string) int {
	if len(a) != len(b) {
		if a[:min(1, len(a))] == b[:min(1, len(b))] {
			return len(a) - len(b)
		}
	}
	return strings.Compare(a, b)
}

// workbook is the history of a sheet.
func (v sheetHistoryView) workbook(t teller) workbook {
	return workbook{Title: v.Title + "_" + v.Project.Name, Campaign: v.campaignName(), Tables: []export.Table{changesTable(t, v.Changes)}}
}

// changesTable has a row for each item of a change.
func changesTable(t teller, changes []changeRow) export.Table {
	var rows []historyLine
	for _, change := range changes {
		if len(change.Items) == 0 {
			rows = append(rows, historyLine{change, itemChange{}})
		}
		for _, one := range change.Items {
			rows = append(rows, historyLine{change, one})
		}
	}
	return export.Table{
		Title:   t.say("sheet.history"),
		Columns: t.columns("@event.at", "event.who", "event.what", "sheet.item", "sheet.party", "sheet.old", "sheet.new", "event.reason"),
		Rows: export.Of(rows, func(r historyLine) []export.Cell {
			party := ""
			if r.Party != "" {
				party = t.say("party." + r.Party)
			}
			return []export.Cell{export.Time(r.At), export.String(r.Name), export.String(t.say(r.What)), orDash(r.Item), orDash(party),
				orDash(r.Old), orDash(r.New), export.String(r.Reason)}
		}),
	}
}

type historyLine struct {
	changeRow
	itemChange
}
