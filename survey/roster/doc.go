// Package roster reads registers of projects and plans what an import
// changes (DESIGN §7). A register is a csv or xlsx file with one header row;
// each further row describes a building of a project, or a project that has
// no buildings.
//
// The way of a file: Read takes the bytes apart into rows, each with what is
// wrong with it; MakePlan compares the rows with what the store holds and
// says, project by project, what would be added, changed or refused and why.
// The plan is shown, and the store writes exactly what it says in one
// transaction. Nothing here writes, and nothing here knows the store: a
// Register of what is there comes in, a Plan goes out.
//
// Two laws: the same file twice changes nothing, and nothing is removed. An
// empty cell says nothing and leaves what is known as it is; a building that
// the file leaves out is kept and named in a note.
package roster
