// Package admin is everything the staff touch over HTTP: signing in, projects
// and their import, campaigns and their steps, standings, held answers,
// sheets, posters to print, the coach with its reminders, accounts and the
// audit record.
//
// Routes lists every route with the survey.Action that it needs; a route
// without one cannot be registered, so that what nobody thought of is refused
// (SECURITY "Roles × scope"). What an actor may see of the things a route
// shows is the store's business: every list takes the actor's scope.
//
// A view with tables makes a workbook of itself in <area>_export.go: its page's
// address with as=xlsx sends that, see present.
//
// One file is one action, named noun_verb.go. A handler parses, asks the
// store and renders; the rules are survey's.
package admin
