// Package modeltest opens stores for tests and fills them: a settable clock,
// a small world of two districts with staff, projects and an open campaign,
// and answers of households, all through the store's own methods.
package modeltest
