// Package page renders pages and errors. It knows templates, languages and
// assets, and it has the only switch from an error's kind to a status
// (STYLE "Errors"). It knows nothing of campaigns: views are typed structs of
// the handler groups.
package page
