// Package roster reads registers and plans what an import changes (DESIGN §7).
// A register of projects has a row for each building of a project, or for a
// project that has no buildings; a register of buildings has one for each
// building, unit or home of projects that are there.
//
// Registers come as offices write them (UX "Register import"): xlsx of many
// hands, csv in UTF-8, UTF-16 or GB18030, titles above the header, headers of
// two lines, merged cells, totals, pages pasted together, several sheets. What
// is passed over or filled in is said in a note, what cannot be understood is
// refused with row and reason; testdata/messy has examples of all of it with
// what becomes of them.
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
// the file leaves out is kept and named in a note, and the rooms of a unit that
// a list leaves out are kept too.
package roster
