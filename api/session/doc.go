// Package session knows who is signed in. It keeps opaque session tokens in
// the store (only their hash), checks passwords slowly and evenly, slows down
// whoever fails, and hands each request of the staff its account.
//
// It renders nothing: what people see when they are signed out, refused or
// slowed down is the business of the admin pages.
package session
