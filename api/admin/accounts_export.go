package admin

import "meihao/survey/export"

// workbook is the list of accounts, without anything to sign in by.
func (v accountsView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title:   v.Title,
		Columns: t.columns("login.username", "account.name", "account.role", "account.scope", "@account.seen", "account.state"),
		Rows: export.Of(v.Accounts, func(a accountRow) []export.Cell {
			scope := a.ScopeName
			if scope == "" {
				scope = t.say("scope.city")
			}
			seen, state := export.Time(a.LastSeen), "account.active"
			if a.LastSeen.IsZero() {
				seen = export.String(t.say("account.never"))
			}
			switch {
			case a.Disabled:
				state = "account.disabled"
			case a.OneTime:
				state = "account.onetime"
			}
			return []export.Cell{export.String(a.Username), export.String(a.Name), export.String(t.say("role." + string(a.Role))),
				export.String(scope), seen, export.String(t.say(state))}
		}),
	}}}
}
