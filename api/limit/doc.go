// Package limit counts what one address asks for and refuses what is far too
// much of it. A building shares one address, so a limit lies far above what
// all its households ask for in one evening, an answer is never limited, and
// no address is remembered: what is kept is a hash under a key of this
// process, in a table that does not grow, and nothing of it is logged.
//
// What must be right does not depend on it (DESIGN §10): each instance counts
// for itself.
package limit
