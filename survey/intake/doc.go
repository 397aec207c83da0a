// Package intake is how an answer gets in: one gate that every way in goes
// through (page, JSON, slip, clerk), and the desk, which saves what is
// waiting in groups and acknowledges after the commit (DESIGN §4).
package intake
